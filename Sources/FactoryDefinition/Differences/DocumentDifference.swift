public import FactoryJSON

/// What two versions of a document differ in, by meaning: steps, fields and edges, not lines.
///
/// Order of keys makes no difference. Steps are matched by id; one whose id alone differs is renamed, and what names it
/// by the new id is no change.
public struct DocumentDifference: Sendable, Hashable {
    /// A step that has another id.
    public struct Rename: Sendable, Hashable {
        /// The id before.
        public var before: String
        /// The id after.
        public var after: String
    }

    /// A step at another place among those that stayed.
    public struct Move: Sendable, Hashable {
        /// The id after.
        public var step: String
        /// Its place among all steps before, from 0.
        public var before: Int
        /// Its place among all steps after, from 0.
        public var after: Int
    }

    /// A value that was set, changed or removed.
    public struct FieldChange: Sendable, Hashable {
        /// The step's id after; nil for what stands outside of steps.
        public var step: String?
        /// From the step or the document: `with.prompt`.
        public var path: String
        /// nil where nothing stood.
        public var before: JSON?
        /// nil where nothing stands.
        public var after: JSON?
    }

    /// One step that needs another, by their ids after.
    public struct Edge: Sendable, Hashable {
        /// The step that is needed.
        public var from: String
        /// The step that needs it.
        public var to: String
    }

    /// Ids of new steps, in document order.
    public var addedSteps: [String] = []
    /// Ids of steps that are gone, in the order they had.
    public var removedSteps: [String] = []
    /// Steps with another id.
    public var renamedSteps: [Rename] = []
    /// The fewest moves that give the new order.
    public var movedSteps: [Move] = []
    /// Changed values, those outside of steps first.
    public var fields: [FieldChange] = []
    /// Needs that are new, worked out by the format's rules where both documents are valid, else as written.
    public var addedEdges: [Edge] = []
    /// Needs that are gone.
    public var removedEdges: [Edge] = []

    /// What differs between two documents.
    public init(from before: JSON, to after: JSON) {
        let (renamed, renames) = Self.renames(from: before, to: after)
        renamedSteps = renames
        compareSteps(renamed, after)
        compareTop(renamed, after)
        compareEdges(renamed, after)
    }

    /// True when the documents mean the same.
    public var isEmpty: Bool {
        addedSteps.isEmpty && removedSteps.isEmpty && renamedSteps.isEmpty && movedSteps.isEmpty && fields.isEmpty
            && addedEdges.isEmpty && removedEdges.isEmpty
    }

    /// Finds steps whose id alone differs, and gives `before` with their new ids.
    private static func renames(from before: JSON, to after: JSON) -> (JSON, [Rename]) {
        var (document, renames) = (before, [Rename]())
        while true {
            let old = StepList(document)
            let new = StepList(after)
            let pair = old.ids.lazy.filter { new.steps[$0] == nil }.compactMap { id -> Rename? in
                let match = new.ids.first { other in
                    guard old.steps[other] == nil, let step = new.steps[other] else { return false }
                    return StepList.content(of: old.steps[id]) == StepList.content(of: step)
                }
                return match.map { Rename(before: id, after: $0) }
            }.first
            guard let pair, let next = try? TreeEdit.apply(.renameStep(pair.before, to: pair.after), to: document)
            else {
                return (document, renames)
            }
            document = next
            renames.append(pair)
        }
    }

    private mutating func compareSteps(_ before: JSON, _ after: JSON) {
        let (old, new) = (StepList(before), StepList(after))
        addedSteps = new.ids.filter { old.steps[$0] == nil }
        removedSteps = old.ids.filter { new.steps[$0] == nil }
        let kept = new.ids.filter { old.steps[$0] != nil }
        let staying = Set(LongestRise.of(kept.compactMap { old.places[$0] }))
        for id in kept {
            guard let from = old.places[id], let to = new.places[id] else { continue }
            if !staying.contains(from) { movedSteps.append(Move(step: id, before: from, after: to)) }
            compare(old.steps[id], new.steps[id], .root, step: id)
        }
    }

    private mutating func compareTop(_ before: JSON, _ after: JSON) {
        let changes = fields
        fields = []
        let (old, new) = (StepList.top(before), StepList.top(after))
        compare(old, new, .root, step: nil)
        fields += changes
    }

    private mutating func compare(_ before: JSON?, _ after: JSON?, _ path: DocumentPath, step: String?) {
        guard before != after else { return }
        switch (before, after) {
        case (.object(let old)?, .object(let new)?):
            for (key, value) in old { compare(value, new[key], path + key, step: step) }
            for (key, value) in new where !old.contains(key) { compare(nil, value, path + key, step: step) }
        case (.array(let old)?, .array(let new)?) where old.count == new.count:
            for index in old.indices { compare(old[index], new[index], path + index, step: step) }
        default:
            fields.append(FieldChange(step: step, path: path.description, before: before, after: after))
        }
    }

    private mutating func compareEdges(_ before: JSON, _ after: JSON) {
        let reader = DocumentReader()
        let (old, new): ([Edge], [Edge])
        if let first = reader.read(before).pipeline, let second = reader.read(after).pipeline {
            (old, new) = (Self.edges(of: first), Self.edges(of: second))
        } else {
            (old, new) = (StepList(before).writtenEdges, StepList(after).writtenEdges)
        }
        let (oldSet, newSet) = (Set(old), Set(new))
        addedEdges = new.filter { !oldSet.contains($0) }
        removedEdges = old.filter { !newSet.contains($0) }
    }

    private static func edges(of pipeline: Pipeline) -> [Edge] {
        pipeline.steps.flatMap { step in step.needs.map { Edge(from: $0, to: step.id) } }
    }
}
