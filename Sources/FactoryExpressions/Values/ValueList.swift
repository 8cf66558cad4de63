public import FactoryJSON

/// The elements of a CEL list, either JSON that is wrapped on reading or values.
public struct ValueList: Sendable {
    private enum Storage: Sendable {
        case json([JSON])
        case values(Constructed)
    }

    private final class Constructed: Sendable {
        let elements: [Value]
        let weight: Int
        let depth: Int

        init(_ elements: [Value]) {
            self.elements = elements
            var weight = 32
            var depth = 0
            for element in elements {
                weight = weight &+ element.weight
                depth = Swift.max(depth, element.depth)
            }
            self.weight = weight
            self.depth = depth + 1
        }
    }

    private let storage: Storage

    /// The elements of a JSON array.
    public init(_ elements: [JSON]) { storage = .json(elements) }

    /// Elements that are values already.
    public init(_ elements: [Value]) { storage = .values(Constructed(elements)) }

    /// The elements as JSON where they came as JSON.
    var json: [JSON]? { if case .json(let elements) = storage { elements } else { nil } }

    var weight: Int {
        switch storage {
        case .json(let elements): 32 + 16 * elements.count
        case .values(let constructed): constructed.weight
        }
    }

    var depth: Int {
        switch storage {
        case .json: 1
        case .values(let constructed): constructed.depth
        }
    }
}

extension ValueList: RandomAccessCollection {
    /// Always 0.
    public var startIndex: Int { 0 }
    /// The number of elements.
    public var endIndex: Int {
        switch storage {
        case .json(let elements): elements.count
        case .values(let constructed): constructed.elements.count
        }
    }
    /// The element at `position`.
    public subscript(position: Int) -> Value {
        switch storage {
        case .json(let elements): Value(elements[position])
        case .values(let constructed): constructed.elements[position]
        }
    }
}
