import FactoryExpressions
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("Code blocks in one language") struct CodeBlockLanguageTests {
    private func codes(_ text: String, _ language: String) -> [String] {
        CodeBlock.all(in: text, language: language).map(\.code)
    }

    @Test("are found by any name of the language")
    func names() {
        let text = "```py\na\n```\n```JS:main.js\nb\n```\n```{python}\nc\n```\n"
        #expect(codes(text, "python") == ["a\n", "c\n"])
        #expect(codes(text, "JavaScript") == ["b\n"])
        #expect(codes(text, "rust") == [])
    }

    @Test("are those that name none, where none names it")
    func unnamed() {
        let text = "```js\nb\n```\n```\nc\n```\n"
        #expect(codes(text, "rust") == ["c\n"])
        #expect(codes(text, "js") == ["b\n"])
    }
}

@Suite("JSON within text") struct EmbeddedJSONTests {
    @Test(
        "is found as models write it",
        arguments: [
            (#" {"a": 1} "#, #"[{"a":1}]"#), ("Sure!\n```json\n{\"a\": [1]}\n```\nDone.", #"[{"a":[1]}]"#),
            (#"The answer is {"a": "}\"{"} and [1, 2]."#, #"[{"a":"}\"{"},[1,2]]"#), ("nothing here {oops}", "[]"),
            (#"{ broken {"a": 1}"#, #"[{"a":1}]"#), ("[[1], [2]]", "[[[1],[2]]]"),
        ])
    func finds(_ text: String, expected: String) throws {
        #expect(try JSON.array(EmbeddedJSON.all(in: text)) == JSON(parsing: expected))
    }

    @Test("gives up on a text of brackets before it takes long")
    func brackets() {
        #expect(EmbeddedJSON.all(in: String(repeating: "[", count: 100_000) + "{}").isEmpty)
    }
}

@Suite("Front matter") struct FrontMatterTests {
    @Test("is the YAML at the beginning and the body behind it")
    func finds() throws {
        #expect(
            try FrontMatter.find(in: "---\ntitle: Hello\ntags: [a]\n---\n# Text\n")
                == ["data": ["title": "Hello", "tags": ["a"]], "body": "# Text\n"])
        #expect(try FrontMatter.find(in: "# Text\n---\n") == nil)
        #expect(try FrontMatter.find(in: "---\nno end\n") == nil)
    }

    @Test("tells the line of the text where it is no YAML")
    func fails() throws {
        let error = try #require(throws: ValueFormat.Failure.self) {
            try FrontMatter.find(in: "---\na: 1\nb: [\n---\n")
        }
        #expect(error.message.contains("line 3") || error.message.contains("line 4"), "\(error.message)")
    }
}
