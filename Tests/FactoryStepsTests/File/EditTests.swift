import Testing

@testable import FactorySteps

@Suite("An edit by search and replace") struct TextEditTests {
    private func apply(_ edits: [(String, String)], to text: String) throws(EditError) -> String {
        try TextEdit.apply(edits.map { TextEdit(search: $0.0, replace: $0.1) }, to: text)
    }

    @Test("replaces what stands there once, each edit on top of the last")
    func replaces() throws {
        #expect(try apply([("b", "xy"), ("xy", "z")], to: "a\nb\nc\n") == "a\nz\nc\n")
        #expect(try apply([("b\n", "")], to: "a\nb\nc\n") == "a\nc\n")
    }

    @Test("shows the nearest text and its line when the search is not there")
    func notFound() throws {
        let file = "import sys\n\ndef add(a, b):\n    return a + b\n\ndef sub(a, b):\n    return a - b\n"
        let error = try #require(throws: EditError.self) {
            try apply([("def add(x, b):\n    return x + b", "")], to: file)
        }
        #expect(error.message == "the search does not stand in the file")
        #expect(error.hint == "the nearest text begins at line 3:\n  def add(a, b):\n      return a + b")
        let far = try #require(throws: EditError.self) { try apply([("qqqqq", "")], to: file) }
        #expect(far.hint == nil)
    }

    @Test("names the lines when the search is there more than once")
    func twice() throws {
        let error = try #require(throws: EditError.self) { try apply([("a", "b"), ("x", "y")], to: "a\nx\nx\n") }
        #expect(error.message == "search 2 of 2 stands there more than once: at line 2, 3")
        #expect(throws: EditError.self) { try apply([("aa", "b")], to: "aaa") }
        #expect(throws: EditError.self) { try apply([("", "b")], to: "a") }
    }

    @Test("means the line ends of the file")
    func windows() throws {
        #expect(try apply([("a\nb", "1\n2")], to: "a\r\nb\r\n") == "1\r\n2\r\n")
        #expect(try apply([("\u{e9}", "e")], to: "caf\u{e9}") == "cafe")
        #expect(throws: EditError.self) { try apply([("e\u{301}", "e")], to: "caf\u{e9}") }
    }
}

@Suite("A model's edit") struct EditFormatTests {
    static let file = "one\ntwo\nthree\nfour\nfive\nsix\n"

    @Test("is the whole file, in a code block or as it is")
    func whole() throws {
        #expect(try EditFormat.whole.apply("new\n", to: Self.file) == "new\n")
        #expect(try EditFormat.whole.apply("Here it is:\n```py\nnew\n```\nBye", to: Self.file) == "new\n")
        #expect(throws: EditError.self) { try EditFormat.whole.apply("```\na\n```\n```\nb\n```", to: Self.file) }
    }

    @Test("is blocks of lines to search and replace")
    func searchReplace() throws {
        let answer = """
            I change two places.
            ```python
            <<<<<<< SEARCH
            two
            three
            =======
            2
            >>>>>>> REPLACE
            ```
            <<<<<<< SEARCH
            six
            =======
            six
            seven
            >>>>>>> REPLACE
            """
        #expect(try EditFormat.searchReplace.apply(answer, to: Self.file) == "one\n2\nfour\nfive\nsix\nseven\n")
        #expect(
            try EditFormat.searchReplace.apply(answer, to: "two\r\nthree\r\nsix\r\n") == "2\r\nsix\r\nseven\r\n")
    }

    @Test(
        "is refused when its blocks are not whole",
        arguments: [
            "no block", "<<<<<<< SEARCH\na\n=======\nb\n", "<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n", ">>>>>>> REPLACE\n",
            "<<<<<<< SEARCH\na\n<<<<<<< SEARCH\n",
        ])
    func brokenBlocks(_ answer: String) {
        #expect(throws: EditError.self) { try EditFormat.searchReplace.apply(answer, to: "a\n") }
    }

    @Test("matches whole lines only, and exactly once")
    func wholeLines() throws {
        let answer = "<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE"
        #expect(try EditFormat.searchReplace.apply(answer, to: "xx\nx\n") == "xx\ny\n")
        let error = try #require(throws: EditError.self) { try EditFormat.searchReplace.apply(answer, to: "x\nx\n") }
        #expect(error.message == "the lines of block 1 stand there more than once: at line 1, 2")
        let nearest = try #require(throws: EditError.self) {
            try EditFormat.searchReplace.apply(answer, to: "a\n  x\n")
        }
        #expect(nearest.hint == "the nearest text begins at line 2:\n    x")
    }

    @Test("without anything to search fills an empty file only")
    func insertion() throws {
        let answer = "<<<<<<< SEARCH\n=======\nnew\n>>>>>>> REPLACE"
        #expect(try EditFormat.searchReplace.apply(answer, to: "") == "new\n")
        #expect(throws: EditError.self) { try EditFormat.searchReplace.apply(answer, to: "old\n") }
    }

    @Test("is a unified diff, with line numbers right, wrong or absent", arguments: ["-4,2 +4,2", "-1,2 +1,2", ""])
    func unified(_ range: String) throws {
        let diff = "--- a/x\n+++ b/x\n@@ \(range) @@\n four\n-five\n+5\n"
        #expect(try EditFormat.unified.apply(diff, to: Self.file) == "one\ntwo\nthree\nfour\n5\nsix\n")
        #expect(try EditFormat.unified.apply("Like this:\n```diff\n\(diff)```\n", to: Self.file).contains("5\n"))
    }

    @Test("uses a hunk's line number to tell equal places apart")
    func repeated() throws {
        let file = "a\nx\na\nx\na\n"
        #expect(try EditFormat.unified.apply("@@ -3,2 +3,2 @@\n a\n-x\n+y\n", to: file) == "a\nx\na\ny\na\n")
        #expect(throws: EditError.self) { try EditFormat.unified.apply("@@\n a\n-x\n+y\n", to: file) }
    }

    @Test("applies several hunks whose lines shift each other")
    func hunks() throws {
        let diff = "@@ -1,1 +1,3 @@\n one\n+1a\n+1b\n@@ -6,1 +8,0 @@\n-six\n@@ -6,0 +8,1 @@\n+end\n"
        #expect(
            try EditFormat.unified.apply(diff, to: Self.file) == "one\n1a\n1b\ntwo\nthree\nfour\nfive\nend\n")
    }

    @Test(
        "is refused when it is no diff of one file",
        arguments: [
            "nothing", "@@ -1 +1 @@\nbare line\n", "--- a\n+++ a\n@@ @@\n-one\n--- b\n+++ b\n@@ @@\n-two\n",
            "@@ -1,1 +1,1 @@\n-nowhere\n+x\n",
        ])
    func brokenDiffs(_ diff: String) {
        #expect(throws: EditError.self) { try EditFormat.unified.apply(diff, to: Self.file) }
    }
}

@Suite("Base64") struct Base64Tests {
    @Test(
        "is read back as it was written, and in no other spelling",
        arguments: [("", [0] as [UInt8]), ("AA==", [0]), ("AAE=", [0, 1]), ("AAH/", [0, 1, 255]), (" A\nA== ", [0])])
    func reads(_ text: String, bytes: [UInt8]) {
        #expect(Base64.decode(text) == (text.isEmpty ? [] : bytes))
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test("is refused when it is none", arguments: ["A", "AA", "AA=", "A===", "====", "AB==", "AAF=", "A=A=", "AA-_"])
    func refuses(_ text: String) { #expect(Base64.decode(text) == nil) }
}

@Suite("The lines of a text") struct TextLinesTests {
    @Test(
        "make the text again",
        arguments: ["", "a", "a\n", "\n", "a\r\nb\r\n", "a\r\nb", "a\r\nb\n", "a\n\nb", "\r\n", "é\r\ne\u{301}"])
    func again(_ text: String) { #expect(TextLines(text).text.hasSameBytes(as: text)) }
}
