import FactoryJSON

/// Finds what a `$ref` names within the same document.
enum SchemaPointer {
    static func target(of reference: String, in root: JSON, anchors: [String: JSON]) -> JSON? {
        guard reference.hasPrefix("#") else { return nil }
        let fragment = percentDecoded(reference.dropFirst())
        if fragment.isEmpty { return root }
        guard fragment.hasPrefix("/") else { return anchors[fragment] }
        var current = root
        for part in fragment.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = current[String(key)] ?? Int(key).flatMap({ index in current[index] }) else { return nil }
            current = next
        }
        return current
    }

    private static func percentDecoded(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var (bytes, rest) = ([UInt8](), text.utf8[...])
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
