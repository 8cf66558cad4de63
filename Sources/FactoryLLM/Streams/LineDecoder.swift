/// Takes a stream of lines apart, however its bytes are cut into pieces. Empty lines are left out.
struct LineDecoder: Sendable {
    /// Most bytes of one line.
    static let maxLineBytes = 4 << 20

    private var line: [UInt8] = []

    init() {}

    /// Takes the next bytes and gives the lines they complete.
    mutating func lines(in bytes: [UInt8], from provider: String) throws(ModelError) -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            line.append(contentsOf: rest[..<end])
            try check(provider)
            let text = String(decoding: line, as: UTF8.self)
            if !text.allSatisfy(\.isWhitespace) { lines.append(text) }
            line.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        line.append(contentsOf: rest)
        try check(provider)
        return lines
    }

    private func check(_ provider: String) throws(ModelError) {
        guard line.count <= Self.maxLineBytes else {
            throw ModelError(.protocolError, "\(provider) sent a line of more than \(Self.maxLineBytes) bytes.")
        }
    }
}
