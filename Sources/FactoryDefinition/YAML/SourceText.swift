/// The bytes of a document and where its lines begin, to say line and column of any byte.
///
/// Lines end with LF, CRLF or CR, as editors count them. Columns count Unicode scalars from 1.
struct SourceText: Sendable {
    let bytes: [UInt8]
    private let lineStarts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices {
                let byte = buffer[index]
                let endsLine =
                    byte == 0x0A || (byte == 0x0D && (index + 1 == buffer.count || buffer[index + 1] != 0x0A))
                if endsLine { starts.append(index + 1) }
            }
        }
        lineStarts = starts
    }

    /// Line and column, both from 1, of the byte at `offset`; the end of the document for offsets behind it.
    func position(at offset: Int) -> (line: Int, column: Int) {
        let offset = min(max(0, offset), bytes.count)
        let line = lineIndex(at: offset)
        return (line + 1, scalarCount(in: lineStarts[line]..<offset) + 1)
    }

    /// The index, from 0, of the line that holds `offset`.
    func lineIndex(at offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Where line `index` (from 0) begins, nil behind the last line.
    func lineStart(_ index: Int) -> Int? { lineStarts.indices.contains(index) ? lineStarts[index] : nil }

    /// The text between two bytes.
    func text(in range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// The offset `count` Unicode scalars behind `offset`, not past the end.
    func offset(_ offset: Int, advancedByScalars count: Int) -> Int {
        var (place, left) = (offset, count)
        while left > 0, place < bytes.count {
            place += 1
            while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
            left -= 1
        }
        return place
    }

    private func scalarCount(in range: Range<Int>) -> Int {
        bytes[range].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}
