public import FactoryJSON

/// Two versions of a document that come from one, brought together by step and by field.
///
/// What one side changed and the other left is taken. Where both changed the same in different ways there is a conflict,
/// and our side stands in the document until somebody decides. A step renamed on one side keeps what the other changed
/// in it, and what the other side wrote with the old id follows.
public struct DocumentMerge: Sendable, Hashable {
    /// The document brought together; with conflicts, our side in their places.
    public private(set) var document: JSON
    /// What somebody must decide, in document order.
    public private(set) var conflicts: [MergeConflict] = []

    /// Merges `theirs` into `ours`; both come from `base`.
    public init(base: JSON, ours: JSON, theirs: JSON) {
        document = ours
        var sides = Sides(base: base, ours: ours, theirs: theirs)
        conflicts = sides.alignRenames()
        document = merged(sides)
    }

    private mutating func merged(_ sides: Sides) -> JSON {
        let (base, ours, theirs) = (sides.base, sides.ours, sides.theirs)
        guard [base, ours, theirs].allSatisfy({ StepList.top($0) != $0 || $0["steps"] == nil }) else {
            return value(base, ours, theirs, .root, step: nil) ?? ours
        }
        let top = value(StepList.top(base), StepList.top(ours), StepList.top(theirs), .root, step: nil)
        guard case .object(var members)? = top else { return ours }
        guard ours["steps"] != nil || theirs["steps"] != nil else { return .object(members) }
        // The steps stay where our document has them.
        let steps = steps(StepList(base), StepList(ours), StepList(theirs))
        let keys = (ours.objectValue ?? theirs.objectValue)?.keys ?? []
        let order = keys.filter { $0 == "steps" || members.contains($0) } + members.keys.filter { !keys.contains($0) }
        members["steps"] = .array(steps)
        return .object(JSONObject(order.compactMap { key in members[key].map { (key, $0) } }))
    }

    private mutating func steps(_ base: StepList, _ ours: StepList, _ theirs: StepList) -> [JSON] {
        order(base, ours, theirs).compactMap { id in
            let (old, our, their) = (base.steps[id], ours.steps[id], theirs.steps[id])
            guard let old, our == nil || their == nil else {
                return value(old, our, their, .root, step: id)
            }
            let kept = our ?? their
            guard let kept, kept != old else { return nil }
            conflicts.append(
                MergeConflict(
                    kind: .removedAndChanged, step: id, path: "", base: old, ours: our, theirs: their))
            return kept
        }
    }

    /// All steps of both sides: in the order of the side that changed it, new ones behind the step that they followed.
    private mutating func order(_ base: StepList, _ ours: StepList, _ theirs: StepList) -> [String] {
        let common = Set(base.ids).intersection(ours.ids).intersection(theirs.ids)
        let (before, our, their) = (
            base.ids.filter(common.contains), ours.ids.filter(common.contains), theirs.ids.filter(common.contains)
        )
        let leads = our != before || their == before
        if our != before, their != before, our != their {
            conflicts.append(
                MergeConflict(
                    kind: .reordered, step: nil, path: "steps", base: .array(before.map(JSON.string)),
                    ours: .array(our.map(JSON.string)), theirs: .array(their.map(JSON.string))))
        }
        let (leading, other) = leads ? (ours.ids, theirs.ids) : (theirs.ids, ours.ids)
        var order = leading
        for (place, id) in other.enumerated() where !order.contains(id) {
            let above = other[..<place].last { order.contains($0) }
            var target = above.flatMap(order.firstIndex(of:)).map { $0 + 1 } ?? 0
            // New steps of the leading side at the same place come first.
            let known = Set(other).union(base.ids)
            while target < order.count, !known.contains(order[target]) { target += 1 }
            order.insert(id, at: target)
        }
        return order
    }

    private mutating func value(
        _ base: JSON?, _ ours: JSON?, _ theirs: JSON?, _ path: DocumentPath, step: String?
    ) -> JSON? {
        if ours == theirs || theirs == base { return ours }
        if ours == base { return theirs }
        if case .object(let our)? = ours, case .object(let their)? = theirs {
            let old = base?.objectValue ?? [:]
            var result = JSONObject()
            for key in our.keys + their.keys.filter({ !our.contains($0) }) {
                result[key] = value(old[key], our[key], their[key], path + key, step: step)
            }
            return .object(result)
        }
        conflicts.append(
            MergeConflict(
                kind: ours == nil || theirs == nil ? .removedAndChanged : .changed, step: step,
                path: path.description, base: base, ours: ours, theirs: theirs))
        return ours ?? theirs
    }
}

/// One place where both sides changed the same in different ways.
public struct MergeConflict: Sendable, Hashable, CustomStringConvertible {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// Both sides gave it another value.
        case changed
        /// One side removed what the other changed; what was changed stays.
        case removedAndChanged = "removed_and_changed"
        /// Both sides put the steps in another order.
        case reordered
        /// Both sides gave the step another id.
        case renamed
    }

    /// What happened.
    public var kind: Kind
    /// The step's id in the merged document; nil outside of steps.
    public var step: String?
    /// From the step or the document; empty for the step itself.
    public var path: String
    /// Before; nil where nothing stood.
    public var base: JSON?
    /// On our side.
    public var ours: JSON?
    /// On their side.
    public var theirs: JSON?

    /// Place, kind and values in one sentence.
    public var description: String {
        let place = [step.map { "step \($0)" }, path.isEmpty ? nil : path].compactMap(\.self).joined(separator: ": ")
        let what =
            switch kind {
            case .changed: "both sides changed it"
            case .removedAndChanged: "\(ours == nil ? "ours" : "theirs") removed what the other side changed"
            case .reordered: "both sides changed the order of steps"
            case .renamed: "both sides renamed the step"
            }
        func text(_ value: JSON?) -> String { value.map { $0.serialized() } ?? "nothing" }
        return "\(place): \(what) (ours \(text(ours)), theirs \(text(theirs)))"
    }
}
