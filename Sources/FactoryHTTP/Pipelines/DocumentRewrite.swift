import FactoryDefinition
import FactoryJSON

/// Brings a document's text to other values by the smallest edits, so that what did not change stays as written.
enum DocumentRewrite {
    /// The text with `goal` as its values; nil where the edits do not lead there exactly.
    static func text(of text: String, rewrittenTo goal: JSON) -> [UInt8]? {
        do throws(EditError) {
            var editor = try DocumentEditor(Array(text.utf8))
            guard case .object(let members) = goal, case .object = editor.document else { return nil }
            try rewriteMembers(&editor, at: [], to: members, except: "steps")
            try rewriteSteps(&editor, to: members["steps"])
            return editor.document == goal ? editor.text : nil
        } catch { return nil }
    }

    /// The text with the step `id` brought to `goal`; its id stays.
    static func text(of text: String, step id: String, rewrittenTo goal: JSONObject) throws(EditError) -> [UInt8] {
        var editor = try DocumentEditor(Array(text.utf8))
        guard let place = ids(in: editor.document).firstIndex(of: id) else { throw .unknownStep(id) }
        try rewriteMembers(&editor, at: ["steps", .index(place)], to: goal, except: nil)
        return editor.text
    }

    private static func rewriteSteps(_ editor: inout DocumentEditor, to goal: JSON?) throws(EditError) {
        guard editor.document["steps"] != goal else { return }
        guard let steps = goal?.arrayValue, editor.document["steps"]?.arrayValue != nil else {
            return try rewrite(&editor, at: ["steps"], from: editor.document["steps"], to: goal)
        }
        let wanted = steps.map { $0["id"]?.stringValue }
        let named = wanted.compactMap(\.self)
        guard named.count == steps.count, Set(named).count == named.count else {
            return try rewrite(&editor, at: ["steps"], from: editor.document["steps"], to: goal)
        }
        for id in ids(in: editor.document) where !named.contains(id) { try editor.apply(.deleteStep(id)) }
        for (place, step) in steps.enumerated() {
            guard case .object(let members) = step else { continue }
            let now = ids(in: editor.document)
            if let found = now.firstIndex(of: named[place]) {
                if found != place { try editor.apply(.moveStep(named[place], to: place)) }
                try rewriteMembers(&editor, at: ["steps", .index(place)], to: members, except: nil)
            } else {
                try editor.apply(.addStep(members, at: place))
            }
        }
    }

    private static func ids(in document: JSON) -> [String] {
        (document["steps"]?.arrayValue ?? []).map { $0["id"]?.stringValue ?? "" }
    }

    private static func rewriteMembers(
        _ editor: inout DocumentEditor, at path: EditPath, to goal: JSONObject, except left: String?
    ) throws(EditError) {
        guard case .object(let current)? = value(editor.document, at: path) else { throw .notFound(path.description) }
        for key in current.keys where key != left && !goal.contains(key) {
            try editor.apply(.remove(path.appending(.key(key))))
        }
        for (key, value) in goal where key != left {
            try rewrite(&editor, at: path.appending(.key(key)), from: current[key], to: value)
        }
    }

    private static func rewrite(
        _ editor: inout DocumentEditor, at path: EditPath, from current: JSON?, to goal: JSON?
    ) throws(EditError) {
        switch (current, goal) {
        case (nil, nil): break
        case (nil, let value?): try editor.apply(.set(path, value))
        case (_?, nil): try editor.apply(.remove(path))
        case (.object?, .object(let members)?) where !members.isEmpty:
            try rewriteMembers(&editor, at: path, to: members, except: nil)
        case (.array(let old)?, .array(let new)?) where old.count == new.count:
            for (index, value) in new.enumerated() {
                try rewrite(&editor, at: path.appending(.index(index)), from: old[index], to: value)
            }
        case (let old?, let new?): if old != new { try editor.apply(.set(path, new)) }
        }
    }

    private static func value(_ document: JSON, at path: EditPath) -> JSON? {
        var value: JSON? = document
        for part in path.parts {
            switch part {
            case .key(let key): value = value?[key]
            case .index(let index): value = value?[index]
            }
        }
        return value
    }
}
