import FactoryExpressions
import FactoryJSON

/// What `replace` looks for, and what it puts in its place.
struct Replacement {
    private enum Part {
        case text([UInt8])
        case group(Int)
    }

    private let pattern: Pattern
    private let parts: [Part]

    /// In `with`, `\1` to `\9` are groups, `\0` is the match, `\\` a backslash.
    init(_ argument: JSON) throws(OpFailure) {
        guard let source = argument["pattern"]?.stringValue else { throw .field("pattern", "is no text") }
        guard let template = argument["with"]?.stringValue else { throw .field("with", "is no text") }
        pattern = try Self.pattern(source, field: "pattern")
        parts = try Self.parts(of: Array(template.utf8), groups: pattern.groupNames.count)
    }

    /// The compiled pattern of a field.
    static func pattern(_ source: String, field: String) throws(OpFailure) -> Pattern {
        do {
            return try Pattern(source)
        } catch {
            throw .field(field, "cannot be used: \(error.message)", hint: error.hint)
        }
    }

    func apply(to text: String, steps: inout Int) throws(OpFailure) -> String {
        let matches: [PatternMatch]
        do {
            matches = try pattern.allMatches(in: text, steps: &steps)
        } catch {
            throw .input(error.message, hint: error.hint)
        }
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result += source[position..<match.range.lowerBound]
            for part in parts {
                switch part {
                case .text(let text): result += text
                case .group(let number): if let range = match.groups[number] { result += source[range] }
                }
            }
            position = match.range.upperBound
            guard result.count <= ValueFormat.maximumBytes else { throw .input("the text becomes larger than 16 MiB") }
        }
        result += source[position...]
        return String(decoding: result, as: UTF8.self)
    }

    private static func parts(of template: [UInt8], groups: Int) throws(OpFailure) -> [Part] {
        var parts: [Part] = []
        var text: [UInt8] = []
        var place = 0
        while place < template.count {
            let byte = template[place]
            place += 1
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            let next = place < template.count ? template[place] : 0
            place += 1
            let number = Int(next) - Int(UInt8(ascii: "0"))
            if next == UInt8(ascii: "\\") {
                text.append(byte)
            } else if (0...9).contains(number), number < groups {
                parts += [.text(text), .group(number)]
                text = []
            } else {
                throw .field(
                    "with", "has a backslash that is neither \\\\ nor the number of a group",
                    hint: "the pattern has the groups 0 to \(min(groups - 1, 9))")
            }
        }
        return parts + [.text(text)]
    }
}
