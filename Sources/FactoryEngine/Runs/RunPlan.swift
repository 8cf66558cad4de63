import FactoryDefinition
import FactoryDomain
import FactoryExpressions

/// What the run machine knows of a pipeline: who needs whom, who decides about whom, and each step's rules.
///
/// Steps are addressed by their place in the document, from 0.
struct RunPlan: Sendable {
    /// One step's part in the plan.
    struct Node: Sendable {
        let id: String
        /// Steps that must be settled first.
        var needs: [Int]
        let isEnabled: Bool
        /// True when it has an `if`.
        let hasCondition: Bool
        /// True when its `if` calls `succeeded()`, `failed()` or `always()`: failures above no longer skip it.
        let judgesAncestors: Bool
        let branches: [BranchRule]
        let retry: RetryPolicy
        /// True when `on_error` is anything but `fail`.
        let handlesFailure: Bool
    }

    /// Where one branch of a step leads.
    struct BranchRule: Sendable, Hashable {
        let name: String
        let targets: Set<Int>
        let ending: RunMachine.Ending?
    }

    let nodes: [Node]
    /// For each step the steps that need it.
    let dependents: [[Int]]
    /// For each step the steps that name it in a branch.
    let deciders: [[Int]]

    init(nodes: [Node]) {
        self.nodes = nodes
        var dependents = [[Int]](repeating: [], count: nodes.count)
        var deciders = dependents
        for (place, node) in nodes.enumerated() {
            for need in node.needs { dependents[need].append(place) }
            for target in node.branches.reduce(into: Set<Int>(), { $0.formUnion($1.targets) }) {
                deciders[target].append(place)
            }
        }
        self.dependents = dependents
        self.deciders = deciders
    }

    /// The plan of a run of `pipeline`, or of one of its steps alone.
    init(_ pipeline: Pipeline, only step: String?) {
        let plan = RunPlan(pipeline)
        let place = step.flatMap { step in pipeline.steps.firstIndex { $0.id == step } }
        self = place.map(plan.alone) ?? plan
    }

    init(_ pipeline: Pipeline) {
        let places = Dictionary(uniqueKeysWithValues: pipeline.steps.enumerated().map { ($1.id, $0) })
        self.init(
            nodes: pipeline.steps.map { step in
                Node(
                    id: step.id, needs: step.needs.compactMap { places[$0] }, isEnabled: step.isEnabled,
                    hasCondition: step.condition != nil,
                    judgesAncestors: !(step.condition?.calledFunctions ?? [])
                        .isDisjoint(with: ["succeeded", "failed", "always"]),
                    branches: step.branches.map { BranchRule($0, places: places) }, retry: step.retry,
                    handlesFailure: step.onError.handlesFailure)
            })
    }

    /// The plan of a run of `place` alone: it needs nothing and no `if` or branch decides about it, for it was asked for
    /// by name. No other step has a part in it.
    func alone(_ place: Int) -> RunPlan {
        RunPlan(
            nodes: nodes.enumerated().map { other, node in
                let branches = node.branches.map { BranchRule(name: $0.name, targets: [], ending: $0.ending) }
                return Node(
                    id: node.id, needs: [], isEnabled: node.isEnabled, hasCondition: false, judgesAncestors: false,
                    branches: other == place ? branches : [], retry: node.retry, handlesFailure: node.handlesFailure)
            })
    }

    /// The steps that `place` needs, directly or through others.
    func ancestors(of place: Int) -> Set<Int> {
        var found: Set<Int> = []
        var open = nodes[place].needs
        while let next = open.popLast() {
            if found.insert(next).inserted { open += nodes[next].needs }
        }
        return found
    }

    /// The steps that need one of `places`, directly or through others, and these themselves.
    ///
    /// - Parameter ends: steps that are not gone into.
    func descendants(of places: Set<Int>, stoppingAt ends: Set<Int> = []) -> Set<Int> {
        var found: Set<Int> = []
        var open = Array(places)
        while let next = open.popLast() {
            guard !ends.contains(next) else { continue }
            if found.insert(next).inserted { open += dependents[next] }
        }
        return found
    }
}

extension RunPlan.BranchRule {
    fileprivate init(_ branch: Branch, places: [String: Int]) {
        var targets: Set<Int> = []
        var ending: RunMachine.Ending?
        for target in branch.targets {
            switch target {
            case .step(let id): if let place = places[id] { targets.insert(place) }
            case .end: ending = .end
            case .fail: ending = .fail
            }
        }
        self.init(name: branch.name, targets: targets, ending: ending)
    }
}

extension OnError {
    /// True when a failure does not fail what depends on the step.
    var handlesFailure: Bool { if case .fail = self { false } else { true } }
}
