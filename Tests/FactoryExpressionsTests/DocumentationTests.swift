import FactoryExpressions
import FactoryJSON
import Foundation
import Testing

@Suite("The page about expressions")
struct DocumentationTests {
    @Test("gives the results it says")
    func examples() throws {
        let page = try Page()
        var scope = Scope()
        let document = try #require(page.blocks["json"]?.first)
        let roots = try #require(try JSON(parsing: document).objectValue)
        for (name, value) in roots { scope[name] = value }
        scope.now = Moment(seconds: 1_767_225_600)
        var count = 0
        for block in page.blocks["cel"] ?? [] {
            for (source, expected) in try Self.examples(in: block) {
                #expect(try Expression(parsing: source).json(in: scope) == expected, "\(source)")
                count += 1
            }
        }
        for block in page.blocks["template"] ?? [] {
            for (source, expected) in try Self.examples(in: block) {
                #expect(try Template(parsing: source).render(in: scope) == expected, "\(source)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    /// Sources, which may have several lines, and what stands after their arrows.
    private static func examples(in block: String) throws -> [(String, JSON)] {
        var examples: [(String, JSON)] = []
        var lines: [Substring] = []
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: "  → ", maxSplits: 1)
            lines.append(parts[0])
            guard parts.count == 2 else { continue }
            examples.append((lines.joined(separator: "\n"), try JSON(parsing: parts[1])))
            lines = []
        }
        #expect(lines.isEmpty, "a line of an example has no arrow: \(lines)")
        return examples
    }

    @Test("has an example or a mention of every function")
    func coverage() throws {
        let text = try Page().text
        for name in Self.functions { #expect(text.contains("\(name)("), "\(name)") }
    }

    private static let functions = [
        "bool", "bytes", "double", "duration", "dyn", "int", "string", "timestamp", "type", "uint", "charAt",
        "contains", "endsWith", "format", "indexOf", "join", "lastIndexOf", "lowerAscii", "matches", "replace",
        "split", "startsWith", "substring", "trim", "upperAscii", "strings.quote", "regex.extract",
        "regex.extractAll", "regex.replace", "distinct", "first", "flatten", "last", "reverse", "size", "slice",
        "sort", "sortBy", "lists.range", "math.abs", "math.bitAnd", "math.bitNot", "math.bitOr",
        "math.bitShiftLeft", "math.bitShiftRight", "math.bitXor", "math.ceil", "math.floor", "math.greatest",
        "math.isFinite", "math.isInf", "math.isNaN", "math.least", "math.round", "math.sign", "math.sqrt",
        "math.trunc", "avg", "count", "max", "median", "min", "percentile", "sum", "base64.decode",
        "base64.encode", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getHours",
        "getMilliseconds", "getMinutes", "getMonth", "getSeconds", "now", "hasValue", "or", "orValue", "value",
        "optional.none", "optional.of", "optional.ofNonZeroValue", "optional.unwrap", "optMap", "always",
        "failed", "fence", "indent", "json", "lines", "succeeded", "yaml", "code_blocks", "parse_json",
        "url_encode", "has", "default", "all", "exists", "exists_one", "filter", "map", "transformList",
        "transformMap", "transformMapEntry", "cel.bind",
    ]

    private struct Page {
        let text: String
        /// The fenced blocks by language.
        let blocks: [String: [String]]

        init() throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            text = try String(contentsOf: root.appending(path: "docs/expressions.md"), encoding: .utf8)
            blocks = Dictionary(grouping: CodeBlock.all(in: text), by: \.language).mapValues { $0.map(\.code) }
        }
    }
}
