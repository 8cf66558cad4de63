extension OutboundURL {
    /// This URL with `fields` added to its query, names and values percent-encoded.
    public func addingQuery(_ fields: [(name: String, value: String)]) -> OutboundURL {
        guard !fields.isEmpty else { return self }
        let query = fields.map { "\(Self.encodedQueryPart($0.name))=\(Self.encodedQueryPart($0.value))" }
            .joined(separator: "&")
        let separator = target.contains("?") ? (target.hasSuffix("?") || target.hasSuffix("&") ? "" : "&") : "?"
        return OutboundURL(origin: self, target: target + separator + query)
    }

    /// This URL with `path` put after its own path, as an API's base URL and the path of an operation.
    public func appendingPath(_ path: String) throws(URLProblem) -> OutboundURL {
        let own = target.prefix { $0 != "?" }
        let base = own.hasSuffix("/") ? own.dropLast() : own
        let added = path.hasPrefix("/") ? path.dropFirst() : path[...]
        return OutboundURL(origin: self, target: try Self.encodedTarget("\(base)/\(added)"[...]))
    }

    /// The URL that a `Location` header means, seen from this one (RFC 3986, section 5).
    func resolving(_ reference: String) throws(URLProblem) -> OutboundURL {
        if reference.contains("://"), let first = reference.firstIndex(where: { ":/?#".contains($0) }),
            reference[first] == ":"
        {
            return try OutboundURL(parsing: reference)
        }
        if reference.hasPrefix("//") { return try OutboundURL(parsing: "\(scheme):\(reference)") }
        let scheme = reference.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !scheme.contains(":") else {
            throw URLProblem("“\(reference.prefix(60))” is not an http or https URL", hint: "Only these are followed.")
        }
        let ownPath = target.prefix { $0 != "?" }
        let joined: String
        if reference.hasPrefix("/") {
            joined = reference
        } else if reference.hasPrefix("?") {
            joined = ownPath + reference
        } else if reference.isEmpty || reference.hasPrefix("#") {
            joined = target
        } else {
            joined = ownPath.prefix(through: ownPath.lastIndex(of: "/") ?? ownPath.startIndex) + reference
        }
        return try OutboundURL(parsing: "\(self.scheme)://\(authority)\(Self.removingDotSegments(joined))")
    }

    /// Percent-encodes what may not stand in a path or query as it is; existing escapes stay.
    static func encodedTarget(_ text: Substring) throws(URLProblem) -> String {
        let withoutFragment = text.prefix { $0 != "#" }
        var result: [UInt8] = withoutFragment.hasPrefix("/") ? [] : [UInt8(ascii: "/")]
        let bytes = Array(withoutFragment.utf8)
        for (place, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "%") {
                guard place + 2 < bytes.count, isHex(bytes[place + 1]), isHex(bytes[place + 2]) else {
                    throw URLProblem("a “%” in the URL is not followed by two hex digits", hint: "Write %25 for “%”.")
                }
                result.append(byte)
            } else if isUnreserved(byte) || "/?:@!$&'()*+,;=".utf8.contains(byte) {
                result.append(byte)
            } else {
                result.append(contentsOf: escape(byte))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Percent-encodes everything but letters, digits and `-._~`, as forms and query values need it.
    public static func encodedQueryPart(_ text: String) -> String {
        String(decoding: text.utf8.flatMap { isUnreserved($0) ? [$0] : escape($0) }, as: UTF8.self)
    }

    private static func removingDotSegments(_ target: String) -> String {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (place, segment) in segments.enumerated() {
            let isLast = place == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/") + target[path.endIndex...]
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
