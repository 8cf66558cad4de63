import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

/// The task of an attempt. When its attempt ends while the run waits for nothing but that, it takes the run's turn: it
/// decides what follows, keeps that, and goes on with an attempt that starts. So a chain of steps stays on one thread;
/// to hand report and order over would take two wake-ups a step, half as long as the sync of a disk.
extension RunDriver {
    /// Carries out the attempt, and those that follow as long as nobody else is at work on the run.
    nonisolated func carryOut(from first: AttemptOrder) async {
        var order = first
        while true {
            let report = await report(of: order)
            // A task that was cancelled, be it by the attempt's timeout, is of no use to another attempt.
            guard !Task.isCancelled, mailbox.takeTurn() else {
                mailbox.post(.report(report))
                return
            }
            guard let next = await next(after: report) else { return }
            order = next
        }
    }

    /// Does the turn of ``drive()``, which waits meanwhile, and gives an attempt that starts. What else there is to do
    /// is left to ``drive()``.
    private func next(after report: AttemptReport) async -> AttemptOrder? {
        handle(.report(report))
        do throws(StoreError) { try await decide() } catch { turnFailure = error }
        var next: AttemptOrder?
        if turnFailure == nil, !Task.isCancelled, case .run(let order)? = actions.first {
            actions.removeFirst()
            next = order
        }
        mailbox.endTurn(wakesReader: next == nil || !actions.isEmpty)
        return next
    }

    private nonisolated func report(of order: AttemptOrder) async -> AttemptReport {
        let logs = LogBuffer(redactor: order.secrets.redactor)
        let path = order.step.id
        let chunk = { @Sendable (stream: LogStream, text: String) in
            LogChunk(attempt: order.attempt, step: path, stream: stream.rawValue, at: self.context.now(), text: text)
        }
        let showText = { @Sendable (stream: LogStream, text: String) in
            self.context.hub.send(text, stream, of: order, at: self.context.now())
        }
        let take = { @Sendable (stream: LogStream, piece: String) in
            let (shown, kept) = logs.add(piece, to: stream)
            showText(stream, shown)
            if let kept { self.mailbox.post(.logs(chunk(stream, kept))) }
        }
        let (with, result) = await context.runner.run(order) { announcement in
            switch announcement {
            case .text(let piece): take(.text, piece)
            case .log(let stream, let piece): take(stream, piece)
            case .progress(let done, let total, let note):
                var data: JSONObject = ["done": .double(done)]
                if let total { data["of"] = .double(total) }
                if let note { data["note"] = .string(order.secrets.conceal(note)) }
                self.context.hub.send(
                    progress: RunEvent(
                        sequence: nil, at: self.context.now(), kind: .progress, step: path, data: .object(data)),
                    of: order)
            }
        }
        var rest: [LogChunk] = []
        for (stream, shown, text) in logs.finish() {
            showText(stream, shown)
            if !text.isEmpty { rest.append(chunk(stream, text)) }
        }
        return AttemptReport(
            place: order.place, attempt: order.attempt, startEvent: order.startEvent, with: with, result: result,
            logs: rest, blobLease: order.blobLease)
    }
}
