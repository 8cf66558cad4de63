import Testing

@testable import FactoryExpressions

@Suite("The signatures of functions")
struct SignatureTests {
    @Test("are there for every function, and take as many arguments as it does")
    func complete() {
        #expect(Set(Signature.all.keys) == Set(Builtin.allCases))
        for builtin in Builtin.allCases {
            guard let forms = Signature.all[builtin]?.forms else { continue }
            for count in 0...6 {
                let isMethod = builtin.methodArity?.contains(count - 1) ?? false
                let isGlobal = builtin.globalArity?.contains(count) ?? false
                #expect(forms.contains { $0.takes(count) } == (isMethod || isGlobal), "\(builtin.rawValue) \(count)")
            }
        }
    }
}
