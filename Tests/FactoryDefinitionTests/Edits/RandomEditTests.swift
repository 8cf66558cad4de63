import FactoryDefinition
import FactoryJSON
import Testing

@Suite("Random edits") struct RandomEditTests {
    /// Documents in all the layouts that people use, made of random values.
    private func document(using random: inout SeededRandom) -> String {
        var json: JSON = ["version": 1, "name": "demo"]
        if case .object(var members) = json {
            members["extra"] = RandomJSON().value(depth: 3, using: &random)
            members["steps"] = .array(
                (0..<Int.random(in: 1...4, using: &random)).map { index in
                    [
                        "id": .string("s\(index)"), "type": "transform",
                        "if": .string("has(steps.s\(index / 2).output) || steps[\"s0\"].status == \"s0\""),
                        "with": ["input": .string("{{ steps.s0.output }} s0\n{{ steps.s\(index / 2).status }}")],
                        "needs": ["s0"], "other": RandomJSON().value(depth: 2, using: &random),
                    ]
                })
            json = .object(members)
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return json.serialized()
        case 1: return json.serialized(pretty: true)
        case 2: return YAML.print(json)
        default:
            let text = YAML.print(json)
            return text.replacing("\n- id:", with: "\n\n# A step.\n- id:").replacing(
                "version: 1", with: "version: 1 # x")
        }
    }

    private func place(in value: JSON, _ path: EditPath, using random: inout SeededRandom) -> EditPath {
        if Int.random(in: 0..<4, using: &random) == 0, !path.parts.isEmpty { return path }
        switch value {
        case .object(let members) where !members.isEmpty:
            let member = members[Int.random(in: 0..<members.count, using: &random)]
            return place(in: member.value, path.appending(.key(member.key)), using: &random)
        case .array(let elements) where !elements.isEmpty:
            let index = Int.random(in: 0..<elements.count, using: &random)
            return place(in: elements[index], path.appending(.index(index)), using: &random)
        default: return path
        }
    }

    private func edit(of document: JSON, using random: inout SeededRandom) -> DocumentEdit {
        let path = place(in: document, [], using: &random)
        let value = RandomJSON().value(depth: 2, using: &random)
        let ids = (document["steps"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
        let id = ids.randomElement(using: &random) ?? "none"
        let place = Int.random(in: 0...max(0, ids.count), using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1: return .set(path, value)
        case 2: return .add(path.parent.appending(.key("k\(place)")), value)
        case 3: return .remove(path)
        case 4: return .addStep(["id": .string("n\(place)"), "with": value], at: place)
        case 5: return .moveStep(id, to: min(place, max(0, ids.count - 1)))
        case 6: return .deleteStep(id)
        default: return .renameStep(id, to: ["x", "y-y"][place % 2])
        }
    }

    @Test("come to the same document as the edit of the values, and are undone to the same bytes")
    func roundTrip() throws {
        var random = SeededRandom(seed: 31)
        var made = 0
        for _ in 0..<300 {
            let text = Array(document(using: &random).utf8)
            var editor = try DocumentEditor(text)
            var model = ValueModel(editor.document)
            var undo: [DocumentEdit] = []
            for _ in 0..<5 {
                let edit = edit(of: editor.document, using: &random)
                do throws(EditError) {
                    undo.append(try editor.apply(edit))
                    made += 1
                } catch {
                    if case .invalidValue = error {
                        Issue.record("\(error) by \(edit) in\n\(String(decoding: editor.text, as: UTF8.self))")
                    }
                    continue
                }
                model.apply(edit)
                let read = try DocumentEditor(editor.text).document
                #expect(read.serialized() == model.document.serialized(), "\(edit)")
            }
            for edit in undo.reversed() { try editor.apply(edit) }
            #expect(editor.text == text)
        }
        #expect(made > 750)
    }
}

/// The same edits on values, written without regard for the product's own.
private struct ValueModel {
    private(set) var document: JSON

    init(_ document: JSON) { self.document = document }

    mutating func apply(_ edit: DocumentEdit) {
        switch edit {
        case .set(let path, let value): document = Self.change(document, path.parts[...]) { _ in value }
        case .add(let path, let value, _): document = Self.change(document, path.parts[...]) { _ in value }
        case .remove(let path): document = Self.change(document, path.parts[...]) { _ in nil }
        case .addStep(let step, let place): steps { $0.insert(.object(step), at: place) }
        case .moveStep(let id, let place):
            steps { list in
                guard let index = list.firstIndex(where: { $0["id"]?.stringValue == id }) else { return }
                list.insert(list.remove(at: index), at: place)
            }
        case .deleteStep(let id):
            steps { list in
                if let index = list.firstIndex(where: { $0["id"]?.stringValue == id }) { list.remove(at: index) }
            }
        case .renameStep(let old, let new): rename(old, new)
        case .replaceText: return
        }
    }

    private mutating func steps(_ change: (inout [JSON]) -> Void) {
        document = Self.change(document, [.key("steps")]) { value in
            var list = value?.arrayValue ?? []
            change(&list)
            return .array(list)
        }
    }

    private mutating func rename(_ old: String, _ new: String) {
        steps { list in
            for index in list.indices {
                guard case .object(var step) = list[index] else { continue }
                if step["id"]?.stringValue == old { step["id"] = .string(new) }
                if step["needs"] == [.string(old)] { step["needs"] = [.string(new)] }
                if let text = step["if"]?.stringValue { step["if"] = .string(Self.replaced(text, old, new)) }
                if let text = step["with"]?["input"]?.stringValue {
                    step["with"] = Self.change(step["with"] ?? [:], [.key("input")]) { _ in
                        .string(Self.replaced(text, old, new))
                    }
                }
                list[index] = .object(step)
            }
        }
    }

    private static func replaced(_ text: String, _ old: String, _ new: String) -> String {
        text.replacing("steps.\(old).", with: new.contains("-") ? "steps[\"\(new)\"]." : "steps.\(new).")
            .replacing("steps[\"\(old)\"]", with: "steps[\"\(new)\"]")
    }

    private static func change(_ value: JSON, _ path: ArraySlice<EditPath.Part>, _ new: (JSON?) -> JSON?) -> JSON {
        guard let part = path.first else { return new(value) ?? .null }
        switch (part, value) {
        case (.key(let key), .object(var members)):
            members[key] = path.count == 1 ? new(members[key]) : change(members[key] ?? [:], path.dropFirst(), new)
            return .object(members)
        case (.index(let index), .array(var list)):
            if path.count > 1 {
                list[index] = change(list[index], path.dropFirst(), new)
            } else if let value = new(list[index]) {
                list[index] = value
            } else {
                list.remove(at: index)
            }
            return .array(list)
        default: return value
        }
    }
}
