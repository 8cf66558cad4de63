public import FactoryJSON

/// The entries of a CEL map in the order they were written, either a JSON object or entries with any legal keys.
public struct ValueMap: Sendable {
    private enum Storage: Sendable {
        case json(JSONObject)
        case entries(Constructed)
    }

    fileprivate final class Constructed: Sendable {
        let keys: [Value]
        let values: [Value]
        let index: [MapKey: Int]
        let weight: Int
        let depth: Int

        init(keys: [Value], values: [Value], index: [MapKey: Int]) {
            self.keys = keys
            self.values = values
            self.index = index
            var weight = 64
            var depth = 0
            for (key, value) in zip(keys, values) {
                weight = weight &+ 32 &+ key.weight &+ value.weight
                depth = Swift.max(depth, value.depth)
            }
            self.weight = weight
            self.depth = depth + 1
        }
    }

    private let storage: Storage

    /// The members of a JSON object.
    public init(_ members: JSONObject) { storage = .json(members) }

    fileprivate init(_ constructed: Constructed) { storage = .entries(constructed) }

    /// The members where they came as a JSON object.
    var json: JSONObject? { if case .json(let members) = storage { members } else { nil } }

    var weight: Int {
        switch storage {
        case .json(let members): 64 + 48 * members.count
        case .entries(let constructed): constructed.weight
        }
    }

    var depth: Int {
        switch storage {
        case .json: 1
        case .entries(let constructed): constructed.depth
        }
    }

    /// The value of `key`; nil when absent or when the key is of a type no key can have.
    public subscript(key: Value) -> Value? {
        switch storage {
        case .json(let members):
            guard case .string(let name) = key else { return nil }
            return members[name].map { Value($0) }
        case .entries(let constructed):
            guard let key = MapKey(key), let place = constructed.index[key] else { return nil }
            return constructed.values[place]
        }
    }

    /// The value of a text key, nil when absent.
    public subscript(name: String) -> Value? {
        switch storage {
        case .json(let members): members[name].map { Value($0) }
        case .entries(let constructed):
            constructed.index[.string(ScalarText(name))].map { constructed.values[$0] }
        }
    }
}

extension ValueMap: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of entries.
    public var endIndex: Int {
        switch storage {
        case .json(let members): members.count
        case .entries(let constructed): constructed.keys.count
        }
    }
    /// The entry at `position`, in the order written.
    public subscript(position: Int) -> (key: Value, value: Value) {
        switch storage {
        case .json(let members):
            let member = members[position]
            return (.string(member.key), Value(member.value))
        case .entries(let constructed):
            return (constructed.keys[position], constructed.values[position])
        }
    }
}

/// Collects the entries of a map whose keys must be legal and different.
struct ValueMapBuilder {
    enum Rejection {
        case illegalKey, duplicateKey
    }

    private var keys: [Value] = []
    private var values: [Value] = []
    private var index: [MapKey: Int] = [:]
    /// What the map weighs so far.
    private(set) var weight = 64

    /// Adds an entry; says why where it cannot.
    mutating func add(_ key: Value, _ value: Value) -> Rejection? {
        guard let mapKey = MapKey(literal: key) else { return .illegalKey }
        guard index.updateValue(keys.count, forKey: mapKey) == nil else { return .duplicateKey }
        keys.append(key)
        values.append(value)
        weight = weight &+ 32 &+ key.weight &+ value.weight
        return nil
    }

    func build() -> ValueMap {
        ValueMap(ValueMap.Constructed(keys: keys, values: values, index: index))
    }
}

/// A key in the one form that equal keys share: 1, 1u and 1.0 find the same entry.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    /// Only above the range of `int`.
    case uint(UInt64)
    case string(ScalarText)

    /// The form to look `value` up with; nil for what no key can equal.
    init?(_ value: Value) {
        switch value {
        case .double(let number):
            if let int = Int64(exactly: number) {
                self = .int(int)
            } else if let uint = UInt64(exactly: number) {
                self = .uint(uint)
            } else {
                return nil
            }
        default: self.init(literal: value)
        }
    }

    /// The form of a key in a map literal: bool, int, uint or string.
    init?(literal value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
        case .string(let value): self = .string(ScalarText(value))
        default: return nil
        }
    }
}

/// Text compared code point by code point, not by Unicode's canonical equivalence.
struct ScalarText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ScalarText, right: ScalarText) -> Bool {
        left.text.hasSameScalars(as: right.text)
    }
}
