import FactoryDefinition
import FactoryDomain
import FactoryJSON

/// A block of lines on the terminal, one per step, redrawn in place: state, elapsed time, tokens, and the text that is
/// being generated right now.
actor LiveProgress: ProgressDisplay {
    /// Steps drawn at once where the terminal has the room; a longer pipeline shows those that run and the latest to
    /// end.
    private static let maxRows = 20

    private struct Row {
        let id: String
        let type: String
        var status = StepStatus.queued
        var started: Timestamp?
        var ended: Timestamp?
        /// Pieces of text streamed so far; how many tokens they are is known at the end.
        var chunks = 0
        var tokens = ""
        var tail = ""
        var note = ""
    }

    private let title: String
    private let now: @Sendable () -> Timestamp
    private let style: Style
    private var rows: [Row]
    private let places: [String: Int]
    private var drawnLines = 0
    private var started: Timestamp?

    init(pipeline: Pipeline, now: @escaping @Sendable () -> Timestamp) {
        title = pipeline.title
        self.now = now
        style = Style(isColoured: Output.takesColour)
        rows = pipeline.steps.map { Row(id: $0.id, type: $0.type) }
        places = Dictionary(uniqueKeysWithValues: pipeline.steps.enumerated().map { ($1.id, $0) })
    }

    func show(_ event: RunEvent) {
        started = started ?? event.at
        if let place = event.step.flatMap({ places[$0] }) { take(event, into: &rows[place]) }
        if event.kind != .token { draw() }
    }

    func tick() { draw() }

    func finish() { draw() }

    private func take(_ event: RunEvent, into row: inout Row) {
        switch event.kind {
        case .attemptStarted:
            row.status = .running
            row.started = row.started ?? event.at
            row.tail = ""
        case .token:
            let text = event.data["text"]?.stringValue ?? ""
            row.chunks += 1
            row.tail = TerminalText.lastLine(of: String((row.tail + text).suffix(400)))
        case .log: row.tail = TerminalText.lastLine(of: event.data["text"]?.stringValue ?? "")
        case .progress: row.tail = ProgressText.text(event.data)
        case .stepWaiting:
            row.status = .waiting
            row.tail = "waits for a retry"
        case .stepSucceeded:
            if let usage = event.data["usage"].map(Usage.init(json:)) {
                row.tokens = usage.tokensText
            }
            end(&row, event, .succeeded, event.data["branch"]?.stringValue ?? "")
        case .stepFailed: end(&row, event, .failed, event.data["error"]?["message"]?.stringValue ?? "")
        case .stepCancelled: end(&row, event, .cancelled, "")
        case .stepSkipped: end(&row, event, .skipped, event.data["text"]?.stringValue ?? "")
        default: break
        }
    }

    private func end(_ row: inout Row, _ event: RunEvent, _ status: StepStatus, _ note: String) {
        row.status = status
        row.ended = event.at
        row.tail = ""
        row.note = note
    }

    private func draw() {
        let size = Output.size
        // A block taller than the terminal could not be drawn over again.
        let rows = visibleRows(min(Self.maxRows, max(1, size.rows - 2)))
        let lines = ([header()] + rows.map(line)).map { style.cut($0, to: size.columns - 1) }
        let up = drawnLines > 0 ? "\u{1B}[\(drawnLines)A" : ""
        let clear = "\u{1B}[J"
        Output.raw(up + "\r" + clear + lines.joined(separator: "\n") + "\n")
        drawnLines = lines.count
    }

    private func visibleRows(_ limit: Int) -> [Row] {
        guard rows.count > limit else { return rows }
        let active = rows.filter { $0.status == .running || $0.status == .waiting }
        let ended = rows.filter(\.status.isFinal).suffix(max(0, limit - active.count))
        return Array((ended + active).prefix(limit))
    }

    private func header() -> [Style.Piece] {
        let done = rows.count { $0.status.isFinal }
        let elapsed = started.flatMap { now().elapsedMilliseconds(since: $0) }.map(Elapsed.text) ?? ""
        return [.strong(TerminalText.safe(title)), .faint("  \(done) of \(rows.count) steps  \(elapsed)")]
    }

    private func line(_ row: Row) -> [Style.Piece] {
        let end = row.ended ?? now()
        let elapsed = row.started.flatMap { end.elapsedMilliseconds(since: $0) }.map(Elapsed.text) ?? ""
        let count = row.tokens.isEmpty && row.chunks > 0 ? "\(row.chunks) chunks" : row.tokens
        let tokens = count.isEmpty ? "" : "  \(count)"
        let detail = TerminalText.safe(row.tail.isEmpty ? row.note : row.tail)
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        return [
            .status(row.status), .plain(" \(row.id.padded(to: 18)) "), .faint("\(row.type.padded(to: 10)) "),
            .plain(elapsed.padded(to: 8)), .faint(tokens), .faint(detail.isEmpty ? "" : "  \(detail)"),
        ]
    }
}

/// A span of time as a person reads it.
enum Elapsed {
    static func text(_ milliseconds: Int64) -> String {
        if milliseconds < 1_000 { return "\(milliseconds)ms" }
        if milliseconds < 60_000 { return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100)s" }
        let seconds = milliseconds / 1_000
        return "\(seconds / 60)m \(seconds % 60)s"
    }
}

extension String {
    /// This text with spaces behind it up to `width` characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
