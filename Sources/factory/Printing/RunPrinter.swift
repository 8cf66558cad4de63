import FactoryDomain
import FactoryJSON

/// Prints a run that has ended: its outputs as data, how it went as a note.
struct RunPrinter {
    let format: OutputFormat

    func print(_ report: RunReport) {
        guard format == .text else { return Output.data(format.print(report.json)) }
        if let outputs = report.run.outputs?.json { printOutputs(outputs) }
        Output.note(summary(report))
    }

    /// One output that is text is printed as it is; anything else as YAML.
    private func printOutputs(_ outputs: JSON) {
        guard let members = outputs.objectValue, !members.isEmpty else { return }
        if members.count == 1, case .string(let text)? = members.values.first {
            Output.data(text.trimmingLineEnds())
        } else {
            Output.data(format.print(outputs))
        }
    }

    private func summary(_ report: RunReport) -> String {
        let run = report.run
        let label = run.mode == .replay ? ", on recorded answers" : ""
        var lines = ["run \(run.number) \(run.status.rawValue)" + elapsed(run) + tokens(report) + label]
        if let error = run.error {
            lines.append("  \(failedStep(report))\(error.message) (\(error.code))")
            if let hint = error.hint { lines.append("  \(hint)") }
        }
        lines += changes(report)
        if run.status != .succeeded {
            lines.append("  factory runs logs \(run.number)    what the steps printed")
            lines.append("  factory runs resume \(run.number)  go on from here")
        }
        return lines.joined(separator: "\n")
    }

    private func elapsed(_ run: RunRecord) -> String {
        guard let start = run.startedAt, let elapsed = run.finishedAt?.elapsedMilliseconds(since: start) else {
            return ""
        }
        return " in \(Elapsed.text(elapsed))"
    }

    private func tokens(_ report: RunReport) -> String {
        guard let usage = report.usage else { return "" }
        let cost = usage.costUSD.map { ", $\($0)" } ?? ""
        return ", \(usage.tokensText)\(cost)"
    }

    private func failedStep(_ report: RunReport) -> String {
        let failed = report.steps.first { $0.status == .failed && !$0.isHandled && $0.error == report.run.error }
        return failed.map { "\($0.stepID): " } ?? ""
    }

    private func changes(_ report: RunReport) -> [String] {
        report.plan.map { change in
            let what = change.after == nil ? "deletion of " : change.before == nil ? "new file " : "change of "
            return "  \(change.state.rawValue): \(what)\(change.path)"
        }
            + (report.run.changes == .pending
                ? ["  factory runs resume \(report.run.number) --yes  apply what waits"] : [])
    }
}
