import FactoryDefinition
import FactoryJSON
import Foundation
import Testing

@Suite("The examples under edits") struct ExampleEditTests {
    private func examples() throws -> [(name: String, text: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "examples")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        return try names.sorted().map { ($0, Array(try Data(contentsOf: folder.appending(path: $0)))) }
    }

    private func comments(_ text: [UInt8]) -> [String] {
        String(decoding: text, as: UTF8.self).split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { $0.hasPrefix("#") }.map(String.init)
    }

    @Test("stay valid when any step is renamed, with no line added and no other line changed")
    func renaming() throws {
        for (name, text) in try examples() {
            let steps = try DocumentEditor(text).document["steps"]?.arrayValue ?? []
            for id in steps.compactMap({ $0["id"]?.stringValue }) {
                for new in ["renamed_step", "renamed-step"] {
                    var editor = try DocumentEditor(text)
                    let inverse = try editor.apply(.renameStep(id, to: new))
                    #expect(DocumentReader().read(editor.text).isValid, "\(name): \(id)")
                    let before = String(decoding: text, as: UTF8.self).split(separator: "\n")
                    let after = String(decoding: editor.text, as: UTF8.self).split(separator: "\n")
                    #expect(before.count == after.count)
                    for (old, line) in zip(before, after) where old != line { #expect(old.contains(id)) }
                    try editor.apply(inverse)
                    #expect(editor.text == text)
                }
            }
        }
    }

    @Test("keep every comment and all other lines when steps move and fields are set, added and removed")
    func layout() throws {
        for (name, text) in try examples() {
            let steps = try DocumentEditor(text).document["steps"]?.arrayValue ?? []
            for (index, step) in steps.enumerated() {
                let id = step["id"]?.stringValue ?? ""
                let edits: [DocumentEdit] = [
                    .moveStep(id, to: 0), .moveStep(id, to: steps.count - 1),
                    .set(["steps", .index(index), "title"], "A title: here"),
                    .add(["steps", .index(index), "enabled"], true, before: "type"),
                    .addStep(["id": "new_step", "type": "transform", "needs": []], at: index),
                ]
                for edit in edits {
                    var editor = try DocumentEditor(text)
                    let inverse = try editor.apply(edit)
                    #expect(comments(editor.text).sorted() == comments(text).sorted(), "\(name): \(edit)")
                    let lines = Set(String(decoding: editor.text, as: UTF8.self).split(separator: "\n"))
                    let lost = String(decoding: text, as: UTF8.self).split(separator: "\n").filter {
                        !lines.contains($0)
                    }
                    #expect(lost.isEmpty, "\(name): \(edit)")
                    try editor.apply(inverse)
                    #expect(editor.text == text)
                }
            }
        }
    }

    @Test("that have 5,000 steps rename one of them")
    func large() throws {
        let steps = (0..<5_000).map {
            "  - {id: s\($0), type: transform, needs: [\($0 > 0 ? "s0" : "")], with: {input: '{{ run.id }}'}}\n"
        }
        var editor = try DocumentEditor(Array(("version: 1\nname: a\nsteps:\n" + steps.joined()).utf8))
        try editor.apply(.renameStep("s0", to: "first"))
        #expect(editor.document["steps"]?[4_999]?["needs"] == ["first"])
    }
}
