import Glibc

/// Goes from one import or export of a module to the next, without looking at what lies between.
struct WebModuleReader {
    /// What it comes by.
    enum Word {
        case text(ArraySlice<UInt8>)
        /// A statement that begins with `import` or `export`, or the first line of what is exported where it is defined.
        case statement(ArraySlice<UInt8>, isImport: Bool)
        case deferredImport(String)
        case address
    }

    private let bytes: [UInt8]
    /// Where the code begins that was not given yet.
    private var given = 0
    /// From where on to look.
    private var place = 0
    private var waiting: Word?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next of them; nil at the end.
    mutating func next() -> Word? {
        if let word = waiting {
            waiting = nil
            return word
        }
        while let found = find("port", from: place) {
            place = found + 4
            guard let (word, range) = word(around: found - 2) else { continue }
            let text = bytes[given..<range.lowerBound]
            (given, place) = (range.upperBound, range.upperBound)
            guard !text.isEmpty else { return word }
            waiting = word
            return .text(text)
        }
        defer { given = bytes.endIndex }
        return given < bytes.endIndex ? .text(bytes[given...]) : nil
    }

    /// What stands at `start`, where `import` or `export` may begin, and its range; nil for any other text.
    private func word(around start: Int) -> (Word, Range<Int>)? {
        guard start >= 0 else { return nil }
        let isImport = has("import", at: start)
        guard isImport || has("export", at: start) else { return nil }
        if has(" ", at: start + 6), start == 0 || bytes[start - 1] == UInt8(ascii: "\n") {
            // What is exported where it is defined goes on as code.
            let isWhole = isImport || has("{", at: start + 7)
            let end = find(isWhole ? ";\n" : "\n", from: start).map { $0 + (isWhole ? 2 : 1) } ?? bytes.endIndex
            return (.statement(bytes[start..<end], isImport: isImport), start..<(isWhole ? end : start + 7))
        }
        guard isImport else { return nil }
        if has("import.meta.url", at: start) { return (.address, start..<start + 15) }
        guard has("import(\"", at: start), let end = find("\"", from: start + 8), has("\")", at: end) else {
            return nil
        }
        // In comments it names a type: `import("./x.js").Type`, `typeof import("./x.js")`.
        let isOfType = has(".", at: end + 2) && end + 3 < bytes.endIndex && (65...90).contains(bytes[end + 3])
        if isOfType || has("typeof ", at: start - 7) { return nil }
        return (.deferredImport(String(decoding: bytes[start + 8..<end], as: UTF8.self)), start..<end + 2)
    }

    private func has(_ text: StaticString, at place: Int) -> Bool {
        guard place >= 0, place + text.utf8CodeUnitCount <= bytes.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memcmp($0 + place, text.utf8Start, text.utf8CodeUnitCount) == 0 } ?? false
        }
    }

    private func find(_ text: StaticString, from place: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            let length = text.utf8CodeUnitCount
            var place = place
            while place + length <= bytes.count,
                let found = memchr(base + place, Int32(text.utf8Start[0]), bytes.count - place - length + 1)
            {
                if memcmp(found, text.utf8Start, length) == 0 { return UnsafeRawPointer(found) - base }
                place = UnsafeRawPointer(found) - base + 1
            }
            return nil
        }
    }
}
