/// What a module of the pages takes from others and gives to them, read from its text.
///
/// The modules are the project's own and written in one way, so this need not know the language: every import and export
/// begins a line, has lines of its own and names what it means in braces; nothing is exported as `default` or `let`. Of a
/// module that is written otherwise there is no value, and it is sent as it is; a test holds that there is none.
struct WebModule {
    /// Names of one module, as another takes them.
    struct Import {
        /// The file of the module they are of: `Web/dom/html.js`.
        var target: String
        /// The names there, and what they are called here; none where it only has to run.
        var names: [(theirs: String, ours: String)]
        /// Whether they are passed on, and not used here.
        var isPassedOn: Bool
    }

    /// A part of the code.
    enum Piece {
        case text(ArraySlice<UInt8>)
        /// `import("…")` of the module in this file.
        case deferredImport(String)
        /// `import.meta.url`, the module's own address.
        case address
    }

    /// Its file.
    let name: String
    /// In the order they are written.
    private(set) var imports: [Import] = []
    /// What it defines for others, as it is called here and there.
    private(set) var exports: [(ours: String, theirs: String)] = []
    /// Its code without imports and exports.
    private(set) var code: [Piece] = []

    /// Reads `bytes` as the file called `name`; nil where it is not written as modules here are.
    init?(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        var reader = WebModuleReader(bytes)
        while let word = reader.next() {
            switch word {
            case .statement(let line, let isImport):
                guard take(line, isImport) else { return nil }
            case .deferredImport(let path): code.append(.deferredImport(Self.resolve(path, in: name)))
            case .address: code.append(.address)
            case .text(let text): code.append(.text(text))
            }
        }
    }

    /// The modules it asks for when it needs them.
    var deferred: [String] {
        code.compactMap { piece in if case .deferredImport(let target) = piece { target } else { nil } }
    }

    /// The names that others may take from it.
    var offered: [String] { exports.map(\.theirs) + imports.filter(\.isPassedOn).flatMap { $0.names.map(\.ours) } }

    private mutating func take(_ line: ArraySlice<UInt8>, _ isImport: Bool) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        let path = text.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first
        let names = Self.names(in: text)
        if isImport {
            guard let path, names != nil || text.hasPrefix("import \"") else { return false }
            imports.append(Import(target: Self.resolve(path, in: name), names: names ?? [], isPassedOn: false))
        } else if let names {
            if let path {
                imports.append(Import(target: Self.resolve(path, in: name), names: names, isPassedOn: true))
            } else {
                exports += names.map { (ours: $0.theirs, theirs: $0.ours) }
            }
        } else {
            guard let defined = Self.defined(in: text) else { return false }
            exports.append((defined, defined))
        }
        return true
    }

    /// `{a, b as c}` of a statement.
    private static func names(in text: String) -> [(theirs: String, ours: String)]? {
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, words[1].hasPrefix("{"), let end = words[1].firstIndex(of: "}") else { return nil }
        return words[1][..<end].dropFirst().split(separator: ",").compactMap { part in
            let names = part.split(whereSeparator: \.isWhitespace)
            guard let first = names.first, let last = names.last else { return nil }
            return (String(first), String(last))
        }
    }

    /// The name of what `export function …`, `export class …` and `export const …` define.
    private static func defined(in text: String) -> String? {
        var words = text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }).dropFirst()
        if words.first == "async" { words = words.dropFirst() }
        guard ["function", "class", "const"].contains(words.first ?? ""), words.count > 1 else { return nil }
        return words.dropFirst().first.map(String.init)
    }

    /// The file that `path` means in the file `name`.
    private static func resolve(_ path: some StringProtocol, in name: String) -> String {
        var parts = name.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }
}
