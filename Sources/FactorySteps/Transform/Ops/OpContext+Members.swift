import FactoryExpressions
import FactoryJSON

extension OpContext {
    /// The value, an object or a list of objects, without some paths. A path that is not there needs no leaving out.
    func omit(_ value: JSON) throws(OpFailure) -> JSON {
        var paths: [[PickPaths.Component]] = []
        for (place, element) in (argument.arrayValue ?? []).enumerated() {
            guard let path = element.stringValue.flatMap(PickPaths.parse) else { throw .noPath("path \(place)") }
            paths.append(path)
        }
        // Later elements of a list first, so that the indexes of the others still hold.
        paths.sort { left, right in MemberPath.comesLater(left, right) }
        return try eachObject(value) { object, _ throws(OpFailure) in
            paths.reduce(object) { MemberPath.removing($1[...], from: $0) }
        }
    }

    /// The value, an object or a list of objects, with other names for keys; the order stays.
    func rename(_ value: JSON) throws(OpFailure) -> JSON {
        var names: [(old: String, new: String)] = []
        for (old, new) in argument.objectValue ?? [:] {
            guard let new = new.stringValue else { throw .field("\"\(old)\"", "is given no text as its new name") }
            names.append((old, new))
        }
        return try eachObject(value) { object, place throws(OpFailure) in
            guard case .object(let members) = object else { return object }
            let element = place.map { " in element \($0)" } ?? ""
            for name in names where !members.contains(name.old) {
                throw .input(
                    "there is no \"\(name.old)\"\(element)",
                    hint: "there is \(members.keys.prefix(12).joined(separator: ", "))")
            }
            let new = JSONObject(names.map { ($0.old, JSON.string($0.new)) })
            var renamed = JSONObject()
            for (key, value) in members {
                let name = new[key]?.stringValue ?? key
                guard !renamed.contains(name) else { throw .input("two keys would be called \"\(name)\"\(element)") }
                renamed[name] = value
            }
            return .object(renamed)
        }
    }

    /// The value, an object or a list of objects, with values at paths. Every expression sees the value as it was
    /// before the op, and the object at hand as `item`.
    func set(_ value: JSON) throws(OpFailure) -> JSON {
        var changes: [(text: String, path: [PickPaths.Component], expression: Expression)] = []
        for (text, expression) in try namedExpressions() {
            guard let path = PickPaths.parse(text) else { throw .noPath("\"\(text)\"") }
            changes.append((text, path, expression))
        }
        let isList = value.arrayValue != nil
        var objects: [JSON] = []
        try forEach(of: try Elements(isList ? value : .array([value])), input: value) {
            scope, place throws(OpFailure) in
            let element = isList ? "element \(place)" : nil
            let object = scope["item"] ?? .null
            guard case .object = object else {
                throw element.map { .input("\($0) is \(object.kindName.withArticle), not an object") }
                    ?? .kind(value.kindName, wanted: "an object or a list of objects")
            }
            var changed = object
            for (text, path, expression) in changes {
                let new: JSON
                do throws(ExpressionError) {
                    new = try expression.json(in: scope)
                } catch {
                    throw .expression(error, at: element).named(text)
                }
                do throws(OpFailure) {
                    changed = try MemberPath.setting(new, at: path[...], in: changed)
                } catch {
                    throw error.named(element.map { "\(text) of \($0)" } ?? text)
                }
            }
            objects.append(changed)
        }
        return isList ? .array(objects) : objects.first ?? value
    }

    /// What `change` makes of the value or of each of its elements, all of them objects.
    private func eachObject(
        _ value: JSON, _ change: (JSON, Int?) throws(OpFailure) -> JSON
    ) throws(OpFailure) -> JSON {
        switch value {
        case .object: return try change(value, nil)
        case .array(let elements):
            var changed: [JSON] = []
            for (place, element) in elements.enumerated() {
                guard case .object = element else {
                    throw .input("element \(place) is \(element.kindName.withArticle), not an object")
                }
                changed.append(try change(element, place))
            }
            return .array(changed)
        default: throw .kind(value.kindName, wanted: "an object or a list of objects")
        }
    }
}

extension OpFailure {
    fileprivate static func noPath(_ name: String) -> OpFailure {
        .field(name, "is no path", hint: "write keys with dots: user.name, files[0].path")
    }
}
