import FactoryAPI

/// The path and query of a request, decoded once.
struct RequestTarget: Sendable {
    /// The path as it was sent, without the query.
    let path: String
    /// Its components, decoded.
    let components: [String]
    /// The query's parameters, decoded, in order.
    let query: [(name: String, value: String)]

    init(_ text: String) throws(APIProblem) {
        guard text.hasPrefix("/") else {
            throw APIProblem(.badRequest, "the request target is no path")
        }
        guard text.utf8.count <= 8_192 else {
            throw APIProblem(.targetTooLong, "the request target is longer than 8192 bytes")
        }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        var components: [String] = []
        for part in parts[0].split(separator: "/", omittingEmptySubsequences: true) {
            components.append(try Self.decoded(part, plusIsBlank: false))
        }
        self.components = components
        var query: [(name: String, value: String)] = []
        if parts.count > 1 {
            for pair in parts[1].split(separator: "&", omittingEmptySubsequences: true) {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                query.append(
                    (
                        try Self.decoded(sides[0], plusIsBlank: true),
                        sides.count > 1 ? try Self.decoded(sides[1], plusIsBlank: true) : ""
                    ))
            }
        }
        self.query = query
    }

    private static func decoded(_ text: Substring, plusIsBlank: Bool) throws(APIProblem) -> String {
        // Nearly all are plain.
        let isPlain = text.utf8.allSatisfy { byte in
            byte != UInt8(ascii: "%") && byte != UInt8(ascii: "+") && byte > 0 && byte < 0x80
        }
        if isPlain { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    throw APIProblem(.badRequest, "the request target has a % without two hexadecimal digits")
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw APIProblem(.badRequest, "the request target is not UTF-8 text")
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
