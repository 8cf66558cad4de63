import Foundation
import Glibc

/// Measures the engine against the floor in the same run, alternating, and prints medians and ratios.
///
///     EngineBenchmark [rounds] [line...]      default: 20 rounds, every line: chain heavy parallel runs
@main
struct EngineBenchmark {
    static func main() async throws {
        let words = CommandLine.arguments.dropFirst()
        let rounds = words.first.flatMap(Int.init) ?? 20
        let chosen = words.filter { Int($0) == nil }
        let lines = chosen.isEmpty ? ["chain", "heavy", "parallel", "runs"] : Array(chosen)
        let folder = try Folder()
        defer { folder.remove() }
        let bench = Comparison(
            floor: try Floor(path: folder.path + "/floor.sqlite"),
            installation: try await Installation(folder: folder.path + "/data"), rounds: rounds)
        print("load \(Measure.load.rounded2), \(rounds) rounds, engine and floor in turns, medians")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bench.installation.engine.run() }
            do {
                for line in lines { try await bench.measure(line) }
            } catch { print("failed: \(error)") }
            bench.installation.engine.shutdown()
        }
        print("processor seconds of all of this: \(Measure.processorSeconds.rounded2)")
    }
}

/// A folder in the current one, so that the benchmark measures the file system it is started on.
private struct Folder {
    let path: String

    init() throws {
        var template = Array("./engine-benchmark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp") }
        let relative = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let absolute = realpath(relative, nil) else { throw Failure(call: "realpath") }
        defer { free(absolute) }
        path = String(cString: absolute)
    }

    func remove() {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path): \(error)") }
    }
}

private struct Failure: Error, CustomStringConvertible {
    let description: String
    init(call: String) { description = "\(call): \(String(cString: strerror(errno)))" }
}
