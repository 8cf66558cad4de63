import FactoryDomain
import FactoryJSON

/// A stretch of time in a trace, as OTLP describes it.
struct Span: Sendable {
    /// What a span stands for towards others.
    enum Kind: Int64, Sendable {
        case `internal` = 1
        case client = 3
    }

    let trace: TraceID
    let id: SpanID
    let parent: SpanID?
    let name: String
    let kind: Kind
    let start: Timestamp
    let end: Timestamp
    let attributes: [(name: String, value: JSON)]
    /// Why it failed; nil where it did not.
    let failure: String?

    /// The span in OTLP's JSON: ids in hex, moments in nanoseconds as text, numbers of enums.
    ///
    /// Source: "JSON Protobuf Encoding" in the OpenTelemetry protocol specification 1.x.
    var json: JSON {
        var object: JSONObject = ["traceId": .string(trace.hex), "spanId": .string(id.hex)]
        if let parent { object["parentSpanId"] = .string(parent.hex) }
        object["name"] = .string(name)
        object["kind"] = .int(kind.rawValue)
        object["startTimeUnixNano"] = .string("\(start.milliseconds)000000")
        object["endTimeUnixNano"] = .string("\(max(start, end).milliseconds)000000")
        object["attributes"] = Self.attributes(attributes)
        object["status"] = failure.map { ["code": 2, "message": .string($0)] } ?? [:]
        return .object(object)
    }

    /// Attributes in OTLP's JSON, where every value names its type.
    static func attributes(_ attributes: [(name: String, value: JSON)]) -> JSON {
        .array(attributes.map { ["key": .string($0.name), "value": value($0.value)] })
    }

    private static func value(_ value: JSON) -> JSON {
        switch value {
        case .int(let number): ["intValue": .string(String(number))]
        case .double: ["doubleValue": value]
        case .bool: ["boolValue": value]
        case .array(let elements): ["arrayValue": ["values": .array(elements.map(Self.value))]]
        case .string: ["stringValue": value]
        default: ["stringValue": .string(value.serialized())]
        }
    }
}

/// Sixteen bytes that all spans of one run share.
struct TraceID: Hashable, Sendable {
    let hex: String

    /// Made from the run's id alone, so whoever knows a run can find its trace: the 128 bits that the id's body holds.
    init(_ run: ID<Run>) {
        let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let body = Array(run.rawValue.utf8.dropFirst(Run.idPrefix.utf8.count))
        let values = body.compactMap { digits.firstIndex(of: $0).map { UInt64($0) } }
        guard values.count == 26, body.count == 26 else {
            hex = SpanID(run.rawValue).hex + SpanID("trace " + run.rawValue).hex
            return
        }
        var (high, low): (UInt64, UInt64) = (0, 0)
        // 26 digits of 5 bits are 130; the first two bits of an id's time are never set.
        for value in values {
            high = high << 5 | low >> 59
            low = low << 5 | value
        }
        hex = high.hex + low.hex
    }
}

/// Eight bytes that name a span in its trace.
struct SpanID: Hashable, Sendable {
    let hex: String

    /// Made from `text`: the same text gives the same id. FNV-1a, mixed once more; never zero.
    init(_ text: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash ^= hash >> 31
        hex = max(1, hash).hex
    }
}

extension UInt64 {
    /// Sixteen hex digits.
    fileprivate var hex: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
