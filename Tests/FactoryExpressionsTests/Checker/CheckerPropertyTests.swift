import FactoryExpressions
import FactoryJSON
import Testing

@Suite("The check of random expressions over random types")
struct CheckerPropertyTests {
    /// Errors that a sure check rules out.
    private static let ruledOut: Set<ExpressionError.Code> = [
        .wrongType, .unknownName, .unknownFunction, .wrongArguments,
    ]

    @Test("says it is sure only of what no value makes fail for a name or a type", arguments: 0..<4)
    func sound(seed: UInt64) throws {
        var random = SeededRandomness(state: seed)
        var sureCount = 0
        for _ in 0..<1_500 {
            let types = TypedValues.scope(&random)
            let source = ExpressionSketch(isCautious: false).text(depth: 3, &random)
            guard let expression = try? Expression(parsing: source) else { continue }
            let check = expression.check(in: types.scope)
            guard check.isCertain else { continue }
            sureCount += 1
            #expect(check.problems == [])
            for _ in 0..<4 {
                let values = types.values(&random)
                do throws(ExpressionError) {
                    let value = try expression.value(in: values)
                    #expect(check.type.contains(value), "\(source) is \(value), not \(check.type) in \(types.scope)")
                } catch {
                    #expect(!Self.ruledOut.contains(error.code), "\(error.description) in \(types.scope)")
                }
            }
        }
        #expect(sureCount > 30)
    }

    @Test("calls nothing an error that some value lets through", arguments: 0..<4)
    func silent(seed: UInt64) throws {
        var random = SeededRandomness(state: seed &+ 100)
        var evaluated = 0
        for _ in 0..<2_000 {
            let types = TypedValues.scope(&random)
            let source = ExpressionSketch(isCautious: true).text(depth: 3, &random)
            guard let expression = try? Expression(parsing: source) else { continue }
            let check = expression.check(in: types.scope)
            let certain = check.problems.filter { !$0.isConditional }
            guard let first = certain.first else { continue }
            for _ in 0..<6 {
                guard (try? expression.value(in: types.values(&random))) != nil else { continue }
                evaluated += 1
                Issue.record("\(first.error.description)\nyet there is a value, in \(types.scope)")
                break
            }
        }
        #expect(evaluated == 0)
    }

    @Test("types every value that an expression gives, sure or not", arguments: 0..<2)
    func covers(seed: UInt64) throws {
        var random = SeededRandomness(state: seed &+ 1_000)
        var evaluated = 0
        for _ in 0..<2_000 {
            let types = TypedValues.scope(&random)
            let source = ExpressionSketch(isCautious: false).text(depth: 2, &random)
            guard let expression = try? Expression(parsing: source) else { continue }
            let type = expression.check(in: types.scope).type
            guard let value = try? expression.value(in: types.values(&random)) else { continue }
            evaluated += 1
            #expect(type.contains(value), "\(source) is \(value), not \(type) in \(types.scope)")
        }
        #expect(evaluated > 100)
    }
}

/// Source: S. Vigna, *SplitMix64*, 2015.
struct SeededRandomness: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
