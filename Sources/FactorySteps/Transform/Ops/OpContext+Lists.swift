import FactoryExpressions
import FactoryJSON

extension OpContext {
    /// The first element of each key, in order.
    func distinct(_ value: JSON) throws(OpFailure) -> JSON {
        let list = try list(value)
        let keys = try evaluate(try expression(), each: try Elements(value), input: value)
        var seen: Set<JSON> = []
        return .array(zip(list, keys).filter { seen.insert($1.asKey).inserted }.map(\.0))
    }

    /// The first elements.
    func take(_ value: JSON) throws(OpFailure) -> JSON {
        .array(Array(try list(value).prefix(try count(argument, "take"))))
    }

    /// What is behind the first elements.
    func skip(_ value: JSON) throws(OpFailure) -> JSON {
        .array(Array(try list(value).dropFirst(try count(argument, "skip"))))
    }

    /// `{key, items}` for every key, in the order the keys first come.
    func group(_ value: JSON) throws(OpFailure) -> JSON {
        let list = try list(value)
        let keys = try evaluate(try expression("/by"), each: try Elements(value), input: value)
        var groups: [(key: JSON, items: [JSON])] = []
        var places: [JSON: Int] = [:]
        for (element, key) in zip(list, keys) {
            if let place = places[key.asKey] {
                groups[place].items.append(element)
            } else {
                places[key.asKey] = groups.count
                groups.append((key, [element]))
            }
        }
        return .array(groups.map { ["key": $0.key, "items": .array($0.items)] })
    }

    /// An object of figures over the whole list.
    func aggregate(_ value: JSON) throws(OpFailure) -> JSON {
        _ = try list(value)
        var figures = JSONObject()
        for (name, expression) in try namedExpressions() {
            do throws(OpFailure) {
                figures[name] = try evaluate(expression, input: value)
            } catch {
                throw error.named(name)
            }
        }
        return .object(figures)
    }

    /// The elements of lists in the list, one level; other elements stay.
    func flatten(_ value: JSON) throws(OpFailure) -> JSON {
        let list = try list(value)
        guard argument != false else { return value }
        var flat: [JSON] = []
        for element in list {
            if case .array(let inner) = element { flat += inner } else { flat.append(element) }
        }
        return .array(flat)
    }

    /// The members of all objects, the value's own first; where two hold an object under one key, theirs are merged
    /// too, else the later one stays.
    func merge(_ value: JSON) throws(OpFailure) -> JSON {
        var merged: JSONObject
        switch value {
        case .object(let members): merged = members
        case .null: merged = [:]
        default: throw .kind(value.kindName, wanted: "an object")
        }
        for place in (argument.arrayValue ?? []).indices {
            let other: JSON
            do throws(OpFailure) {
                other = try evaluate(try expression("/\(place)"), input: value)
            } catch {
                throw error.named("[\(place)]")
            }
            guard case .object(let members) = other else {
                throw .input(
                    "[\(place)] is \(other.kindName.withArticle), and objects are merged",
                    hint: "lists are put together by an expression: a + b")
            }
            merged.merge(members)
        }
        return .object(merged)
    }

    /// The expressions of an op whose keys are free, in the order written.
    func namedExpressions() throws(OpFailure) -> [(name: String, expression: Expression)] {
        guard case .object(let members) = argument else { throw .field("the op", "is no object of expressions") }
        var named: [(name: String, expression: Expression)] = []
        for name in members.keys {
            let pointer = name.reduce(into: "/") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
            named.append((name, try expression(pointer)))
        }
        return named
    }

    /// A number of elements that a field of the op gives.
    func count(_ field: JSON, _ name: String) throws(OpFailure) -> Int {
        guard let number = field.intValue, number >= 0 else {
            throw .field(name, "is \(field.serialized().prefix(60)), and an integer of at least 0 is wanted")
        }
        return Int(number)
    }

    private func list(_ value: JSON) throws(OpFailure) -> [JSON] {
        guard case .array(let list) = value else { throw .kind(value.kindName, wanted: "a list") }
        return list
    }
}

extension JSON {
    /// As it counts among keys: a number without fraction is the integer, as CEL's `==` has it.
    fileprivate var asKey: JSON {
        if case .double(let number) = self, let integer = Int64(exactly: number) { .int(integer) } else { self }
    }
}

extension JSONObject {
    /// Takes the members of `other`; objects on both sides are merged in turn.
    fileprivate mutating func merge(_ other: JSONObject) {
        for (key, value) in other {
            if case .object(var mine) = self[key], case .object(let theirs) = value {
                mine.merge(theirs)
                self[key] = .object(mine)
            } else {
                self[key] = value
            }
        }
    }
}

extension OpFailure {
    /// The same failure of one of several parts.
    func named(_ part: String) -> OpFailure {
        var failure = self
        failure.message = "\(part): \(message)"
        return failure
    }
}
