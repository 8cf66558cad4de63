import FactoryDefinition
import FactoryDomain
import FactoryStore
import Testing

@testable import FactoryEngine

@Suite("Write conflicts") struct WriteConflictsTests {
    let hash = ContentHash(rawValue: "00")

    func write(_ path: String) -> FileChange { FileChange(path: path, action: .write(hash, size: 1), base: nil) }
    func append(_ path: String) -> FileChange { FileChange(path: path, action: .append(hash, size: 1), base: nil) }

    func settled(_ changes: (Int, FileChange)...) -> WriteConflicts {
        WriteConflicts(
            changes.map { SettledChange(stepRun: ID(rawValue: "sr_\($0.0)"), position: $0.0, change: $0.1) })
    }

    /// Step 2 needs step 1; step 0 stands alone.
    let plan = RunPlan(nodes: [[], [], [1]].enumerated().map { place, needs in .plain("s\(place)", needs: needs) })

    @Test("are changes of one path by steps of which neither comes before the other")
    func independent() {
        let found = settled((0, write("a"))).first(in: [write("b"), write("a")], of: 2, plan: plan)
        #expect(found?.path == "a" && found?.other.position == 0)
        #expect(settled((0, append("a"))).first(in: [write("a")], of: 2, plan: plan)?.other.position == 0)
        #expect(settled((0, write("a"))).first(in: [append("a")], of: 2, plan: plan)?.other.position == 0)
    }

    @Test("are none between a step and what it needs, a step and itself, two appends, two paths")
    func none() {
        #expect(settled((1, write("a"))).first(in: [write("a")], of: 2, plan: plan) == nil)
        #expect(settled((2, write("a"))).first(in: [write("a")], of: 2, plan: plan) == nil)
        #expect(settled((0, append("a"))).first(in: [append("a")], of: 2, plan: plan) == nil)
        #expect(settled((0, write("a"))).first(in: [write("b")], of: 2, plan: plan) == nil)
    }

    @Test("are found behind changes that are none")
    func behind() {
        let known = settled((1, write("a")), (2, append("a")), (0, append("a")), (0, append("a")))
        #expect(known.first(in: [write("a")], of: 2, plan: plan)?.other.position == 0)
    }
}

extension RunPlan.Node {
    fileprivate static func plain(_ id: String, needs: [Int]) -> RunPlan.Node {
        RunPlan.Node(
            id: id, needs: needs, isEnabled: true, hasCondition: false, judgesAncestors: false, branches: [],
            retry: RetryPolicy(), handlesFailure: false)
    }
}
