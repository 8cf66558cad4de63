import FactoryDefinition
import Glibc

/// Measures the engine against the floor, alternating, and prints medians and ratios.
@main
struct EngineBenchmark {
    static let rounds = 20

    static func main() async throws {
        var template = Array("./engine-benchmark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalErrno("mkdtemp") }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let path = realpath(folder, nil).map({ String(cString: $0) }) else { fatalErrno("realpath") }
        let floor = try Floor(path: path + "/floor.sqlite")
        let installation = try await Installation(folder: path + "/data")
        print("load at start \(Measure.load.rounded2), \(rounds) rounds, medians")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await installation.engine.run() }
            do {
                try await compare(
                    "40 steps in a row", Installation.pipeline(steps: 40, inARow: true), 41, floor, installation)
                try await compare(
                    "100 steps at once", Installation.pipeline(steps: 100, inARow: false), 101, floor, installation)
                try await throughput(installation)
            } catch { print("failed: \(error)") }
            installation.engine.shutdown()
        }
        print("processor seconds \(Measure.processorSeconds.rounded2), load at end \(Measure.load.rounded2)")
        print("left behind: \(path)")
    }

    private static func compare(
        _ name: String, _ pipeline: Pipeline, _ commits: Int, _ floor: Floor, _ installation: Installation
    ) async throws {
        var (bare, engine): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            bare.append(try await Measure.seconds { try floor.run(steps: commits) })
            engine.append(try await Measure.seconds { try await installation.run(pipeline) })
        }
        let (low, high) = (Measure.median(bare) * 1_000, Measure.median(engine) * 1_000)
        print("\(name): engine \(high.rounded2) ms, floor \(low.rounded2) ms, ratio \((high / low).rounded2)")
    }

    private static func throughput(_ installation: Installation) async throws {
        let pipeline = Installation.pipeline(steps: 1, inARow: true)
        let seconds = try await Measure.seconds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<1_000 { group.addTask { try await installation.run(pipeline) } }
                try await group.waitForAll()
            }
        }
        print("1,000 runs of one step, started at once: \((1_000 / seconds).rounded2) runs/s")
    }

    private static func fatalErrno(_ call: String) -> Never {
        print("\(call): \(String(cString: strerror(errno)))")
        exit(1)
    }
}
