/// When a time zone has which offset from UTC.
public struct TimeZoneRules: Sendable {
    /// Seconds since the epoch from which an offset holds, ascending, and the offset in seconds east of UTC.
    private var transitions: [(from: Int64, offset: Int)]
    /// The offset before the first transition.
    private var initialOffset: Int
    /// What holds after the last transition, where the zone goes on changing.
    private var future: DaylightRule?

    /// The rules of `UTC`, of a fixed offset such as `+02:00`, `-02:30` or `02:00`, or of a zone by its name in the
    /// time zone database of the system (`Europe/Berlin`); nil for anything else.
    public init?(_ name: String) {
        if let offset = Self.fixedOffset(name) {
            self.init(fixed: offset)
            return
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isSafe = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy {
                    $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                }
        }
        guard isSafe, let bytes = SmallFile.read("/usr/share/zoneinfo/\(name)") else { return nil }
        self.init(tzif: bytes)
    }

    private init(fixed offset: Int) {
        transitions = []
        initialOffset = offset
    }

    private static func fixedOffset(_ name: String) -> Int? {
        if name == "UTC" || name == "Z" || name == "GMT" { return 0 }
        var digits = name.utf8[...]
        let isWest = digits.first == UInt8(ascii: "-")
        if isWest || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isDigit) }),
            let hours = Int(String(decoding: parts[0], as: UTF8.self)),
            let minutes = Int(String(decoding: parts[1], as: UTF8.self)), hours < 24, minutes < 60
        else { return nil }
        return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Seconds east of UTC at a moment.
    public func offset(at seconds: Int64) -> Int {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].from <= seconds { low = middle + 1 } else { high = middle }
        }
        if low == transitions.count, let future { return future.offset(at: seconds) }
        return low == 0 ? initialOffset : transitions[low - 1].offset
    }

    /// The first second after `seconds` from which another offset holds; nil where none ever will.
    public func transition(after seconds: Int64) -> Int64? {
        let before = offset(at: seconds)
        for (from, offset) in transitions where from > seconds && offset != before { return from }
        guard let future else { return nil }
        // The rule holds from the last listed change on; before it nothing changed, or the list would have said so.
        let start = max(seconds, transitions.last?.from ?? seconds)
        guard future.offset(at: start) == before else { return start }
        return future.change(after: start)
    }

    /// Reads the compiled form of a zone. Source: RFC 8536; only version 2 and later, whose times have 64 bits.
    private init?(tzif bytes: [UInt8]) {
        var reader = BigEndianReader(bytes)
        guard let first = Header(&reader), first.version >= 2 else { return nil }
        reader.position += first.bodyCount(timeSize: 4)
        guard let header = Header(&reader) else { return nil }
        var times: [Int64] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.int64() else { return nil }
            times.append(time)
        }
        var kinds: [Int] = []
        for _ in 0..<header.timeCount {
            guard let kind = reader.byte() else { return nil }
            kinds.append(Int(kind))
        }
        var offsets: [Int] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.int32(), reader.byte() != nil, reader.byte() != nil else {
                return nil
            }
            offsets.append(Int(offset))
        }
        guard let initial = offsets.first, kinds.allSatisfy({ $0 < offsets.count }) else { return nil }
        initialOffset = initial
        transitions = zip(times, kinds).map { ($0, offsets[$1]) }
        reader.position +=
            header.charCount + 12 * header.leapCount + header.standardCount + header.utcCount
        guard reader.byte() == UInt8(ascii: "\n") else { return }
        let footer = bytes[reader.position...].prefix { $0 != UInt8(ascii: "\n") }
        future = DaylightRule(String(decoding: footer, as: UTF8.self))
    }

    private struct Header {
        let version: Int
        let utcCount, standardCount, leapCount, timeCount, typeCount, charCount: Int

        init?(_ reader: inout BigEndianReader) {
            guard reader.bytes.count >= reader.position + 44,
                reader.bytes[reader.position...].starts(with: "TZif".utf8)
            else { return nil }
            let mark = reader.bytes[reader.position + 4]
            version = mark >= UInt8(ascii: "2") ? Int(mark - UInt8(ascii: "0")) : 1
            reader.position += 20
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.int32(), (0...100_000).contains(count) else { return nil }
                counts.append(Int(count))
            }
            (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
            (timeCount, typeCount, charCount) = (counts[3], counts[4], counts[5])
        }

        func bodyCount(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + charCount + leapCount * (timeSize + 4)
                + standardCount
                + utcCount
        }
    }
}

/// Reads big-endian numbers.
private struct BigEndianReader {
    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        position += 1
        return bytes[position - 1]
    }

    mutating func int32() -> Int32? { unsigned(4).map { Int32(truncatingIfNeeded: $0) } }

    mutating func int64() -> Int64? { unsigned(8).map { Int64(truncatingIfNeeded: $0) } }

    private mutating func unsigned(_ count: Int) -> UInt64? {
        guard position + count <= bytes.count else { return nil }
        defer { position += count }
        return bytes[position..<position + count].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
