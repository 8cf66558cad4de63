/// Why a text is not JSON, or a value cannot be written as JSON, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// What is wrong, as a sentence without a full stop.
    public var message: String
    /// UTF-8 bytes before the place. 0 when a value could not be written.
    public var offset: Int
    /// Line of the place, from 1.
    public var line: Int
    /// Column of the place in Unicode scalars, from 1.
    public var column: Int

    /// An error at a known place.
    public init(message: String, offset: Int, line: Int, column: Int) {
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// An error at `offset` of `text`, which gives line and column.
    init(_ message: String, at offset: Int, in text: UnsafeBufferPointer<UInt8>) {
        var line = 1
        var column = 1
        for byte in text.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.init(message: message, offset: offset, line: line, column: column)
    }
}

extension JSONError: CustomStringConvertible {
    /// `line 2, column 7: expected a comma`.
    public var description: String { "line \(line), column \(column): \(message)" }
}
