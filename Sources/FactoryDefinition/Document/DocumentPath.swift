/// A place in a document's values: keys and indexes from the top.
struct DocumentPath: Sendable, Hashable, CustomStringConvertible {
    enum Part: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    private(set) var parts: [Part] = []

    static let root = DocumentPath()

    static func + (left: DocumentPath, key: String) -> DocumentPath {
        var path = left
        path.parts.append(.key(key))
        return path
    }

    static func + (left: DocumentPath, index: Int) -> DocumentPath {
        var path = left
        path.parts.append(.index(index))
        return path
    }

    /// Goes one part down.
    mutating func enter(_ part: Part) { parts.append(part) }
    /// Goes one part up.
    mutating func leave() { parts.removeLast() }

    /// `steps[2].with.prompt`; keys that are no plain names are quoted: `headers["X-Id"]`.
    var description: String {
        var text = ""
        for part in parts {
            switch part {
            case .index(let index): text += "[\(index)]"
            case .key(let key) where Self.isPlain(key): text += text.isEmpty ? key : ".\(key)"
            case .key(let key): text += "[\"\(key)\"]"
            }
        }
        return text
    }

    /// The same place as a JSON Pointer (RFC 6901), from the part `count` on: `/with/prompt` of `steps[2].with.prompt`
    /// without its first two.
    func pointer(droppingFirst count: Int = 0) -> String {
        parts.dropFirst(count).reduce(into: "") { text, part in
            text += "/"
            switch part {
            case .index(let index): text += String(index)
            case .key(let key): text += Self.escaped(key)
            }
        }
    }

    private static func escaped(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
        return key.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy {
                ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")) || $0 == UInt8(ascii: "_")
                    || $0 == UInt8(ascii: "-") || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
            }
    }
}
