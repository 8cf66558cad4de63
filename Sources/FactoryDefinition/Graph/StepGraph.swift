import FactoryExpressions

/// The needs of all steps, worked out by the format's rules.
///
/// Needs have four sources. Written: the list under `needs`. Branches: a step named in a branch needs the one before it
/// in that list, the first one the condition; with `needs` of its own it needs those and the condition. Open ends: a
/// step without either needs every step above it that no step above needs yet. References: a step needs those whose
/// names it uses. Each step is put on the list of open ends once and taken off once, so the work is linear in steps and
/// needs.
struct StepGraph {
    /// The ids each step needs, in document order, for the steps in their order.
    let needs: [[String]]
    /// The same as places among the steps.
    let places: [[Int]]

    /// - Parameters:
    ///   - drafts: the steps that could be read, in document order.
    ///   - outlined: all steps of the document; a need of one that could not be read is dropped without a problem.
    init(_ drafts: [StepDraft], outlined: StepCatalogue, log: ProblemLog) {
        var indexes: [String: Int] = [:]
        for (index, draft) in drafts.enumerated() { indexes[draft.id] = index }
        let branches = BranchNeeds(drafts, indexes: indexes, outlined: outlined, log: log)
        var resolver = NeedResolver(drafts: drafts, indexes: indexes, branches: branches, outlined: outlined, log: log)
        resolver.resolve()
        CycleCheck(drafts: drafts, needs: resolver.needs, log: log).check()
        places = resolver.needs.map { needs in needs.map(\.step) }
        needs = places.map { places in places.map { drafts[$0].id } }
    }
}

/// One need of a step and where it comes from.
struct Need {
    enum Source {
        case written, branch, openEnd, reference
    }

    var step: Int
    var source: Source
}
