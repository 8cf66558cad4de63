import FactoryDomain

/// What an account may be called.
public enum AccountName {
    private static let reserved: Set<String> = [Owner.local, "me", "system", "anonymous"]

    /// `text` as names are kept; nil where it is none.
    ///
    /// - Returns: lower-case letters, digits, `.`, `_` and `-`, up to 64, beginning with a letter or a digit.
    public static func normalised(_ text: String) -> String? {
        let name = text.lowercased()
        guard (1...64).contains(name.utf8.count), !reserved.contains(name), let first = name.utf8.first,
            isPlain(first), name.utf8.allSatisfy({ isPlain($0) || "._-".utf8.contains($0) })
        else { return nil }
        return name
    }

    /// `text` as addresses are kept; nil where it is none that mail could be sent to.
    public static func normalisedAddress(_ text: String) -> String? {
        let address = text.lowercased()
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), address.utf8.count <= 254,
            address.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 && !$0.properties.isWhitespace })
        else { return nil }
        return address
    }

    /// The rule, as the end of a sentence.
    public static let rule =
        "must have 1 to 64 of the letters a to z, digits, `.`, `_` and `-`, and begin with a letter or a digit"

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
