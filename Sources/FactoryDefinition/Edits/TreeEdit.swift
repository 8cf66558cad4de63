import FactoryJSON

/// The same edits on plain values: what an edited text must come to.
enum TreeEdit {
    static func apply(_ edit: DocumentEdit, to document: JSON) throws(EditError) -> JSON {
        switch edit {
        case .set(let path, let value): return try set(path.parts[...], in: document, path, value)
        case .add(let path, let value, let before): return try add(path, in: document, value, before: before)
        case .remove(let path): return try remove(path, in: document)
        case .addStep(let step, let place):
            return try add(["steps", .index(place)], in: document, .object(step), before: nil)
        case .moveStep(let id, let place):
            let path = try StepPlace.path(of: id, in: document)
            guard let step = value(at: path, in: document) else { throw .unknownStep(id) }
            return try add(["steps", .index(place)], in: remove(path, in: document), step, before: nil)
        case .deleteStep(let id): return try remove(StepPlace.path(of: id, in: document), in: document)
        case .renameStep(let old, let new):
            var result = document
            for mention in try StepMentions.changes(renaming: old, to: new, in: document) {
                result = try set(mention.path.parts[...], in: result, mention.path, .string(mention.text))
            }
            return result
        case .replaceText: return document
        }
    }

    static func value(at path: EditPath, in document: JSON) -> JSON? {
        path.parts.reduce(document as JSON?) { value, part in
            switch part {
            case .key(let key): value?[key]
            case .index(let index): value?[index]
            }
        }
    }

    private static func set(
        _ rest: ArraySlice<EditPath.Part>, in value: JSON, _ path: EditPath, _ new: JSON
    ) throws(EditError) -> JSON {
        guard let part = rest.first else { return new }
        switch (part, value) {
        case (.key(let key), .object(var members)):
            guard let inner = members[key] else {
                guard rest.count == 1 else { throw .notFound(path.description) }
                members[key] = new
                return .object(members)
            }
            members[key] = try set(rest.dropFirst(), in: inner, path, new)
            return .object(members)
        case (.index(let index), .array(var elements)):
            guard elements.indices.contains(index) else { throw .notFound(path.description) }
            elements[index] = try set(rest.dropFirst(), in: elements[index], path, new)
            return .array(elements)
        default: throw .notFound(path.description)
        }
    }

    private static func add(
        _ path: EditPath, in document: JSON, _ new: JSON, before: String?
    ) throws(EditError) -> JSON {
        guard let last = path.parts.last, let container = value(at: path.parent, in: document) else {
            throw .notFound(path.parent.description)
        }
        let changed: JSON
        switch (last, container) {
        case (.key(let key), .object(let members)):
            guard !members.contains(key) else { throw .exists(key) }
            if let before, !members.contains(before) { throw .notFound(before) }
            var pairs: [(String, JSON)] = []
            for member in members {
                if member.key == before { pairs.append((key, new)) }
                pairs.append((member.key, member.value))
            }
            if before == nil { pairs.append((key, new)) }
            changed = .object(JSONObject(pairs))
        case (.index(let index), .array(var elements)):
            guard (0...elements.count).contains(index) else { throw .outOfRange(path.description) }
            elements.insert(new, at: index)
            changed = .array(elements)
        default: throw .notFound(path.description)
        }
        return try set(path.parent.parts[...], in: document, path.parent, changed)
    }

    private static func remove(_ path: EditPath, in document: JSON) throws(EditError) -> JSON {
        guard let last = path.parts.last, let container = value(at: path.parent, in: document),
            value(at: path, in: document) != nil
        else { throw .notFound(path.description) }
        var changed = container
        switch (last, container) {
        case (.key(let key), .object(var members)):
            members[key] = nil
            changed = .object(members)
        case (.index(let index), .array(var elements)):
            elements.remove(at: index)
            changed = .array(elements)
        default: break
        }
        return try set(path.parent.parts[...], in: document, path.parent, changed)
    }
}

/// Finds steps by id among a document's values.
enum StepPlace {
    static func index(of id: String, in document: JSON) -> Int? {
        document["steps"]?.arrayValue?.firstIndex { $0["id"]?.stringValue == id }
    }

    static func path(of id: String, in document: JSON) throws(EditError) -> EditPath {
        guard let index = index(of: id, in: document) else { throw .unknownStep(id) }
        return ["steps", .index(index)]
    }
}
