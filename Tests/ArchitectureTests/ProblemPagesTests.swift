import Foundation
import Testing

/// Programs match on the codes of failures and problems, and people look them up. The source is read, not run.
@Suite("The page of problems") struct ProblemPagesTests {
    /// Enumerations whose raw values are codes that a step or a document shows, and the files they stand in.
    static let enumerations = [
        (name: "Code", file: "FactoryNetwork/Request/EgressError.swift"),
        (name: "Code", file: "FactoryLLM/Messages/ModelError.swift"),
        (name: "ProblemCode", file: "FactoryDefinition/Document/ProblemCode.swift"),
        (name: "APIProblemCode", file: "FactoryAPI/Problems/APIProblemCode.swift"),
    ]

    /// The codes that `text` gives to failures in so many words.
    static func literals(in text: String) -> Set<String> {
        let forms = [
            #/\bcode: "([a-z_]+)"/#, #/\bfailure\(\s*"([a-z_]+)"/#, #/\bstatic let \w+Code = "([a-z_]+)"/#,
        ]
        return forms.reduce(into: []) { found, form in
            found.formUnion(text.matches(of: form).map { String($0.1) })
        }
    }

    /// The texts that the property `failureCode` answers.
    static func answers(in text: String) -> Set<String> {
        guard let start = text.firstRange(of: "var failureCode: String {") else { return [] }
        let body = text[start.upperBound...].prefix(while: { $0 != "}" })
        return Set(body.matches(of: #/: "([a-z_]+)"/#).map { String($0.1) })
    }

    /// The raw values of the enumeration of text called `name`.
    static func cases(of name: String, in text: String) -> Set<String> {
        guard let start = text.firstRange(of: "enum \(name): String") else { return [] }
        var found: Set<String> = []
        for line in text[start.upperBound...].split(separator: "\n").dropFirst() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line == "}" { break }
            guard line.hasPrefix("case ") else { continue }
            for part in line.dropFirst(5).split(separator: ",") {
                let sides = part.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
                guard let value = sides.last else { continue }
                found.insert(value.trimmingCharacters(in: CharacterSet(charactersIn: "\"")))
            }
        }
        return found
    }

    /// Every code that the source can produce, with a file it stands in.
    static func produced() throws -> [String: String] {
        var codes: [String: String] = [:]
        for file in try ArchitectureTests.files(in: "Sources") {
            let text = file.lines.joined(separator: "\n")
            let enumerated = enumerations.filter { file.path == "Sources/\($0.file)" }
            let values = enumerated.map { cases(of: $0.name, in: text) }
            for code in values.reduce(literals(in: text).union(answers(in: text)), { $0.union($1) }) {
                codes[code] = file.path
            }
        }
        return codes
    }

    /// The codes of the page, each with what is said about it.
    static func sections() throws -> [(code: String, text: String)] {
        let page = ArchitectureTests.root.appending(path: "docs/problems/README.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        return text.split(separator: "\n## `").dropFirst().compactMap { section in
            guard let end = section.firstIndex(of: "`") else { return nil }
            let body = section[section.index(after: end)...].split(separator: "\n# ").first ?? ""
            return (String(section[..<end]), body.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    @Test("finds codes in every form in which the source writes them")
    func findsCodes() throws {
        let text = """
            throw StepFailure(code: "first_code", message: "")
            return failure(
                "second_code", "why")
            """
        #expect(Self.literals(in: text) == ["first_code", "second_code"])
        #expect(Self.answers(in: "var failureCode: String {\ncase .a, .b: \"third_code\"\n}") == ["third_code"])
        let list = "enum Code: String, Sendable {\n/// One.\ncase one, two\ncase three = \"third\"\n}\ncase four"
        #expect(Self.cases(of: "Code", in: list) == ["one", "two", "third"])
        for (name, file) in Self.enumerations {
            let source = try ArchitectureTests.files(in: "Sources").first { $0.path == "Sources/\(file)" }
            let text = try #require(source, "\(file) is not there").lines.joined(separator: "\n")
            #expect(Self.cases(of: name, in: text).count > 5, "\(file)")
        }
        #expect(try Self.produced().count > 60)
    }

    @Test("has every code that the source can produce")
    func isComplete() throws {
        let written = Set(try Self.sections().map(\.code))
        for (code, file) in try Self.produced().sorted(by: { $0.key < $1.key }) where !written.contains(code) {
            Issue.record("\(code), in \(file), has no section")
        }
    }

    @Test("has no code that the source cannot produce, and none twice")
    func isCurrent() throws {
        let codes = try Self.sections().map(\.code)
        #expect(Set(codes).subtracting(try Self.produced().keys) == [])
        #expect(codes.count == Set(codes).count)
    }

    @Test("says something of each")
    func explains() throws {
        for (code, text) in try Self.sections() { #expect(text.count > 20, "\(code): \(text)") }
    }
}
