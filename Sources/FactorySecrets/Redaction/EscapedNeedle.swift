/// The characters of a value, each as it is or escaped in one of the ways of URLs, JSON, HTML and shells.
///
/// Programs differ in what they escape, so every character may be escaped or not, and with several backslashes where
/// text was escaped more than once. What was found is the longest reading.
struct EscapedNeedle: Needle {
    /// One character, or several backslashes in a row, which cannot be told apart once they are escaped.
    private struct Unit: Sendable {
        let scalar: Unicode.Scalar
        var bytes: [UInt8]
        var codeUnits: [UInt16]
    }

    /// Most backslashes before a character: four levels of JSON in JSON.
    private static let maxBackslashes = 15

    private let units: [Unit]

    /// `value` is not empty.
    init(_ value: String) {
        var units: [Unit] = []
        for scalar in value.unicodeScalars {
            if scalar == "\\", let last = units.indices.last, units[last].scalar == scalar {
                units[last].bytes += scalar.utf8
                units[last].codeUnits += scalar.utf16
            } else {
                units.append(Unit(scalar: scalar, bytes: Array(scalar.utf8), codeUnits: Array(scalar.utf16)))
            }
        }
        self.units = units
    }

    var firstBytes: [UInt8] {
        var bytes = [units[0].bytes[0], UInt8(ascii: "%"), UInt8(ascii: "\\")]
        if units[0].scalar == " " { bytes.append(UInt8(ascii: "+")) }
        if Self.entities[units[0].scalar] != nil { bytes.append(UInt8(ascii: "&")) }
        return bytes
    }

    func match(_ bytes: [UInt8], at place: Int) -> NeedleMatch {
        // Where the readings so far end. Nearly always one.
        var ends = [place]
        var isOpen = false
        for unit in units {
            var next: [Int] = []
            for end in ends {
                Self.read(unit, bytes, at: end, &next, &isOpen)
            }
            ends = next
            guard !ends.isEmpty else { return NeedleMatch(isOpen: isOpen) }
        }
        return NeedleMatch(end: ends.max(), isOpen: isOpen)
    }

    /// Adds to `ends` where `unit` ends when it stands at `place`, for each way to read it.
    private static func read(
        _ unit: Unit, _ bytes: [UInt8], at place: Int, _ ends: inout [Int], _ isOpen: inout Bool
    ) {
        let add = { (end: Int, ends: inout [Int]) in if !ends.contains(end) { ends.append(end) } }
        switch stand(unit.bytes, in: bytes, at: place) {
        case true?: add(place + unit.bytes.count, &ends)
        case false?: break
        case nil: isOpen = true
        }
        guard place < bytes.count else { return }
        switch bytes[place] {
        case UInt8(ascii: "%"):
            switch percentEncoded(unit, bytes, at: place) {
            case true?: add(place + 3 * unit.bytes.count, &ends)
            case false?: break
            case nil: isOpen = true
            }
        case UInt8(ascii: "+") where unit.scalar == " ": add(place + 1, &ends)
        case UInt8(ascii: "&"):
            for entity in entities[unit.scalar] ?? [] {
                switch stand(entity, in: bytes, at: place) {
                case true?: add(place + entity.count, &ends)
                case false?: break
                case nil: isOpen = true
                }
            }
        case UInt8(ascii: "\\"): readEscaped(unit, bytes, at: place, &ends, &isOpen)
        default: break
        }
    }

    /// The same for what begins with a backslash at `place`.
    private static func readEscaped(
        _ unit: Unit, _ bytes: [UInt8], at place: Int, _ ends: inout [Int], _ isOpen: inout Bool
    ) {
        var behind = place
        while behind < bytes.count, bytes[behind] == UInt8(ascii: "\\") { behind += 1 }
        if unit.scalar == "\\" {
            for level in [2, 4, 8] {
                let end = place + level * unit.bytes.count
                if end <= behind { ends.append(end) } else if behind == bytes.count { isOpen = true }
            }
        }
        guard behind - place <= maxBackslashes else { return }
        guard behind < bytes.count else {
            isOpen = true
            return
        }
        switch escaped(unit, bytes, at: behind) {
        case .some(let end?): if !ends.contains(end) { ends.append(end) }
        case .some(nil): break
        case nil: isOpen = true
        }
    }

    private static func percentEncoded(_ unit: Unit, _ bytes: [UInt8], at place: Int) -> Bool? {
        for (index, byte) in unit.bytes.enumerated() {
            let start = place + 3 * index
            guard start < bytes.count else { return nil }
            guard bytes[start] == UInt8(ascii: "%") else { return false }
            guard let stands = HexDigits.stand(2, of: UInt32(byte), in: bytes, at: start + 1) else { return nil }
            guard stands else { return false }
        }
        return true
    }

    /// Where `unit` ends when what is escaped by backslashes begins at `place`; nil in the outer sense where the bytes
    /// end before that is told.
    private static func escaped(_ unit: Unit, _ bytes: [UInt8], at place: Int) -> Int?? {
        let byte = bytes[place]
        if byte == letters[unit.scalar] { return .some(place + 1) }
        if unit.scalar.isASCII, byte == unit.bytes[0], !isLetterOrDigit(byte) { return .some(place + 1) }
        switch byte {
        case UInt8(ascii: "x"): return spelled(unit.bytes.map(UInt32.init), digits: 2, bytes, at: place)
        case UInt8(ascii: "u"): return spelled(unit.codeUnits.map(UInt32.init), digits: 4, bytes, at: place)
        default: return .some(nil)
        }
    }

    /// Where `\xc3\xa9` or `\u00e9` ends; `place` is behind the first backslashes.
    private static func spelled(_ numbers: [UInt32], digits: Int, _ bytes: [UInt8], at place: Int) -> Int?? {
        let letter = bytes[place]
        var place = place
        for (index, number) in numbers.enumerated() {
            if index > 0 {
                let before = place
                while place < bytes.count, bytes[place] == UInt8(ascii: "\\") { place += 1 }
                guard place < bytes.count else { return nil }
                guard place > before, bytes[place] == letter else { return .some(nil) }
            }
            guard let stands = HexDigits.stand(digits, of: number, in: bytes, at: place + 1) else { return nil }
            guard stands else { return .some(nil) }
            place += 1 + digits
        }
        return .some(place)
    }

    /// Whether `text` stands at `place`; nil where the bytes end before that is told.
    private static func stand(_ text: [UInt8], in bytes: [UInt8], at place: Int) -> Bool? {
        for offset in text.indices {
            guard place + offset < bytes.count else { return nil }
            guard bytes[place + offset] == text[offset] else { return false }
        }
        return true
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Control characters as the letter behind a backslash.
    private static let letters: [Unicode.Scalar: UInt8] = [
        "\n": UInt8(ascii: "n"), "\r": UInt8(ascii: "r"), "\t": UInt8(ascii: "t"), "\u{8}": UInt8(ascii: "b"),
        "\u{c}": UInt8(ascii: "f"), "\u{b}": UInt8(ascii: "v"), "\u{0}": UInt8(ascii: "0"),
        "\u{1b}": UInt8(ascii: "e"), "\u{7}": UInt8(ascii: "a"),
    ]

    private static let entities: [Unicode.Scalar: [[UInt8]]] = [
        "&": ["&amp;", "&#38;", "&#x26;"], "<": ["&lt;", "&#60;", "&#x3c;", "&#x3C;"],
        ">": ["&gt;", "&#62;", "&#x3e;", "&#x3E;"], "\"": ["&quot;", "&#34;", "&#x22;"],
        "'": ["&apos;", "&#39;", "&#x27;", "&#039;"],
    ].mapValues { $0.map { Array($0.utf8) } }
}
