import FactoryJSON

/// The paths of a `pick`: keys joined by dots, list indexes in brackets or as numbers (`files[0].name`, `files.0.name`),
/// unusual keys in quotes (`["a.b"]`).
struct PickPaths {
    enum Component: Equatable {
        case key(String)
        case index(Int)
    }

    private let paths: [(text: String, components: [Component])]

    init(_ argument: JSON) throws(OpFailure) {
        var paths: [(text: String, components: [Component])] = []
        for (place, element) in (argument.arrayValue ?? []).enumerated() {
            guard let text = element.stringValue, let components = Self.parse(text) else {
                throw .field("path \(place)", "is none", hint: "write keys with dots: user.name, files[0].path")
            }
            paths.append((text, components))
        }
        self.paths = paths
    }

    /// The same shape with these paths only; of a list, each element's.
    /// - Throws: when a path is not there.
    func pick(from value: JSON) throws(OpFailure) -> JSON {
        switch value {
        case .object: return try pickOne(from: value, place: nil)
        case .array(let elements):
            var picked: [JSON] = []
            for (place, element) in elements.enumerated() {
                guard case .object = element else {
                    throw .input("element \(place) is \(element.kindName.withArticle), not an object")
                }
                picked.append(try pickOne(from: element, place: place))
            }
            return .array(picked)
        default: throw .kind(value.kindName, wanted: "an object or a list of objects")
        }
    }

    private func pickOne(from value: JSON, place: Int?) throws(OpFailure) -> JSON {
        var tree = Tree()
        for path in paths {
            guard let found = Self.look(up: path.components[...], in: value) else {
                let keys = value.objectValue?.keys.prefix(12).joined(separator: ", ") ?? ""
                throw .input(
                    "there is no \"\(path.text)\"\(place.map { " in element \($0)" } ?? "")",
                    hint: keys.isEmpty ? nil : "there is \(keys)")
            }
            tree.insert(found, at: path.components[...])
        }
        return tree.value(like: value)
    }

    private static func look(up path: ArraySlice<Component>, in value: JSON) -> JSON? {
        guard let first = path.first else { return value }
        return child(first, of: value).flatMap { look(up: path.dropFirst(), in: $0) }
    }

    /// A number is an index in a list and a key in an object.
    private static func child(_ component: Component, of value: JSON) -> JSON? {
        switch (component, value) {
        case (.key(let key), .object): value[key]
        case (.index(let index), .array): value[index]
        case (.index(let index), .object): value[String(index)]
        case (.key, _), (.index, _): nil
        }
    }

    static func parse(_ text: String) -> [Component]? {
        var components: [Component] = []
        var rest = text[...]
        var needsKey = true
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let (component, after) = bracketed(rest) else { return nil }
                components.append(component)
                rest = after
            } else {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard needsKey, !name.isEmpty else { return nil }
                components.append(Int(name).flatMap { $0 >= 0 ? .index($0) : nil } ?? .key(String(name)))
                rest = rest.dropFirst(name.count)
            }
            needsKey = rest.first == "."
            if needsKey { rest = rest.dropFirst() }
        }
        return components.isEmpty || needsKey ? nil : components
    }

    private static func bracketed(_ text: Substring) -> (Component, Substring)? {
        let inner = text.dropFirst()
        if inner.first == "\"" {
            let key = inner.dropFirst().prefix { $0 != "\"" }
            let after = inner.dropFirst(key.count + 1)
            guard after.hasPrefix("\"]") else { return nil }
            return (.key(String(key)), after.dropFirst(2))
        }
        let digits = inner.prefix { $0 != "]" }
        guard let index = Int(digits), index >= 0, inner.count > digits.count else { return nil }
        return (.index(index), inner.dropFirst(digits.count + 1))
    }
}

/// What was picked so far, by component, in the order of the paths.
private struct Tree {
    private var whole: JSON?
    private var children: [(PickPaths.Component, Tree)] = []

    mutating func insert(_ value: JSON, at path: ArraySlice<PickPaths.Component>) {
        guard let first = path.first else { return whole = value }
        if let place = children.firstIndex(where: { $0.0 == first }) {
            children[place].1.insert(value, at: path.dropFirst())
        } else {
            var child = Tree()
            child.insert(value, at: path.dropFirst())
            children.append((first, child))
        }
    }

    /// A list where the original has one, with the picked elements in their own order; else an object.
    func value(like original: JSON) -> JSON {
        if let whole { return whole }
        var object = JSONObject()
        var elements: [(Int, JSON)] = []
        for (component, tree) in children {
            switch (component, original) {
            case (.index(let index), .array(let list)):
                elements.append((index, tree.value(like: list[index])))
            case (.index(let index), _):
                let key = String(index)
                object[key] = tree.value(like: original[key] ?? .null)
            case (.key(let key), _): object[key] = tree.value(like: original[key] ?? .null)
            }
        }
        if case .array = original { return .array(elements.sorted { $0.0 < $1.0 }.map(\.1)) }
        return .object(object)
    }
}
