import FactoryDomain
import FactorySecrets
import Synchronization

/// Collects the log text of one attempt, redacted, and hands it out in stretches worth a row.
///
/// Per stream at most ``limit`` bytes are kept; then one line says that the rest was left out. What is shown is what is
/// kept, to the byte: who comes late is given the same text from the store.
final class LogBuffer: Sendable {
    /// Text of one stream that is enough for a chunk of its own before the attempt ends.
    static let chunkBytes = 16 * 1024
    /// Text of one stream that is kept.
    static let limit = 1024 * 1024

    private struct Stretch {
        var redacting: RedactingStream
        var text = ""
        var kept = 0

        /// Keeps what there is room for, and gives it.
        mutating func keep(_ piece: String) -> String {
            guard kept <= LogBuffer.limit else { return "" }
            let room = LogBuffer.limit - kept
            kept += piece.utf8.count
            guard kept > LogBuffer.limit else {
                text += piece
                return piece
            }
            var end = piece.utf8.index(piece.startIndex, offsetBy: room)
            while end.samePosition(in: piece.unicodeScalars) == nil { end = piece.utf8.index(before: end) }
            let last = piece[..<end] + "\n[more than 1 MiB of log text; the rest is not kept]\n"
            text += last
            return String(last)
        }
    }

    private let stretches: Mutex<[LogStream: Stretch]>
    private let redactor: Redactor

    init(redactor: Redactor) {
        self.redactor = redactor
        stretches = Mutex([:])
    }

    /// Takes `piece`; gives what can be shown of it now and, when enough has come together, a stretch to keep.
    func add(_ piece: String, to stream: LogStream) -> (shown: String, chunk: String?) {
        stretches.withLock { stretches in
            var stretch = stretches[stream] ?? Stretch(redacting: RedactingStream(redactor))
            defer { stretches[stream] = stretch }
            let shown = stretch.keep(stretch.redacting.feed(piece))
            guard stretch.text.utf8.count >= Self.chunkBytes else { return (shown, nil) }
            defer { stretch.text = "" }
            return (shown, stretch.text)
        }
    }

    /// Everything not handed out yet, by stream; `shown` is what was still held back for redaction.
    func finish() -> [(stream: LogStream, shown: String, chunk: String)] {
        stretches.withLock { stretches in
            defer { stretches = [:] }
            return LogStream.allCases.compactMap { stream -> (stream: LogStream, shown: String, chunk: String)? in
                guard var stretch = stretches[stream] else { return nil }
                let shown = stretch.keep(stretch.redacting.finish())
                return stretch.text.isEmpty && shown.isEmpty ? nil : (stream, shown, stretch.text)
            }
        }
    }
}
