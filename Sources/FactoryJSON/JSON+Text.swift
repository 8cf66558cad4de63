extension JSON {
    /// Parses one JSON value (RFC 8259, nothing else around it but whitespace).
    ///
    /// Integers that do not fit `Int64` become doubles, as every number with a fraction or an exponent.
    /// - Throws: ``JSONError`` for anything else than JSON, for a key that comes twice in one object, for a number
    ///   beyond the range of doubles, and past ``JSONLimits/standard``.
    public init(parsing text: some StringProtocol) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Parses one JSON value from UTF-8 bytes, within `limits`.
    ///
    /// - Throws: ``JSONError`` as ``init(parsing:)``, and for bytes that are not UTF-8.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { text throws(JSONError) in
            var parser = JSONParser(text, limits: limits)
            return try parser.parseDocument()
        }
    }

    /// This value as JSON text: compact, or with one member or element per line and two spaces per level.
    ///
    /// Doubles print their shortest form that reads back the same, with `.0` when they are integral.
    /// - Precondition: no number in it is NaN or infinite; ``serializedBytes(pretty:maxBytes:)`` throws instead.
    public func serialized(pretty: Bool = false) -> String {
        String(decoding: serializedBytes(pretty: pretty), as: UTF8.self)
    }

    /// As ``serialized(pretty:)``, in UTF-8.
    ///
    /// - Precondition: no number in it is NaN or infinite.
    public func serializedBytes(pretty: Bool = false) -> [UInt8] {
        do {
            return try serializedBytes(pretty: pretty, maxBytes: .max)
        } catch {
            preconditionFailure(error.message)
        }
    }

    /// As ``serialized(pretty:)``, in UTF-8 and no longer than `maxBytes`; it stops writing where that is passed.
    ///
    /// - Throws: ``JSONError`` without a place when the text gets longer, or a number is NaN or infinite.
    public func serializedBytes(pretty: Bool = false, maxBytes: Int) throws(JSONError) -> [UInt8] {
        var writer = JSONWriter(pretty: pretty, maxBytes: maxBytes)
        try writer.write(self, level: 0)
        return writer.bytes
    }
}

extension JSON: CustomStringConvertible {
    /// Compact JSON text; a number that cannot be written makes it say so.
    public var description: String {
        do {
            return String(decoding: try serializedBytes(maxBytes: .max), as: UTF8.self)
        } catch {
            return "<\(error.message)>"
        }
    }
}
