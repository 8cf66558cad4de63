import FactoryDomain
import FactoryJSON

/// One plain line for everything worth a line: for log files, pipes and simple terminals.
struct PlainProgress: ProgressDisplay {
    let pipeline: String

    func show(_ event: RunEvent) {
        guard let text = text(of: event) else { return }
        Output.note("\(event.at) \(text)")
    }

    func tick() {}
    func finish() {}

    /// What `event` is worth saying; nil for nothing.
    func text(of event: RunEvent) -> String? {
        let step = event.step ?? ""
        switch event.kind {
        case .runCreated: return "run of \(pipeline) created"
        case .runResumed: return "run of \(pipeline) resumed"
        case .runPaused: return "paused"
        case .runRetried:
            return "run of \(pipeline) retried" + (event.data["from"]?.stringValue.map { " from \($0)" } ?? "")
        case .runCancelling: return "cancelling"
        case .runFinished: return "run \(event.data["status"]?.stringValue ?? "finished")"
        case .runChanges: return "changes: \(event.data["status"]?.stringValue ?? "none")"
        case .stepWaiting: return "\(step): waits for a retry, due \(event.data["due"]?.stringValue ?? "soon")"
        case .stepSucceeded:
            return "\(step): succeeded" + (event.data["branch"]?.stringValue.map { ", branch \($0)" } ?? "")
        case .stepFailed:
            let handled = event.data["handled"]?.boolValue == true ? " (handled)" : ""
            return "\(step): failed\(handled): \(event.data["error"]?["message"]?.stringValue ?? "no reason given")"
        case .stepCancelled: return "\(step): cancelled"
        case .stepSkipped: return "\(step): skipped: \(event.data["text"]?.stringValue ?? "")"
        case .attemptStarted:
            let number = event.data["attempt"]?.intValue ?? 1
            return number == 1 ? "\(step): started" : "\(step): started again, attempt \(number)"
        case .attemptLost: return "\(step): attempt \(event.data["attempt"]?.intValue ?? 0) was lost, repeating it"
        case .warning: return "\(step): warning: \(event.data["text"]?.stringValue ?? "")"
        case .log:
            let mark = "\(step) \(event.data["stream"]?.stringValue ?? "log")| "
            return (event.data["text"]?.stringValue ?? "").trimmingLineEnds()
                .split(separator: "\n", omittingEmptySubsequences: false).map { mark + $0 }.joined(separator: "\n")
        case .progress: return "\(step): \(ProgressText.text(event.data))"
        case .runStarted, .runWaiting, .runContinued, .attemptFailed, .token: return nil
        }
    }
}

/// How far a step says it is.
enum ProgressText {
    static func text(_ data: JSON) -> String {
        let done = number(data["done"]?.doubleValue ?? 0)
        let total = data["of"]?.doubleValue.map { " of \(number($0))" } ?? ""
        let note = data["note"]?.stringValue.map { ", \($0)" } ?? ""
        return "\(done)\(total)\(note)"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}
