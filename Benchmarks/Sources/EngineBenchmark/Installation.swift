import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStoreSQLite
import Glibc

/// An engine on a data folder of its own, with steps that do nothing or known work, so that the rest is the engine's.
struct Installation {
    let engine: Engine

    init(folder: String) async throws {
        let ids = IDGenerator(now: Self.now)
        engine = try await Engine(
            store: SQLiteStore(in: DataFolder(path: folder)),
            blobs: BlobStore(folder: folder + "/blobs", temporaryName: { "tmp-\(ids.make(Attempt.self))" }),
            executors: [KnownWork()], changes: NoChanges(), widths: LaneWidths(code: 2, other: 128), ids: ids,
            clock: ContinuousClock(), now: Self.now, jitter: { $0 })
    }

    /// Runs `document` once to its end.
    func run(_ pipeline: Pipeline) async throws {
        let run = try await engine.launch(
            RunRequest(
                pipeline: pipeline, inputs: [:], secrets: SecretVault(values: [:], nonce: "none"), workspace: "/tmp"))
        await engine.end(of: run)
    }

    /// A pipeline of `count` steps, in a row or side by side, each `work` milliseconds of processor time long.
    static func pipeline(steps count: Int, inARow: Bool, work: Int = 0) -> Pipeline {
        let steps = (0..<count).map { step -> JSON in
            var object: JSONObject = [
                "id": .string("s\(step)"), "type": "transform", "with": ["ops": [["expression": .string("\(work)")]]],
            ]
            if !inARow { object["needs"] = [] }
            return .object(object)
        }
        let reading = DocumentReader().read(["version": 1, "name": "bench", "steps": .array(steps)])
        guard let pipeline = reading.pipeline else { preconditionFailure("\(reading.problems)") }
        return pipeline
    }

    @Sendable private static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// Works as long as the first op of the step says.
private struct KnownWork: StepExecutor {
    var type: String { "transform" }
    var lane: Lane { .other }

    func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        let milliseconds = work.with["ops"]?[0]?["expression"]?.stringValue.flatMap { Int($0) } ?? 0
        if milliseconds > 0 { Work.spin(milliseconds: milliseconds) }
        return .output(StepOutput(value: .int(Int64(milliseconds))))
    }
}

private struct NoChanges: ChangeApplying {
    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] { [] }
    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) -> [PlannedChange] { plan }
    func undo(_ plan: [PlannedChange], of run: ID<Run>, workspace: String) -> [PlannedChange] { plan }
}
