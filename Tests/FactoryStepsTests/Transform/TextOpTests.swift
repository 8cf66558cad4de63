import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("Ops on text") struct TextOpTests {
    @Test(
        "give what they promise",
        arguments: [
            ("- trim: true", #"" \n a b\t\r\n ""#, #""a b""#), ("- trim: true", #"[" a","b "]"#, #"["a","b"]"#),
            ("- trim: true", #""  ""#, #""""#), ("- trim: false", #"" a""#, #"" a""#),
            (#"- replace: {pattern: '(\w+)@(\w+)', with: '\2 at \1 \\'}"#, #""a@b, c@d""#, #""b at a \\, d at c \\""#),
            ("- replace: {pattern: 'x*', with: '-'}", #""axb""#, #""-a-b-""#),
            ("- replace: {pattern: 'é', with: ''}", #"["née","n"]"#, #"["ne","n"]"#),
            ("- split: {by: lines}", #""a\r\nb\n\nc""#, #"["a","b","","c"]"#),
            ("- split: {by: lines, size: 2, overlap: 1}", #""a\nb\nc\nd\n""#, #"["a\nb","b\nc","c\nd"]"#),
            ("- split: {by: lines, size: 3}", #""a\nb\nc\nd""#, #"["a\nb\nc","d"]"#),
            ("- split: {by: text, at: ', '}", #""a, b,c, ""#, #"["a","b,c",""]"#),
            (#"- split: {by: regex, at: '\s*;\s*'}"#, #""a ; b;c""#, #"["a","b","c"]"#),
            ("- split: {by: tokens, size: 2}", #""one two, three""#, #"["one two",", three"]"#),
            ("- split: {by: tokens, size: 2}", #""""#, "[]"), ("- split: {by: lines}", #""""#, "[]"),
            (
                "- hash: sha256", #""abc""#,
                #""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad""#
            ),
            (
                "- diff: {with: 'input + \"c\\n\"'}", #""a\n""#,
                #""--- input\n+++ with\n@@ -1 +1,2 @@\n a\n+c\n""#
            ),
            ("- diff: {with: input}", #""a""#, #""""#),
        ])
    func gives(_ ops: String, _ input: String, _ expected: String) async throws {
        #expect(try await OpStage.run(ops, on: JSON(parsing: input)) == JSON(parsing: expected))
    }

    @Test(
        "name themselves and the reason when they fail",
        arguments: [
            ("- trim: true", #"["a",1]"#, "ops[0] (trim): element 1 is an integer"),
            ("- trim: true", "{}", "ops[0] (trim): it takes text or a list of texts"),
            ("- replace: {pattern: '{{ \"(\" }}', with: ''}", #""a""#, "ops[0] (replace): pattern cannot be used"),
            (#"- replace: {pattern: 'a', with: '\1'}"#, #""a""#, "ops[0] (replace): with has a backslash"),
            ("- split: {by: regex, at: 'x*'}", #""ab""#, "ops[0] (split): at matches nothing at all"),
            ("- split: {by: text, at: \"{{ '' }}\"}", #""ab""#, "ops[0] (split): at is empty"),
            ("- split: {by: tokens, size: 2, overlap: '{{ 1 + 1 }}'}", #""ab""#, "has to be less than `size`"),
            ("- split: {by: lines}", "[1]", "ops[0] (split): it takes text, not a list"),
            ("- hash: sha256", "{}", "ops[0] (hash): it takes text, not an object"),
            ("- diff: {with: '1'}", #""a""#, "ops[0] (diff): with is an integer"),
            ("- diff: {with: input}", "1", "ops[0] (diff): it takes text, not an integer"),
        ])
    func fails(_ ops: String, _ input: String, _ message: String) async throws {
        let failure = try await OpStage.failure(ops, on: JSON(parsing: input))
        #expect(failure.message.contains(message), "\(failure.message)")
    }

    @Test("end at their limits of bytes")
    func limits() async throws {
        let long = String(repeating: "a\n", count: (4 << 19) + 1)
        #expect(try await OpStage.failure("- diff: {with: '\"x\"'}", on: .string(long)).message.contains("4 MiB"))
        let replacement = try Replacement(["pattern": "a", "with": .string(String(repeating: "b", count: 1 << 20))])
        var steps = 1_000_000
        let error = try #require(throws: OpFailure.self) {
            try replacement.apply(to: String(repeating: "a", count: 17), steps: &steps)
        }
        #expect(error.message.contains("16 MiB"))
        var few = 10
        #expect(throws: OpFailure.self) {
            try replacement.apply(to: String(repeating: "c", count: 1_000), steps: &few)
        }
    }

    @Test("refuse pieces that together are far more than the text", arguments: ["lines", "tokens"])
    func splitLimit(_ by: String) async throws {
        let text = String(repeating: "a\n", count: 20_000)
        let failure = try await OpStage.failure(
            "- split: {by: \(by), size: 10000, overlap: 9999}", on: .string(text))
        #expect(failure.message == "ops[0] (split): the pieces together are larger than 16 MiB")
    }

    @Test("cut tokens so that the pieces together are the text again", arguments: 0..<50)
    func tokens(_ seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let text = (0..<20).map { _ in SampleValues.text(&random) + "word longerwords" }.joined()
        let size = Int.random(in: 1...7, using: &random)
        let pieces = try TokenEstimate.pieces(of: text, size: size, overlap: 0)
        #expect(pieces.joined() == text)
        #expect(pieces.count > 1)
        let overlapping = try TokenEstimate.pieces(of: text, size: size + 1, overlap: 1)
        #expect(overlapping.count >= pieces.count - 1)
        #expect(overlapping.allSatisfy { text.contains($0) })
    }
}
