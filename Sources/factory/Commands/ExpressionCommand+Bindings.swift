import FactoryExpressions
import FactoryJSON
import FactoryServer

extension ExpressionCommand {
    /// The scope that `--bindings` describes.
    func scope() throws -> Scope {
        var scope = Scope()
        scope.now = ProgramClock.moment()
        guard let bindings else { return scope }
        let text =
            bindings.hasPrefix("@") ? try TextFile.read(String(bindings.dropFirst()), of: "--bindings") : bindings
        let value: JSON
        do throws(JSONError) { value = try JSON(parsing: text) } catch {
            throw CommandFailure(
                .usage, "--bindings: line \(error.line), column \(error.column): \(error.message)")
        }
        guard case .object(let members) = value else {
            throw CommandFailure(.usage, "--bindings: expected a JSON object, not a \(value.kindName)")
        }
        for (name, member) in members { scope[name] = member }
        return scope
    }

    /// Runs the cases of a file and prints how each suite fared, every failure, and the totals as the last line.
    func runSuite(_ path: String) throws {
        let bytes = try TextFile.bytes(path, of: "--suite")
        let report: ConformanceReport
        do throws(ConformanceError) { report = try ConformanceSuite(parsing: bytes).run() } catch {
            throw CommandFailure(.usage, "--suite: \(path), line \(error.line): \(error.message)")
        }
        for suite in report.suites {
            Output.data("\(suite.name): \(suite.passed) passed, \(suite.failures.count) failed")
            for failure in suite.failures { Output.data(Self.text(of: failure)) }
        }
        let failed = report.total - report.passed
        Output.data("\(report.passed) passed, \(failed) failed")
        if failed > 0 { throw CommandFailure(.runFailed) }
    }

    private static func text(of failure: ConformanceReport.Failure) -> String {
        "  \(failure.section)/\(failure.name): \(failure.expression)\n"
            + "    expected \(failure.expected), got \(failure.actual)"
    }
}
