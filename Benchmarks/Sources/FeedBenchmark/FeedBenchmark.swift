import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStoreSQLite
import Glibc

/// What many readers of one run cost: `FeedBenchmark [READERS] [EVENTS_PER_SECOND] [SECONDS]`.
///
/// A step writes text at an even pace. Half of the readers go away after every 50 events and come back with the text
/// form of their position. In the end every reader must have been given every byte once and in order.
@main struct FeedBenchmark {
    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (readers, rate, seconds) =
            numbers.count == 3 ? (numbers[0], numbers[1], numbers[2]) : (1_000, 10, 60)
        var template = Array("/tmp/factory-feed-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no folder") }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let ids = IDGenerator(now: now)
        let engine = try await Engine(
            store: SQLiteStore(in: DataFolder(path: folder)),
            blobs: BlobStore(folder: folder + "/blobs", temporaryName: { "tmp-\(ids.make(Attempt.self))" }),
            executors: [Writer(pieces: rate * seconds, pause: .seconds(1) / rate)], changes: NoChanges(),
            widths: LaneWidths(code: 1), ids: ids, clock: ContinuousClock(), now: now, jitter: { $0 })
        let running = Task { await engine.run() }
        let before = (memory: residentMiB(), cpu: cpuSeconds())
        let run = try await engine.start(
            RunRequest(
                pipeline: pipeline(), inputs: [:], secrets: SecretVault(values: [:], nonce: "none"),
                workspace: "/tmp")
        ).id
        let readings = try await withThrowingTaskGroup(of: Reading.self) { group in
            for number in 0..<readers {
                group.addTask { try await read(run, of: engine, comesBack: number % 2 == 1) }
            }
            var readings: [Reading] = []
            for try await reading in group { readings.append(reading) }
            return readings
        }
        let after = (memory: residentMiB(), cpu: cpuSeconds())
        engine.shutdown()
        await running.value
        let expected = (0..<rate * seconds).reduce(0) { $0 + Writer.text($1).utf8.count }
        let wrong = readings.filter { $0.bytes != expected || $0.isBroken }
        let events = readings.reduce(0) { $0 + $1.events }
        var load = [0.0]
        getloadavg(&load, 1)
        print(
            "\(readers) readers, \(rate) events/s, \(seconds) s: \(events) events given, \(wrong.count) readers wrong")
        print("processor \(after.cpu - before.cpu) s, of a core \((after.cpu - before.cpu) / Double(seconds) * 100) %")
        print("an event for a reader \((after.cpu - before.cpu) / Double(events) * 1e6) us; load \(load[0])")
        print("resident \(before.memory) MiB before, \(after.memory) MiB after")
    }

    struct Reading: Sendable {
        var events = 0
        var bytes = 0
        var isBroken = false
    }

    static func read(_ run: ID<Run>, of engine: Engine, comesBack: Bool) async throws -> Reading {
        var reading = Reading()
        var position = EventPosition.start
        var hasFinished = false
        while !hasFinished {
            var left = comesBack ? 50 : Int.max
            reading: for try await batch in engine.feed(of: run, after: position) {
                for event in batch {
                    reading.events += 1
                    position = event.position
                    if event.event.kind == .runFinished { hasFinished = true }
                    if event.event.kind == .token {
                        if event.event.data["offset"]?.intValue != Int64(reading.bytes) { reading.isBroken = true }
                        reading.bytes += event.event.data["text"]?.stringValue?.utf8.count ?? 0
                    }
                    left -= 1
                    if left <= 0 { break reading }
                }
            }
            guard let parsed = EventPosition(parsing: position.description) else { preconditionFailure("\(position)") }
            position = parsed
        }
        return reading
    }

    static func pipeline() -> Pipeline {
        let step: JSON = ["id": "write", "type": "transform", "timeout": "1h", "with": ["ops": [["expression": "1"]]]]
        let reading = DocumentReader().read(["version": 1, "name": "feed", "steps": [step]])
        guard let pipeline = reading.pipeline else { preconditionFailure("\(reading.problems)") }
        return pipeline
    }

    @Sendable static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func residentMiB() -> Int {
        guard let file = fopen("/proc/self/statm", "re") else { return 0 }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = fread(&bytes, 1, bytes.count, file)
        let fields = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
        return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * sysconf(Int32(_SC_PAGESIZE)) / 1_048_576
    }
}

private struct Writer: StepExecutor {
    let pieces: Int
    let pause: Duration
    var type: String { "transform" }
    var lane: Lane { .other }

    static func text(_ piece: Int) -> String { "word \(piece) " }

    func execute(_ work: StepWork) async throws(StepFailure) -> StepOutcome {
        for piece in 0..<pieces {
            work.announce(.text(Self.text(piece)))
            do { try await Task.sleep(for: pause) } catch { break }
        }
        return .output(StepOutput(value: 1))
    }
}

private struct NoChanges: ChangeApplying {
    func plan(_ changes: [FileChange], policy: ChangePolicy, workspace: String) -> [PlannedChange] { [] }
    func carryOut(
        _ plan: [PlannedChange], of run: ID<Run>, policy: ChangePolicy, workspace: String
    ) -> [PlannedChange] { [] }
    func undo(_ plan: [PlannedChange], of run: ID<Run>, workspace: String) -> [PlannedChange] { plan }
}
