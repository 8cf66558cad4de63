import FactoryDomain
import Foundation
import Testing

@Suite("docs/events.md") struct EventsDocumentTests {
    @Test("has a row for every kind of event and for nothing else")
    func rows() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/events.md"), encoding: .utf8)
        let table = try #require(text.components(separatedBy: "| type | `data` |").last)
        let rows = table.split(separator: "\n").drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }
        let kinds = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(kinds.sorted() == RunEvent.Kind.allCases.map(\.rawValue).sorted())
    }
}
