import CZlib
import FactoryDomain

/// Writes a zip archive piece by piece (PKWARE's APPNOTE, without its 64-bit extensions). Paths are UTF-8.
struct ZipWriter {
    /// What an archive without the 64-bit extensions holds at most.
    static let maxEntries = 65_535
    /// The most bytes that all contents may have together, with room left for what describes them.
    static let maxBytes: Int64 = 3 << 30

    private var directory: [UInt8] = []
    private var offset = 0
    private var count = 0
    private let time: [UInt8]

    /// - Parameter moment: when the entries were written, in UTC; the format begins in 1980 and counts by two seconds.
    init(at moment: Timestamp) {
        let text = moment.description
        func number(_ start: Int, _ length: Int) -> Int { Int(text.dropFirst(start).prefix(length)) ?? 0 }
        let clock = number(11, 2) << 11 | number(14, 2) << 5 | number(17, 2) / 2
        let date = max(0, number(0, 4) - 1_980) << 9 | number(5, 2) << 5 | number(8, 2)
        time = Self.two(clock) + Self.two(date)
    }

    /// A file, as it stands in the archive.
    mutating func entry(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        let packed = Compression.deflated(bytes)
        let content = packed ?? bytes
        let name = Array(path.utf8)
        var sum = bytes
        let check = sum.withUnsafeMutableBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        // Version 2.0, names in UTF-8, deflated or stored.
        let shared =
            Self.two(20) + Self.two(0x0800) + Self.two(packed == nil ? 0 : 8) + time + Self.four(Int(check))
            + Self.four(content.count) + Self.four(bytes.count) + Self.two(name.count) + Self.two(0)
        directory += Self.four(0x0201_4b50) + Self.two(20) + shared + Self.two(0) + Self.two(0) + Self.two(0)
        directory += Self.four(0) + Self.four(offset) + name
        let piece = Self.four(0x0403_4b50) + shared + name + content
        offset += piece.count
        count += 1
        return piece
    }

    /// What stands behind the last file.
    func end() -> [UInt8] {
        directory + Self.four(0x0605_4b50) + Self.two(0) + Self.two(0) + Self.two(count) + Self.two(count)
            + Self.four(directory.count) + Self.four(offset) + Self.two(0)
    }

    private static func two(_ number: Int) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8 & 255)] }
    private static func four(_ number: Int) -> [UInt8] { two(number & 0xFFFF) + two(number >> 16) }
}
