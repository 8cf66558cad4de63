import FactoryNetwork
import Synchronization

/// One server-sent event.
public struct ServerEvent: Sendable, Hashable {
    /// Its place, to go on behind it; nil where it has none.
    public var id: String?
    /// Its kind; `message` where the server names none.
    public var type: String
    /// Its text.
    public var data: String

    /// An event of these values.
    public init(id: String?, type: String, data: String) {
        self.id = id
        self.type = type
        self.data = data
    }
}

/// Takes the bytes of a stream of server-sent events apart, wherever they were cut (WHATWG HTML, section 9.2).
public struct ServerEventReader: Sendable {
    private var rest: [UInt8] = []
    private var id: String?
    private var type = ""
    private var data: [String] = []

    /// A reader at the beginning of a stream.
    public init() {}

    /// The events that `bytes` bring to their end.
    public mutating func read(_ bytes: [UInt8]) -> [ServerEvent] {
        rest += bytes
        var events: [ServerEvent] = []
        var start = rest.startIndex
        // A carriage return at the very end may be half of a line end: it waits for what follows.
        while let end = rest[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            if rest[end] == 0x0D, end == rest.endIndex - 1 { break }
            let next = rest[end] == 0x0D && rest[end + 1] == 0x0A ? end + 2 : end + 1
            if let event = take(String(decoding: rest[start..<end], as: UTF8.self)) { events.append(event) }
            start = next
        }
        rest.removeSubrange(..<start)
        return events
    }

    private mutating func take(_ line: String) -> ServerEvent? {
        guard !line.isEmpty else {
            defer { (type, data) = ("", []) }
            guard !data.isEmpty else { return nil }
            return ServerEvent(id: id, type: type.isEmpty ? "message" : type, data: data.joined(separator: "\n"))
        }
        let colon = line.firstIndex(of: ":") ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == " " { value.removeFirst() }
        switch line[..<colon] {
        case "id": id = String(value)
        case "event": type = String(value)
        case "data": data.append(String(value))
        default: break
        }
        return nil
    }
}

/// What is read of one answer, across the calls that bring its pieces.
final class EventReaderBox: Sendable {
    private let state = Mutex((reader: ServerEventReader(), kept: [UInt8]()))

    func events(in bytes: [UInt8]) -> [ServerEvent] { state.withLock { $0.reader.read(bytes) } }

    /// Keeps the beginning of an answer that is no stream.
    func keep(_ bytes: [UInt8]) -> StreamDemand {
        state.withLock { state in
            state.kept += bytes
            return state.kept.count < 1 << 20 ? .more : .enough
        }
    }

    var kept: [UInt8] { state.withLock { $0.kept } }
}
