extension ExpressionType {
    /// Types larger than this, or deeper than ``maximumDepth``, count as ``dyn``: an expression could otherwise name
    /// one twice in the next again and again.
    static let maximumSize = 2_000
    static let maximumDepth = 32
    /// A union of more types than this counts as ``dyn``.
    static let maximumMembers = 8

    /// How many types it is made of, itself included.
    var size: Int {
        switch self {
        case .list(let element), .map(let element), .optional(let element): 1 + element.size
        case .object(let object): object.size
        case .union(let members): members.reduce(1) { $0 + $1.size }
        default: 1
        }
    }

    /// How many types lie inside each other.
    var depth: Int {
        switch self {
        case .list(let element), .map(let element), .optional(let element): 1 + element.depth
        case .object(let object): object.depth
        case .union(let members): members.reduce(0) { max($0, $1.depth) }
        default: 0
        }
    }

    /// The type itself, or ``dyn`` where it is too large to go on with.
    var bounded: ExpressionType { size > Self.maximumSize || depth > Self.maximumDepth ? .dyn : self }

    /// The type of a value that is of this type or of `other`.
    public func joined(with other: ExpressionType) -> ExpressionType {
        if self == other { return self }
        if self == .dyn || other == .dyn { return .dyn }
        var members = members
        for member in other.members where !members.contains(member) {
            if let place = members.firstIndex(where: { $0.isCollection(like: member) }),
                let merged = members[place].mergedCollection(with: member)
            {
                members[place] = merged
            } else {
                members.append(member)
            }
        }
        if members.count == 1 { return members[0] }
        return members.count > Self.maximumMembers ? .dyn : ExpressionType.union(members).bounded
    }

    /// The type of a value that is of one of `types`; ``dyn`` where there are none.
    public static func joining(_ types: some Sequence<ExpressionType>) -> ExpressionType {
        var joined: ExpressionType?
        for type in types {
            joined = joined?.joined(with: type) ?? type
            if joined == .dyn { break }
        }
        return joined ?? .dyn
    }

    /// True for an optional of a union and the like, which say the same as a union of optionals.
    private func isCollection(like other: ExpressionType) -> Bool {
        switch (self, other) {
        case (.list, .list), (.optional, .optional), (.map, .map): true
        default: false
        }
    }

    private func mergedCollection(with other: ExpressionType) -> ExpressionType? {
        switch (self, other) {
        case (.list(let left), .list(let right)): .list(of: left.joined(with: right))
        case (.map(let left), .map(let right)): .map(of: left.joined(with: right))
        case (.optional(let left), .optional(let right)): .optional(of: left.joined(with: right))
        default: nil
        }
    }

    /// The type without `unwanted`; nil where nothing is left.
    func removing(_ unwanted: (ExpressionType) -> Bool) -> ExpressionType? {
        let kept = members.filter { !unwanted($0) }
        return kept.isEmpty ? nil : .joining(kept)
    }
}
