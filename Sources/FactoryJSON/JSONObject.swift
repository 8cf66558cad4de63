/// The members of a JSON object, in the order they were written.
///
/// Small objects (the usual case) are searched linearly; above ``indexThreshold`` members a hash index is kept, so that
/// look-ups stay constant-time in objects with thousands of keys. Keys are unique, code point by code point: setting a
/// key that exists keeps its place. Equality and hashing ignore the order.
public struct JSONObject: Sendable {
    /// Above this many members look-ups go through a hash index.
    static let indexThreshold = 12

    private var members: [(key: String, value: JSON)] = []
    private var index: [ScalarKey: Int] = [:]

    /// An object without members.
    public init() {}

    /// An object of `pairs`; a key that comes again replaces the earlier value and keeps the earlier place.
    public init(_ pairs: some Sequence<(String, JSON)>) {
        reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    /// Number of members.
    public var count: Int { members.count }
    /// True when there are no members.
    public var isEmpty: Bool { members.isEmpty }
    /// The keys, in order.
    public var keys: [String] { members.map(\.key) }
    /// The values, in the order of their keys.
    public var values: [JSON] { members.map(\.value) }

    /// Reads, sets (appending when new) or, with nil, removes the member `key`.
    public subscript(key: String) -> JSON? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// True when `key` is a member.
    public func contains(_ key: String) -> Bool { position(of: key) != nil }

    /// Makes room for `capacity` members.
    public mutating func reserveCapacity(_ capacity: Int) { members.reserveCapacity(capacity) }

    /// Appends a member unless its key is there already; false when it was.
    mutating func insert(_ key: String, _ value: JSON) -> Bool {
        guard position(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private func position(of key: String) -> Int? {
        if members.count > Self.indexThreshold { return index[ScalarKey(key)] }
        return members.firstIndex { $0.key.hasSameScalars(as: key) }
    }

    private mutating func append(_ key: String, _ value: JSON) {
        members.append((key, value))
        if members.count == Self.indexThreshold + 1 {
            rebuildIndex()
        } else if members.count > Self.indexThreshold {
            index[ScalarKey(key)] = members.count - 1
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        if members.count > Self.indexThreshold { rebuildIndex() } else { index = [:] }
    }

    private mutating func rebuildIndex() {
        index = Dictionary(uniqueKeysWithValues: members.enumerated().map { (ScalarKey($1.key), $0) })
    }
}

extension JSONObject: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of members.
    public var endIndex: Int { members.count }
    /// The member at `position`, in the order written.
    public subscript(position: Int) -> (key: String, value: JSON) { members[position] }
}

extension JSONObject: Hashable {
    /// True when both have the same keys with the same values, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Feeds the members to `hasher` without regard to their order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members {
            var inner = Hasher()
            inner.combine(member.key)
            inner.combine(member.value)
            combined ^= inner.finalize()
        }
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// An object of `elements`; a key that comes again replaces the earlier value.
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
