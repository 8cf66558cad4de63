import FactoryDefinition
import FactoryDomain
import FactoryJSON

@testable import FactoryEngine

/// A random graph with random acts and, as long as it is played, random moves. The same seed gives the same.
///
/// Every attempt hangs until a move ends it, so that the order of things is certain in an engine too.
struct RandomScenario {
    let steps: [String]
    let acts: [String: [Act]]
    let width: Int
    private var random: Seeded
    private var moves = 0
    private var crashes = 0
    private var restarts = 0

    init(seed: UInt64) {
        var random = Seeded(seed)
        let count = Int.random(in: 1...9, using: &random)
        var steps: [String] = []
        for place in 0..<count {
            let needs = (0..<place).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            var keys = "needs: [\(needs.map { "s\($0)" }.joined(separator: ", "))]"
            switch Int.random(in: 0..<10, using: &random) {
            case 0: keys += ", enabled: false"
            case 1: keys += ", if: failed()"
            case 2: keys += ", if: always()"
            case 3: keys += ", if: \"\(Bool.random(using: &random))\""
            default: break
            }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: keys += ", on_error: continue"
            case 1: keys += ", on_error: {value: 1}"
            default: break
            }
            if Int.random(in: 0..<2, using: &random) == 0 {
                // No two delays end in the same moment.
                keys += ", retry: {max_attempts: \(Int.random(in: 2...3, using: &random)), "
                keys += "delay: \(1_000 + 37 * place)ms, backoff: fixed, jitter: false}"
            }
            steps.append(Self.line(place, of: count, keys, &random))
        }
        self.steps = steps
        acts = Dictionary(
            uniqueKeysWithValues: (0..<count).map { ("s\($0)", Array(repeating: Act.hang, count: 60)) })
        width = Int.random(in: 1...3, using: &random)
        self.random = random
    }

    /// A condition over steps below it, or a plain step.
    private static func line(_ place: Int, of count: Int, _ keys: String, _ random: inout Seeded) -> String {
        guard place + 2 < count, Int.random(in: 0..<5, using: &random) == 0 else { return "s\(place) \(keys)" }
        let other = ["end", "fail", "s\(place + 2)"].randomElement(using: &random) ?? "end"
        let message = other == "fail" ? ", message: red" : ""
        return "?s\(place) \(keys) | then: [s\(place + 1)], else: [\(other)]\(message)"
    }

    func pipeline() throws -> Pipeline {
        try Scenario("random", steps, ends: "").pipeline()
    }

    /// The next move; nil when the run has ended and is left alone.
    mutating func move(in rehearsal: Rehearsal) -> Move? {
        moves += 1
        if rehearsal.record.status.isFinal {
            guard restarts < 2, moves < 60 else { return nil }
            restarts += 1
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where rehearsal.record.status != .succeeded: return .retry(nil)
            case 1 where rehearsal.record.status != .succeeded: return .resume
            case 2: return .retry("s\(Int.random(in: 0..<steps.count, using: &random))")
            default: return nil
            }
        }
        let isPaused = rehearsal.record.pausedAt != nil
        switch Int.random(in: 0..<24, using: &random) {
        case 0: return .cancel
        case 1, 2: return isPaused ? .resume : .pause
        case 3 where crashes < 4:
            crashes += 1
            return .crash
        case 4..<8: if let delay = rehearsal.nextDelay, delay < .seconds(10) { return .pass(delay) }
        default: break
        }
        if let step = rehearsal.hanging.randomElement(using: &random) { return .now(step, act(of: step)) }
        if let delay = rehearsal.nextDelay { return .pass(delay) }
        return isPaused ? .resume : .cancel
    }

    private mutating func act(of step: String) -> Act {
        let isCondition = steps.contains { $0.hasPrefix("?\(step) ") }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .fail(.other)
        case 1, 2: return .fail(.network)
        case 3: return .failAsking(.rateLimit, wait: .seconds(2))
        default:
            guard isCondition else { return .succeed }
            guard Bool.random(using: &random) else { return .branch("then") }
            return steps.contains { $0.hasPrefix("?\(step) ") && $0.contains("[fail]") }
                ? .end("else", message: "red") : .branch("else")
        }
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64, Steele, Lea and Flood, 2014).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
