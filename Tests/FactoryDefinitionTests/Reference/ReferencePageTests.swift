import FactoryDefinition
import FactoryJSON
import Foundation
import Testing

@Suite("The reference of the steps") struct ReferencePageTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/steps")

    private static let names = StepType.all.filter(\.isInThisBuild).map(\.name) + ["README"]

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: "\(name).md"), encoding: .utf8)
    }

    @Test("is what the tables give; `factory schema --reference docs/steps` brings it up to date", arguments: names)
    func upToDate(name: String) throws {
        let page = try text(name)
        #expect(try ReferencePage.page(page, named: name) == page)
    }

    @Test("has every part on its page", arguments: names)
    func complete(name: String) throws {
        let page = try text(name)
        for part in ReferencePage.parts(ofPage: name).keys {
            #expect(page.contains("<!-- \(part) -->\n") && page.contains("<!-- /\(part) -->\n"), "\(name): \(part)")
        }
    }

    @Test("has a page for every type of this build and no other")
    func pages() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.sorted() == Self.names.map { "\($0).md" }.sorted())
    }

    @Test("names every field, what it takes, its default and its bounds")
    func fields() throws {
        let prompt = try #require(ReferencePage.parts(ofPage: "prompt")["fields"])
        #expect(prompt.contains("| `temperature` | template | a number from 0 to 2 | the model's own |"))
        #expect(prompt.contains("| `messages[].role` | static | `system`, `user` or `assistant` | required |"))
        #expect(prompt.contains("Not in this build: `images`, `files`, `tools`, `max_tool_rounds`, `fallback`."))
        let code = try #require(ReferencePage.parts(ofPage: "code")["fields"])
        #expect(code.contains("| `limits.memory` | static | a size from 16MiB to 4GiB | `512MiB` |"))
        let ops = try #require(ReferencePage.parts(ofPage: "transform")["ops"])
        #expect(ops.contains("| `sort.by` | expression | CEL | required | What to compare. Sees `input`, `item`,"))
    }

    @Test("refuses a mark that means nothing, and one that is not closed")
    func marks() {
        #expect(throws: ReferencePage.Problem.self) {
            try ReferencePage.page("a <!-- feilds --> b <!-- /feilds -->", named: "code")
        }
        #expect(throws: ReferencePage.Problem.self) { try ReferencePage.page("a <!-- fields --> b", named: "code") }
    }

    @Test("tells of every member of a result")
    func results() {
        for type in StepType.all where type.isInThisBuild {
            #expect(Set(type.resultMembers.map(\.name)).isSuperset(of: type.result.map(\.name)), "\(type.name)")
        }
    }

    @Test("leaves what stands outside the marks as it is")
    func prose() throws {
        let page = try ReferencePage.page("a\n<!-- retry -->old<!-- /retry -->\nz", named: "README")
        #expect(page.hasPrefix("a\n<!-- retry -->\n\n| key |"))
        #expect(page.hasSuffix("|\n\n<!-- /retry -->\nz"))
        #expect(!page.contains("old"))
    }
}
