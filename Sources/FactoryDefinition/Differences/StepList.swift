import FactoryJSON

/// A document's steps by id; of several with one id the first counts.
struct StepList {
    private(set) var ids: [String] = []
    private(set) var steps: [String: JSON] = [:]
    private(set) var places: [String: Int] = [:]

    init(_ document: JSON) {
        for (place, step) in (document["steps"]?.arrayValue ?? []).enumerated() {
            guard let id = step["id"]?.stringValue, steps[id] == nil else { continue }
            ids.append(id)
            steps[id] = step
            places[id] = place
        }
    }

    /// A step without its id.
    static func content(of step: JSON?) -> JSON? {
        guard case .object(var members)? = step else { return step }
        members["id"] = nil
        return .object(members)
    }

    /// A document without its steps, unless they are no list of steps with an id each.
    static func top(_ document: JSON) -> JSON {
        guard case .object(var members) = document else { return document }
        if let steps = document["steps"]?.arrayValue, StepList(document).ids.count == steps.count {
            members["steps"] = nil
        }
        return .object(members)
    }

    var writtenEdges: [DocumentDifference.Edge] {
        ids.flatMap { id in
            (steps[id]?["needs"]?.arrayValue ?? []).compactMap { need in
                need.stringValue.map { DocumentDifference.Edge(from: $0, to: id) }
            }
        }
    }
}

/// The longest part of a sequence that rises, found in n log n.
enum LongestRise {
    static func of(_ values: [Int]) -> [Int] {
        // For each length, where the smallest last element of such a part stands.
        var ends: [Int] = []
        var before = [Int?](repeating: nil, count: values.count)
        for (place, value) in values.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if values[ends[middle]] < value { low = middle + 1 } else { high = middle }
            }
            before[place] = low > 0 ? ends[low - 1] : nil
            if low == ends.count { ends.append(place) } else { ends[low] = place }
        }
        var rise: [Int] = []
        var place = ends.last
        while let current = place {
            rise.append(values[current])
            place = before[current]
        }
        return rise.reversed()
    }
}
