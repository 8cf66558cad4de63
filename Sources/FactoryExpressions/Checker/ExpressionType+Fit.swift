extension ExpressionType {
    /// True where some value is of both types. A list counts as having an element.
    public func overlaps(_ other: ExpressionType) -> Bool {
        switch (self, other) {
        case (.dyn, _), (_, .dyn): true
        case (.union(let members), _): members.contains { $0.overlaps(other) }
        case (_, .union(let members)): members.contains { overlaps($0) }
        case (.list(let left), .list(let right)): left.overlaps(right)
        case (.optional(let left), .optional(let right)): left.overlaps(right)
        case (.map, .map), (.map, .object), (.object, .map), (.object, .object): true
        default: self == other
        }
    }

    /// True where every value of this type is surely of `other`; false where it is not known.
    public func fits(_ other: ExpressionType) -> Bool {
        switch (self, other) {
        case (_, .dyn): true
        case (.dyn, _): false
        case (.union(let members), _): members.allSatisfy { $0.fits(other) }
        case (_, .union(let members)): members.contains { fits($0) }
        case (.list(let left), .list(let right)): left.fits(right)
        case (.optional(let left), .optional(let right)): left.fits(right)
        case (.map(let left), .map(let right)): left.fits(right)
        case (.object(let object), .map(let element)):
            object.fields.allSatisfy { $0.type.fits(element) } && object.rest?.fits(element) ?? true
        case (.map, .object): false
        default: self == other
        }
    }

    /// True for a value of exactly this JSON type, whatever is inside it.
    public func contains(_ value: Value) -> Bool {
        switch (self, value) {
        case (.dyn, _): true
        case (.union(let members), _): members.contains { $0.contains(value) }
        case (.list(let element), .list(let list)): list.allSatisfy { element.contains($0) }
        case (.map(let element), .map(let map)): map.allSatisfy { element.contains($0.value) }
        case (.object(let object), .map(let map)): object.contains(map)
        case (.optional(let element), .optional(let box)): box.map { element.contains($0.value) } ?? true
        case (.list, _), (.map, _), (.object, _), (.optional, _): false
        default: self == ExpressionType(of: value)
        }
    }

    /// What the value becomes where it is kept as JSON, as every result of a step is.
    public var asJSON: ExpressionType {
        switch self {
        case .dyn, .null, .bool, .int, .double, .string: self
        case .uint: .int
        case .bytes, .duration, .timestamp, .type: .string
        case .list(let element): .list(of: element.asJSON)
        case .map(let element): .map(of: element.asJSON)
        case .object(let object):
            .object(
                ObjectType(
                    object.fields.map { ObjectType.Field($0.name, $0.type.asJSON, isOptional: $0.isOptional) },
                    rest: object.rest?.asJSON))
        case .optional(let element): element.asJSON
        case .union(let members): .joining(members.map(\.asJSON))
        }
    }
}

extension ObjectType {
    fileprivate func contains(_ map: ValueMap) -> Bool {
        for field in fields where !field.isOptional && map[field.name] == nil { return false }
        return map.allSatisfy { key, value in
            guard case .string(let name) = key else { return false }
            return (self[name]?.type ?? rest)?.contains(value) ?? false
        }
    }
}
