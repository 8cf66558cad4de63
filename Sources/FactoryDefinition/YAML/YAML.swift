import FactoryExpressions
public import FactoryJSON

/// Plain values as YAML, by the same rules as documents.
public enum YAML {
    /// The value that `text` stands for.
    /// - Throws: the first thing wrong, limits included.
    public static func parse(_ text: String, limits: NodeLimits = .data) throws(YAMLError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }

    /// The value that the UTF-8 `bytes` stand for; a byte order mark is skipped.
    /// - Throws: the first thing wrong, limits included.
    public static func parse(_ bytes: [UInt8], limits: NodeLimits = .data) throws(YAMLError) -> JSON {
        let (source, reading) = NodeReader(limits: limits).read(bytes, as: .yaml)
        if let problem = reading.problems.first { throw YAMLError(problem, in: source) }
        return reading.root?.json ?? .null
    }

    /// `json` in block style, ended by a line break; ``parse(_:limits:)-(String,_)`` gives the same value back.
    public static func print(_ json: JSON) -> String {
        YAMLPrinter.print(json)
    }
}

/// Why a text is not YAML that this product reads.
public struct YAMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it.
    public let hint: String?
    /// The byte where it shows, from 0.
    public let offset: Int
    /// The line, from 1.
    public let line: Int
    /// The column in Unicode scalars, from 1.
    public let column: Int

    init(_ problem: NodeProblem, in source: SourceText) {
        message = problem.message
        hint = problem.hint
        offset = problem.offset
        (line, column) = source.position(at: problem.offset)
    }

    /// Place, message and hint in one line.
    public var description: String { "line \(line), column \(column): \(message)\(hint.map { " — \($0)" } ?? "")" }
}
