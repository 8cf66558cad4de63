import FactoryJSON

/// Changes at one path inside a value.
enum MemberPath {
    typealias Component = PickPaths.Component

    /// The value without what is at `path`; unchanged where nothing is.
    static func removing(_ path: ArraySlice<Component>, from value: JSON) -> JSON {
        guard let first = path.first else { return value }
        let rest = path.dropFirst()
        switch value {
        case .object(var members):
            let key = first.key
            members[key] = rest.isEmpty ? .none : members[key].map { removing(rest, from: $0) }
            return .object(members)
        case .array(var elements):
            guard case .index(let index) = first, elements.indices.contains(index) else { return value }
            if rest.isEmpty {
                elements.remove(at: index)
            } else {
                elements[index] = removing(rest, from: elements[index])
            }
            return .array(elements)
        default: return value
        }
    }

    /// The value with `new` at `path`. Objects that are missing on the way are made; a list takes an index it has, or
    /// the next one.
    static func setting(_ new: JSON, at path: ArraySlice<Component>, in value: JSON) throws(OpFailure) -> JSON {
        guard let first = path.first else { return new }
        let rest = path.dropFirst()
        switch value {
        case .object(var members):
            members[first.key] = try setting(new, at: rest, in: members[first.key] ?? [:])
            return .object(members)
        case .array(var elements):
            guard case .index(let index) = first else {
                throw .input("a list has no key \"\(first.key)\"", hint: "write an index: [0]")
            }
            guard index <= elements.count else {
                throw .input("index \(index) is beyond the end of a list of \(elements.count)")
            }
            if index == elements.count {
                elements.append(try setting(new, at: rest, in: [:]))
            } else {
                elements[index] = try setting(new, at: rest, in: elements[index])
            }
            return .array(elements)
        default:
            throw .input("\"\(first.key)\" cannot be set in \(value.kindName.withArticle)")
        }
    }

    /// True when `left` stands behind `right` in the value, as far as indexes tell.
    static func comesLater(_ left: [Component], _ right: [Component]) -> Bool {
        for (mine, other) in zip(left, right) where mine != other {
            if case .index(let mine) = mine, case .index(let other) = other { return mine > other }
            return mine.key > other.key
        }
        return left.count > right.count
    }
}

extension PickPaths.Component {
    /// As the key of an object.
    var key: String {
        switch self {
        case .key(let key): key
        case .index(let index): String(index)
        }
    }
}
