public import FactoryDomain
import FactoryJSON
import Synchronization

/// One event as a feed gives it, written out for the first who reads it, and once for all of them: of most runs nobody
/// reads the events while they happen.
public final class FeedEvent: Sendable {
    /// Where a reader stands that has been given this event.
    public let position: EventPosition
    /// What happened.
    public let event: RunEvent

    private struct Text {
        let frame: [UInt8]
        let jsonStart: Int
    }

    private let run: ID<Run>
    private let text = Mutex<Text?>(nil)

    init(_ event: RunEvent, of run: ID<Run>, at position: EventPosition) {
        self.position = position
        self.event = event
        self.run = run
    }

    /// The event in the form of server-sent events, with its empty line: `id`, `event` and `data`.
    public var frame: [UInt8] { written().frame }

    /// The event's JSON, one line: what stands in ``frame`` after `data: `.
    public var json: ArraySlice<UInt8> {
        let text = written()
        return text.frame[text.jsonStart..<text.frame.count - 2]
    }

    /// Bytes by which a buffer counts the event: about what it takes when it is written out, which it may never be.
    var bytes: Int { 128 + event.data.roughBytes }

    private func written() -> Text {
        text.withLock { text in
            if let text { return text }
            var frame = Array("id: \(position)\nevent: \(event.kind.rawValue)\ndata: ".utf8)
            let jsonStart = frame.count
            frame += event.json(run: run).serializedBytes()
            frame += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
            let new = Text(frame: frame, jsonStart: jsonStart)
            text = new
            return new
        }
    }
}

extension JSON {
    /// Bytes that this value takes as text, numbers taken for short and escapes left out.
    fileprivate var roughBytes: Int {
        switch self {
        case .string(let text): 2 + text.utf8.count
        case .array(let elements): elements.reduce(2) { $0 + 1 + $1.roughBytes }
        case .object(let members): members.reduce(2) { $0 + 4 + $1.key.utf8.count + $1.value.roughBytes }
        default: 1
        }
    }
}

extension RunEvent {
    /// Bytes of text that one event shows at the most.
    static let textLimit = 16 * 1024

    /// A piece of the text of an attempt that began `offset` bytes after its beginning.
    static func text(
        _ text: String, _ stream: LogStream, offset: Int64, step: String, attempt: Int, at: Timestamp
    ) -> RunEvent {
        RunEvent(
            sequence: nil, at: at, kind: stream == .text ? .token : .log, step: step,
            data: [
                "attempt": .int(Int64(attempt)), "stream": .string(stream.rawValue), "offset": .int(offset),
                "text": .string(text),
            ])
    }
}

extension String {
    /// This text in pieces of at most `limit` bytes that cut no character.
    func pieces(ofAtMost limit: Int) -> [Substring] {
        guard utf8.count > limit else { return [self[...]] }
        var pieces: [Substring] = []
        var rest = self[...]
        while rest.utf8.count > limit {
            var end = rest.utf8.index(rest.startIndex, offsetBy: limit)
            while end.samePosition(in: unicodeScalars) == nil { end = rest.utf8.index(before: end) }
            pieces.append(rest[..<end])
            rest = rest[end...]
        }
        pieces.append(rest)
        return pieces
    }

    /// What follows the first `count` bytes; from the next whole character on where those cut one.
    func dropping(bytes count: Int64) -> String {
        guard count > 0 else { return self }
        guard count < utf8.count else { return "" }
        var start = utf8.index(startIndex, offsetBy: Int(count))
        while start < endIndex, start.samePosition(in: unicodeScalars) == nil { start = utf8.index(after: start) }
        return String(self[start...])
    }
}
