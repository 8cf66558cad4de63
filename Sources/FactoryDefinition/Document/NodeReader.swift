/// Reads bytes into a ``Node`` tree: size, encoding, then YAML or JSON.
struct NodeReader: Sendable {
    let limits: NodeLimits
    /// JSON may be this many times longer than YAML: a document that was read once is read again from the JSON that it
    /// is stored as, and `{a,b}` becomes `{"a":null,"b":null}`.
    private static let jsonGrowth = 5

    /// The text (without a byte order mark) and what it came to.
    func read(_ bytes: [UInt8], as format: DocumentFormat) -> (SourceText, NodeReading) {
        let maxBytes = format == .json ? limits.maxBytes * Self.jsonGrowth : limits.maxBytes
        guard bytes.count <= maxBytes else {
            let problem = NodeProblem(
                code: .limit, message: "the text has \(bytes.count) bytes; at most \(maxBytes) are read",
                hint: "keep large values in files and read them in a step", offset: 0)
            return (SourceText([]), NodeReading(root: nil, problems: [problem]))
        }
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let source = SourceText(bytes)
        if let offset = UTF8Check.firstInvalidByte(in: bytes) {
            let problem = NodeProblem(
                code: .syntax, message: "the text is not UTF-8", hint: "save the file as UTF-8", offset: offset)
            return (source, NodeReading(root: nil, problems: [problem]))
        }
        return (source, read(source, as: format))
    }

    private func read(_ source: SourceText, as format: DocumentFormat) -> NodeReading {
        switch format {
        case .yaml: return YAMLReader.read(source, limits: limits)
        case .json: return JSONNodeReader.read(source, limits: limits)
        case .detect:
            guard looksLikeJSON(source.bytes) else { return YAMLReader.read(source, limits: limits) }
            let json = JSONNodeReader.read(source, limits: limits)
            guard json.root == nil else { return json }
            // A YAML flow mapping with quoted keys begins like JSON.
            let yaml = YAMLReader.read(source, limits: limits)
            return yaml.root == nil ? json : yaml
        }
    }

    private func looksLikeJSON(_ bytes: [UInt8]) -> Bool {
        let visible = bytes.lazy.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.prefix(2)
        let start = Array(visible)
        return start.first == UInt8(ascii: "{") && (start.last == UInt8(ascii: "\"") || start.last == UInt8(ascii: "}"))
    }
}

/// Tells where bytes stop being UTF-8.
enum UTF8Check {
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        if bytes.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) != nil { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
