import FactoryDomain

/// What stands in a backup, file by file: the text that `sha256sum` prints, and checks with `--check`.
struct BackupSums {
    /// Its name in the backup.
    static let fileName = "SHA256SUMS"
    /// Most bytes that are read of it: 1 GiB, some ten million files.
    static let maxBytes = 1 << 30

    /// Addresses of the files, by their path in the backup.
    var files: [String: ContentHash] = [:]

    init() {}

    /// Reads the text; nil for one that was not made by ``text``.
    init?(parsing bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            let isEscaped = line.first == UInt8(ascii: "\\")
            let line = isEscaped ? line.dropFirst() : line
            let (digits, rest) = (line.prefix(64), line.dropFirst(64))
            guard digits.count == 64, digits.allSatisfy(Self.isHexDigit), rest.starts(with: Array("  ".utf8)),
                let name = String(validating: rest.dropFirst(2), as: UTF8.self)
            else { return nil }
            let path = isEscaped ? Self.unescaped(name) : name
            guard Self.isSafe(path) else { return nil }
            files[path] = ContentHash(rawValue: String(decoding: digits, as: UTF8.self))
        }
    }

    /// A line for each file, in the order of their paths.
    var text: String {
        files.sorted { $0.key < $1.key }.map { path, hash in
            let escaped = path.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
            return "\(escaped == path ? "" : "\\")\(hash.rawValue)  \(escaped)\n"
        }.joined()
    }

    /// A path that leads nowhere but into the folder it is taken from.
    static func isSafe(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { FolderCopy.isPlain(String($0)) }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func unescaped(_ text: String) -> String {
        var (result, isAfterBackslash) = ("", false)
        for character in text.unicodeScalars {
            switch (isAfterBackslash, character) {
            case (false, "\\"): isAfterBackslash = true
            case (false, _): result.unicodeScalars.append(character)
            case (true, _):
                result.unicodeScalars.append(character == "n" ? "\n" : character == "r" ? "\r" : character)
                isAfterBackslash = false
            }
        }
        return result
    }
}
