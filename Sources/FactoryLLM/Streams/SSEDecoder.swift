/// Takes a stream of server-sent events apart, however its bytes are cut into pieces.
///
/// Lines end in LF, CRLF or CR; `data` lines of one event are joined by LF; comments and unknown fields are ignored. An
/// event that the stream ends within is dropped, as the standard says. Source: WHATWG HTML, “Server-sent events”.
public struct SSEDecoder: Sendable {
    /// One event.
    public struct Event: Sendable, Hashable {
        /// Its `event` field; nil where there was none.
        public var name: String?
        /// Its `data` lines.
        public var data: String
    }

    /// The stream has an event larger than ``maxEventBytes``.
    public struct Overflow: Error, Sendable, Hashable {}

    /// Most bytes of one event.
    public static let maxEventBytes = 4 << 20

    private var line: [UInt8] = []
    private var name: String?
    private var data: [UInt8] = []
    private var hasData = false
    private var skipsLineFeed = false
    private var isAtStart = true

    /// A decoder at the start of a stream.
    public init() {}

    /// Takes the next bytes and gives the events they complete.
    ///
    /// - Throws: ``Overflow`` when an event grows beyond ``maxEventBytes``.
    public mutating func decode(_ bytes: some Sequence<UInt8>) throws(Overflow) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == UInt8(ascii: "\n") { continue }
            }
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                skipsLineFeed = byte == UInt8(ascii: "\r")
                endLine(&events)
            default:
                guard line.count + data.count < Self.maxEventBytes else { throw Overflow() }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine(_ events: inout [Event]) {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return endEvent(&events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value.removeFirst() }
        if line[..<colon].elementsEqual("data".utf8) {
            if hasData { data.append(UInt8(ascii: "\n")) }
            data.append(contentsOf: value)
            hasData = true
        } else if line[..<colon].elementsEqual("event".utf8) {
            name = String(decoding: value, as: UTF8.self)
        }
    }

    private mutating func endEvent(_ events: inout [Event]) {
        if hasData { events.append(Event(name: name, data: String(decoding: data, as: UTF8.self))) }
        name = nil
        data.removeAll(keepingCapacity: true)
        hasData = false
    }
}

extension SSEDecoder {
    /// ``decode(_:)`` with an error that names who sent too much.
    mutating func events(in bytes: [UInt8], from provider: String) throws(ModelError) -> [Event] {
        do throws(Overflow) { return try decode(bytes) } catch {
            throw ModelError(.protocolError, "\(provider) sent an event of more than \(Self.maxEventBytes) bytes.")
        }
    }
}
