import FactoryJSON

/// A piece of text that stands in a file exactly once, and what takes its place.
struct TextEdit: Equatable {
    var search: String
    var replace: String

    /// Applies `edits` one after the other, each to what the ones before it left.
    ///
    /// In a file whose lines all end with CR LF, a search or replacement with plain line feeds means those line ends.
    /// - Throws: for a search that stands there not at all (with the nearest text and its line) or more than once.
    static func apply(_ edits: [TextEdit], to text: String) throws(EditError) -> String {
        var bytes = Array(text.utf8)
        let isWindows = TextLines(text).lineBreak == "\r\n"
        for (place, edit) in edits.enumerated() {
            let search = isWindows ? windows(edit.search) : Array(edit.search.utf8)
            let replace = isWindows ? windows(edit.replace) : Array(edit.replace.utf8)
            let name = edits.count == 1 ? "the search" : "search \(place + 1) of \(edits.count)"
            guard !search.isEmpty else { throw EditError(message: "\(name) is empty") }
            let found = places(of: search, in: bytes)
            guard let only = found.first else { throw notFound(edit.search, in: bytes, name: name) }
            guard found.count == 1 else {
                let lines = found.map { String(line(of: $0, in: bytes)) }.joined(separator: ", ")
                throw EditError(
                    message: "\(name) stands there more than once: at line \(lines)\(found.count > 5 ? " …" : "")",
                    hint: "search for more of the text around it, so that it stands there once")
            }
            bytes.replaceSubrange(only..<(only + search.count), with: replace)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func notFound(_ search: String, in bytes: [UInt8], name: String) -> EditError {
        let nearest = NearestText(
            to: TextLines.split(search), in: TextLines.split(String(decoding: bytes, as: UTF8.self)))
        return EditError(message: "\(name) does not stand in the file", hint: nearest?.hint)
    }

    /// Up to six places, overlapping ones included.
    private static func places(of wanted: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = wanted.first, bytes.count >= wanted.count else { return [] }
        var places: [Int] = []
        var place = 0
        while place <= bytes.count - wanted.count, places.count < 6 {
            guard let next = bytes[place...].firstIndex(of: first), next <= bytes.count - wanted.count else { break }
            if bytes[next..<(next + wanted.count)].elementsEqual(wanted) { places.append(next) }
            place = next + 1
        }
        return places
    }

    private static func line(of place: Int, in bytes: [UInt8]) -> Int {
        bytes[..<place].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }

    private static func windows(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\n"), bytes.last != UInt8(ascii: "\r") { bytes.append(UInt8(ascii: "\r")) }
            bytes.append(byte)
        }
        return bytes
    }
}
