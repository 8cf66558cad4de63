import FactoryJSON
import FactoryLLM
import Testing

@Suite("JSON in a model's answer") struct JSONAnswerTests {
    @Test(
        "is found",
        arguments: [
            ("{\"a\":1}", "{\"a\":1}"), ("  \n[1,2]\n", "[1,2]"), ("\"text\"", "\"text\""), ("42", "42"),
            ("```json\n{\"a\":1}\n```", "{\"a\":1}"), ("Sure!\n\n```\n[1]\n```\nAnything else?", "[1]"),
            ("```python\nx = {1}\n```\nand\n```json\n{\"a\": 1}\n```", "{\"a\":1}"),
            ("Here is it: {\"a\": \"} {\", \"b\": [1, {}]} – done.", "{\"a\":\"} {\",\"b\":[1,{}]}"),
            ("As in [1], the set {x} gives {\"a\": \"\\\"}\"}", "{\"a\":\"\\\"}\"}"),
            ("```json\n{\"a\":1}", "{\"a\":1}"), ("  ```json\r\n  {\"a\":1}\r\n  ```", "{\"a\":1}"),
            ("\u{FEFF}{\"a\":1}", "{\"a\":1}"), ("<think>{no json}</think>{\"a\":1}", "{\"a\":1}"),
        ])
    func found(text: String, expected: String) throws {
        #expect(JSONAnswer.extract(from: text)?.serialized() == expected)
    }

    @Test(
        "is not guessed",
        arguments: [
            "", "No JSON here.", "{\"a\":", "{'a': 1}", "{\"a\": 1} or {\"a\": 2}",
            "```json\n1\n```\n```json\n2\n```", "[1] and [2]", "{\"a\": 1,}",
        ])
    func notFound(text: String) {
        #expect(JSONAnswer.extract(from: text) == nil)
    }

    @Test("is looked for in bounded time", .timeLimit(.minutes(1)))
    func bounded() {
        #expect(JSONAnswer.extract(from: String(repeating: "{", count: 1 << 20)) == nil)
        #expect(JSONAnswer.extract(from: String(repeating: "{\"", count: 1 << 19)) == nil)
    }
}
