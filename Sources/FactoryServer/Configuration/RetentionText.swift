/// The limits of retention as people write them, in settings and on the command line. `none` is no limit.
public enum RetentionText {
    /// What is wrong with a limit, and the rule.
    public struct Mistake: Error, Sendable, Hashable {
        /// One sentence.
        public let message: String
    }

    /// An age: `90m`, `12h`, `30d`, `4w`.
    public static func age(_ text: String) throws(Mistake) -> Duration? {
        guard text != "none" else { return nil }
        let units: [Character: Int64] = ["m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
        guard let unit = text.last.flatMap({ units[$0] }), let number = number(text.dropLast()),
            number <= 1_000_000
        else {
            throw Mistake(message: "\"\(text)\" is not an age such as 12h, 30d or 4w (m, h, d, w), or none")
        }
        return .seconds(number * unit)
    }

    /// A number of runs.
    public static func count(_ text: String) throws(Mistake) -> Int? {
        guard text != "none" else { return nil }
        guard let number = number(text[...]), number <= 1_000_000_000 else {
            throw Mistake(message: "\"\(text)\" is not a whole number of runs from 0, or none")
        }
        return Int(number)
    }

    /// A number of bytes: `500MB`, `2GB`, `1GiB`, or the bare number.
    public static func bytes(_ text: String) throws(Mistake) -> Int64? {
        guard text != "none" else { return nil }
        let units: [(String, Int64)] = [
            ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("KB", 1_000), ("MB", 1_000_000),
            ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("", 1),
        ]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = number(text.dropLast(unit.count)) else { break }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
            if !overflow { return bytes }
            break
        }
        throw Mistake(message: "\"\(text)\" is not a size such as 500MB, 2GB or 1GiB, or none")
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int64(text)
    }
}
