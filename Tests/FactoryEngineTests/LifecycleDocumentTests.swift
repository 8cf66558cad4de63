import FactoryDomain
import Foundation
import Testing

@Suite("docs/run-lifecycle.md") struct LifecycleDocumentTests {
    private static let text: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try? String(contentsOf: root.appending(path: "docs/run-lifecycle.md"), encoding: .utf8)
    }()

    @Test("tells of every status a run can have, in its table, and of no other")
    func runs() throws {
        let rows = try #require(Self.text).split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        #expect(named == RunStatus.allCases.map(\.rawValue))
    }

    @Test("names every status of steps and attempts, and every reason to skip one")
    func steps() throws {
        let text = try #require(Self.text)
        let words =
            StepStatus.allCases.map(\.rawValue) + AttemptStatus.allCases.map(\.rawValue)
            + SkipReason.allCases.map(\.rawValue)
        for word in words { #expect(text.contains("`\(word)`"), "\(word) is missing") }
    }
}
