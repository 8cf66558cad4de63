import FactoryExpressions
import FactoryJSON
import Testing

@Suite("An error in an expression")
struct ExpressionErrorTests {
    @Test(
        "has a kind",
        arguments: [
            ("1 +", .syntax), ("(1", .syntax), ("a b", .syntax), ("'a", .syntax), ("1 = 1", .syntax),
            ("x | upper", .syntax),
            ("if", .syntax), ("a.in", .syntax), ("'\\q'", .syntax), ("1x", .syntax), ("", .syntax), ("“a”", .syntax),
            ("nope", .unknownName), ("nope()", .unknownFunction), ("size()", .wrongArguments),
            ("has(x)", .wrongArguments),
            ("[1].map(1, x)", .wrongArguments), ("inputs.nope", .absent), ("[1][1]", .absent),
            ("inputs.none.x", .absent),
            ("optional.none().value()", .absent), ("inputs.?nope", .absent), ("1 + 'a'", .wrongType),
            ("'a' < 1", .wrongType),
            ("1 + 1u", .wrongType), ("!1", .wrongType), ("1 && true", .wrongType), ("inputs.name.x", .wrongType),
            ("'a'.map(x, x)", .wrongType), ("9223372036854775807 + 1", .overflow), ("99999999999999999999", .overflow),
            ("int(1e30)", .overflow), ("1 / 0", .divisionByZero), ("1 % 0", .divisionByZero),
            ("int('x')", .invalidValue),
            ("{'a': 1, 'a': 2}", .invalidValue), ("'a'.matches('(')", .invalidValue), ("duration('1')", .invalidValue),
            ("timestamp('2026-02-30T00:00:00Z')", .invalidValue), ("[].max()", .invalidValue),
            ("now().getHours('No/Where')", .invalidValue), ("now().getHours('../../etc/passwd')", .invalidValue),
        ] as [(String, ExpressionError.Code)])
    func kinds(source: String, code: ExpressionError.Code) {
        #expect(failure(of: source)?.code == code)
    }

    @Test("names its place, its line and how much is wrong")
    func place() {
        let error = failure(of: "inputs.count > 2 &&\n  'é' + inputs.nme == ''")
        #expect(error?.position == SourcePosition(offset: 36, line: 2, column: 16))
        #expect(error?.length == 3)
        #expect(error?.sourceLine == "  'é' + inputs.nme == ''")
        #expect(
            error?.description == """
                inputs has no key "nme" (line 2, column 16)
                    'é' + inputs.nme == ''
                                 ^^^
                did you mean "name"?
                """)
    }

    @Test(
        "hints at what is near",
        arguments: [
            ("input.name", "did you mean \"inputs\"?"), ("inputs.nmae", "did you mean \"name\"?"),
            ("steps.plan.ouput", "did you mean \"output\"?"), ("[1].maps(x, x)", "did you mean \"map\"?"),
            ("abs(1)", "did you mean math.abs(…)?"), ("size(1, 2)", nil),
            ("inputs.limits.max-time", ".max-time is a subtraction; write [\"max-time\"] for a key with a dash"),
            ("inputs.files[3]", "its indexes are 0 to 2"), ("steps.write.output", "there is \"status\""),
            ("'a' + 1", "string(x) makes a string, int(x) or double(x) a number"),
            ("startsWith('a', 'b')", "write x.startsWith(…)"),
        ] as [(String, String?)])
    func hints(source: String, hint: String?) {
        #expect(failure(of: source)?.hint == hint)
    }

    @Test(
        "is found when the expression is parsed where it can be",
        arguments: ["size(1, 2)", "nope(1)", "x.nope()", "1 +"])
    func early(source: String) {
        #expect(throws: ExpressionError.self) { try Expression(parsing: source) }
    }
}
