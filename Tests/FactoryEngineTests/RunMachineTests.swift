import FactoryDefinition
import FactoryDomain
import Testing

@testable import FactoryEngine

/// Each scenario is a small graph, what its steps do, and how every step ends.
@Suite("The run machine") struct RunMachineTests {
    struct Scenario: Sendable, CustomTestStringConvertible {
        let name: String
        let nodes: [RunPlan.Node]
        var acts: [String: Act] = [:]
        let ends: String
        let outcome: RunMachine.Outcome

        var testDescription: String { name }
    }

    /// What a step does when it is started.
    enum Act: Sendable {
        case succeed
        case branch(String)
        case fail
        case lose(times: Int)
    }

    static let scenarios: [Scenario] = [
        Scenario(
            name: "settles a row of steps one after the other", nodes: [node("a"), node("b", [0]), node("c", [1])],
            ends: "a+ b+ c+", outcome: .succeeded),
        Scenario(
            name: "joins when both needs are settled",
            nodes: [node("a"), node("b"), node("c", [0, 1])], ends: "a+ b+ c+", outcome: .succeeded),
        Scenario(
            name: "skips what needs a failed step, and what needs that",
            nodes: [node("a"), node("b", [0]), node("c", [1])], acts: ["a": .fail], ends: "a! b/up c/up",
            outcome: .failed(0)),
        Scenario(
            name: "does not stop an independent branch for a failure",
            nodes: [node("a"), node("b", [0]), node("c"), node("d", [2])], acts: ["a": .fail],
            ends: "a! b/up c+ d+", outcome: .failed(0)),
        Scenario(
            name: "skips a join when one of its needs failed",
            nodes: [node("a"), node("b"), node("c", [0, 1])], acts: ["b": .fail], ends: "a+ b! c/up",
            outcome: .failed(1)),
        Scenario(
            name: "takes a handled failure for a success",
            nodes: [node("a", handles: true), node("b", [0])], acts: ["a": .fail], ends: "a!h b+",
            outcome: .succeeded),
        Scenario(
            name: "passes by a disabled step", nodes: [node("a"), node("b", [0], enabled: false), node("c", [1])],
            ends: "a+ b/off c+", outcome: .succeeded),
        Scenario(
            name: "looks through a disabled step at the failure behind it",
            nodes: [node("a"), node("b", [0], enabled: false), node("c", [1])], acts: ["a": .fail],
            ends: "a! b/up c/up", outcome: .failed(0)),
        Scenario(
            name: "has nothing to do when every step is disabled",
            nodes: [node("a", enabled: false), node("b", [0], enabled: false)], ends: "a/off b/off",
            outcome: .nothingEnabled),
        Scenario(
            name: "runs the taken branch and skips the other",
            nodes: [fork("a", then: [1], else: [2]), node("b", [0]), node("c", [0])], acts: ["a": .branch("then")],
            ends: "a+ b+ c/branch", outcome: .succeeded),
        Scenario(
            name: "skips the whole of a branch that was not taken",
            nodes: [fork("a", then: [1], else: [3]), node("b", [0]), node("c", [1]), node("d", [0])],
            acts: ["a": .branch("else")], ends: "a+ b/branch c/branch d+", outcome: .succeeded),
        Scenario(
            name: "runs the join of two branches, one of which was taken",
            nodes: [fork("a", then: [1], else: [2]), node("b", [0]), node("c", [0]), node("d", [1, 2])],
            acts: ["a": .branch("then")], ends: "a+ b+ c/branch d+", outcome: .succeeded),
        Scenario(
            name: "skips a target of the other branch although its other needs are met",
            nodes: [fork("a", then: [2], else: []), node("b"), node("c", [0, 1])], acts: ["a": .branch("else")],
            ends: "a+ b+ c/branch", outcome: .succeeded),
        Scenario(
            name: "runs a step that both branches name",
            nodes: [fork("a", then: [1], else: [1]), node("b", [0])], acts: ["a": .branch("else")], ends: "a+ b+",
            outcome: .succeeded),
        Scenario(
            name: "skips all targets when no branch applies",
            nodes: [fork("a", then: [1], else: [2]), node("b", [0]), node("c", [0])], acts: ["a": .succeed],
            ends: "a+ b/branch c/branch", outcome: .succeeded),
        Scenario(
            name: "skips the targets of a failed condition for its failure",
            nodes: [fork("a", then: [1], else: [2]), node("b", [0]), node("c", [0])], acts: ["a": .fail],
            ends: "a! b/up c/up", outcome: .failed(0)),
        Scenario(
            name: "skips the targets of a disabled condition",
            nodes: [fork("a", then: [1], else: [2], enabled: false), node("b", [0]), node("c", [0])],
            ends: "a/off b/branch c/branch", outcome: .succeeded),
        Scenario(
            name: "ends the run where a branch leads to `end`",
            nodes: [ending("a", .end), node("b", [0]), node("c", [1])], acts: ["a": .branch("then")],
            ends: "a+ b/branch c/branch", outcome: .succeeded),
        Scenario(
            name: "fails the run where a branch leads to `fail`",
            nodes: [ending("a", .fail), node("b", [0])], acts: ["a": .branch("then")], ends: "a! b/branch",
            outcome: .failed(0)),
        Scenario(
            name: "repeats a lost attempt without counting it",
            nodes: [node("a", attempts: 1), node("b", [0])], acts: ["a": .lose(times: 2)], ends: "a+ b+",
            outcome: .succeeded),
        Scenario(
            name: "fails a step lost three times in a row",
            nodes: [node("a", attempts: 5), node("b", [0])], acts: ["a": .lose(times: 3)], ends: "a! b/up",
            outcome: .failed(0)),
        Scenario(
            name: "names the first of two failures",
            nodes: [node("a"), node("b")], acts: ["a": .fail, "b": .fail], ends: "a! b!", outcome: .failed(0)),
    ]

    @Test("decides as the format says", arguments: scenarios)
    func scenario(_ scenario: Scenario) {
        var machine = RunMachine(plan: RunPlan(nodes: scenario.nodes))
        let outcome = Self.play(&machine, acts: scenario.acts)
        #expect(Self.ends(of: machine) == scenario.ends)
        #expect(outcome == scenario.outcome)
    }

    @Test("ends every run and settles every step once, whatever fails", arguments: 0..<400)
    func randomGraphs(_ seed: UInt64) {
        var random = Seeded(seed)
        let count = Int.random(in: 1...14, using: &random)
        let nodes = (0..<count).map { place -> RunPlan.Node in
            let needs = (0..<place).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            return Self.node(
                "s\(place)", needs, enabled: Int.random(in: 0..<6, using: &random) > 0,
                handles: Int.random(in: 0..<5, using: &random) == 0, attempts: Int.random(in: 1...3, using: &random))
        }
        var machine = RunMachine(plan: RunPlan(nodes: nodes))
        var settled: [Int: Int] = [:]
        var outcomes = 0
        var open = machine.apply(.begin)
        var running: [Int] = []
        var steps = 0
        while !open.isEmpty || !running.isEmpty {
            steps += 1
            guard steps < 10_000 else { break }
            if let effect = open.popLast() {
                switch effect {
                case .start(let step):
                    // Everything it needs is settled before a step starts.
                    #expect(nodes[step].needs.allSatisfy { machine.steps[$0].isSettled })
                    open += machine.apply(.started(step))
                    running.append(step)
                case .retry(let step, _, _): open += machine.apply(.retryDue(step))
                case .settled(let step): settled[step, default: 0] += 1
                case .finish: outcomes += 1
                case .evaluate(let step, _): open += machine.apply(.decided(step, runs: true))
                case .stopAttempts:
                    for step in running { open += machine.apply(.stopped(step)) }
                    running = []
                }
            } else {
                let step = running.remove(at: Int.random(in: 0..<running.count, using: &random))
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<5: open += machine.apply(.succeeded(step, branch: nil))
                case 5..<8: open += machine.apply(.failed(step, .network, retryAfter: nil))
                case 8: open += machine.apply(.lost(step))
                default:
                    running.append(step)
                    open += machine.apply(.cancel)
                }
            }
        }
        #expect(outcomes == 1)
        #expect(settled == Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, 1) }))
        #expect(machine.steps.allSatisfy { $0.isSettled })
    }

    @Test("ignores events that do not fit a step's state")
    func strayEvents() {
        var machine = RunMachine(plan: RunPlan(nodes: [Self.node("a"), Self.node("b", [0])]))
        _ = machine.apply(.begin)
        for event in [
            RunMachine.Event.succeeded(0, branch: nil), .failed(1, .other, retryAfter: nil), .retryDue(0), .lost(1),
            .stopped(0), .started(1), .decided(0, runs: false),
        ] {
            #expect(machine.apply(event).isEmpty)
        }
        #expect(machine.steps == [.ready, .pending])
    }

    @Test("waits longer before each retry, up to the cap")
    func backoff() {
        let policy = RetryPolicy(
            maxAttempts: 9, delay: .seconds(1), backoff: .exponential, maxDelay: .seconds(10), jitter: false,
            on: [.network], onAny: false)
        #expect((1...6).map { policy.delay(beforeRetry: $0) } == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
    }
}

extension RunMachineTests {
    /// Runs a machine to its end, starting steps as it asks and doing what `acts` say.
    static func play(_ machine: inout RunMachine, acts: [String: Act]) -> RunMachine.Outcome? {
        var outcome: RunMachine.Outcome?
        var losses: [Int: Int] = [:]
        var open = machine.apply(.begin)[...]
        while let effect = open.popFirst() {
            switch effect {
            case .start(let step):
                open += machine.apply(.started(step))
                switch acts[machine.plan.nodes[step].id] ?? .succeed {
                case .succeed: open += machine.apply(.succeeded(step, branch: nil))
                case .branch(let name): open += machine.apply(.succeeded(step, branch: name))
                case .fail: open += machine.apply(.failed(step, .other, retryAfter: nil))
                case .lose(let times):
                    losses[step, default: 0] += 1
                    let isLost = losses[step, default: 0] <= times
                    open += machine.apply(isLost ? .lost(step) : .succeeded(step, branch: nil))
                }
            case .evaluate(let step, _): open += machine.apply(.decided(step, runs: true))
            case .retry(let step, _, _): open += machine.apply(.retryDue(step))
            case .finish(let found): outcome = found
            case .settled, .stopAttempts: break
            }
        }
        return outcome
    }

    static func ends(of machine: RunMachine) -> String {
        zip(machine.plan.nodes, machine.steps).map { node, state in
            switch state {
            case .succeeded: "\(node.id)+"
            case .failed(let handled): "\(node.id)!\(handled ? "h" : "")"
            case .cancelled: "\(node.id)x"
            case .skipped(.if): "\(node.id)/if"
            case .skipped(.disabled): "\(node.id)/off"
            case .skipped(.branch): "\(node.id)/branch"
            case .skipped(.upstreamFailed): "\(node.id)/up"
            case .skipped(.cancelled): "\(node.id)/x"
            default: "\(node.id)?"
            }
        }.joined(separator: " ")
    }

    static func node(
        _ id: String, _ needs: [Int] = [], enabled: Bool = true, handles: Bool = false, attempts: Int = 1,
        branches: [RunPlan.BranchRule] = []
    ) -> RunPlan.Node {
        RunPlan.Node(
            id: id, needs: needs, isEnabled: enabled, hasCondition: false, judgesAncestors: false, branches: branches,
            retry: RetryPolicy(
                maxAttempts: attempts, delay: .seconds(1), backoff: .fixed, maxDelay: .seconds(1), jitter: false,
                on: [.network], onAny: false), handlesFailure: handles)
    }

    static func fork(_ id: String, then: Set<Int>, else other: Set<Int>, enabled: Bool = true) -> RunPlan.Node {
        node(
            id, enabled: enabled,
            branches: [
                RunPlan.BranchRule(name: "then", targets: then, ending: nil),
                RunPlan.BranchRule(name: "else", targets: other, ending: nil),
            ])
    }

    static func ending(_ id: String, _ ending: RunMachine.Ending) -> RunPlan.Node {
        node(id, branches: [RunPlan.BranchRule(name: "then", targets: [], ending: ending)])
    }
}
