/// What compilers, linters and interpreters print, line by line.
///
/// Known are `file:line:column: error: message` (gcc, clang, swift, go, many linters), `file(line,column): error X:
/// message` (TypeScript, C#, MSVC), `error[E1]: message` with `--> file:line:column` below (Rust), and
/// `File "x", line n` with the error behind it (Python).
enum CompilerOutput {
    /// The messages in `text`; other lines are passed over.
    static func diagnostics(in text: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        var rust: Diagnostic?
        var python: Diagnostic?
        for line in TextLines.split(text) {
            let trimmed = line.trimmedSpace
            if let place = rust, trimmed.hasPrefix("--> ") {
                var diagnostic = place
                (diagnostic.file, diagnostic.line, diagnostic.column) = location(String(trimmed.dropFirst(4)))
                found.append(diagnostic)
                rust = nil
            } else if let place = pythonPlace(trimmed) {
                python = place
            } else if var diagnostic = python, let message = pythonError(line) {
                diagnostic.message = message
                found.append(diagnostic)
                python = nil
            } else if let diagnostic = colons(line) ?? parentheses(line) {
                found.append(diagnostic)
            } else if let diagnostic = headline(line) {
                if let open = rust { found.append(open) }
                rust = diagnostic
            }
        }
        if let open = rust { found.append(open) }
        return found
    }

    /// `file:line[:column]: [severity:] message`
    private static func colons(_ line: String) -> Diagnostic? {
        let parts = line.split(separator: ":", omittingEmptySubsequences: false)
        // A drive letter is part of the file.
        let first = parts.count > 2 && parts[0].count == 1 && parts[1].hasPrefix("\\") ? 1 : 0
        guard parts.count > first + 2, let number = Int(parts[first + 1]), number > 0 else { return nil }
        let file = parts[0...first].joined(separator: ":")
        guard isFile(file) else { return nil }
        let column = Int(parts[first + 2])
        let rest = parts.dropFirst(first + (column == nil ? 2 : 3)).joined(separator: ":").trimmedSpace
        guard !rest.isEmpty else { return nil }
        let (severity, message) = split(rest)
        return Diagnostic(file: file, line: number, column: column, severity: severity ?? .error, message: message)
    }

    /// `file(line,column): severity CODE: message`
    private static func parentheses(_ line: String) -> Diagnostic? {
        guard let open = line.firstIndex(of: "("), let close = line[open...].firstIndex(of: ")") else { return nil }
        let numbers = line[line.index(after: open)..<close].split(separator: ",").map { Int($0) }
        let file = String(line[..<open])
        let rest = String(line[line.index(after: close)...])
        guard (1...2).contains(numbers.count), let first = numbers[0], isFile(file), rest.hasPrefix(":") else {
            return nil
        }
        let (severity, message) = split(String(rest.dropFirst()).trimmedSpace)
        guard let severity else { return nil }
        return Diagnostic(
            file: file, line: first, column: numbers.count == 2 ? numbers[1] : nil, severity: severity, message: message
        )
    }

    /// `error[E0001]: message`, with the place on a line below or none at all.
    private static func headline(_ line: String) -> Diagnostic? {
        let (severity, message) = split(line)
        guard let severity, severity != .note, !message.isEmpty else { return nil }
        return Diagnostic(severity: severity, message: message)
    }

    private static func pythonPlace(_ line: String) -> Diagnostic? {
        guard line.hasPrefix("File \"") else { return nil }
        let rest = line.dropFirst(6)
        guard let quote = rest.firstIndex(of: "\""), rest[quote...].hasPrefix("\", line ") else { return nil }
        let digits = rest[quote...].dropFirst(8).prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits) else { return nil }
        return Diagnostic(file: String(rest[..<quote]), line: number, message: "")
    }

    /// `ValueError: bad`, not indented.
    private static func pythonError(_ line: String) -> String? {
        let name = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
        let rest = line.dropFirst(name.count)
        let last = name.split(separator: ".").last ?? ""
        guard last.first?.isUppercase == true, rest.isEmpty || rest.hasPrefix(": ") else { return nil }
        return line
    }

    private static func split(_ text: String) -> (Diagnostic.Severity?, String) {
        let words: [(String, Diagnostic.Severity)] = [
            ("fatal error", .error), ("error", .error), ("warning", .warning), ("note", .note), ("info", .note),
            ("remark", .note),
        ]
        let lower = text.prefix(20).lowercased()
        for (word, severity) in words where lower.hasPrefix(word) {
            let rest = text.dropFirst(word.count)
            guard let colon = rest.firstIndex(of: ":"), rest.distance(from: rest.startIndex, to: colon) <= 24 else {
                continue
            }
            let code = rest[..<colon].filter { $0 != "[" && $0 != "]" }.trimmedSpace
            // Between the word and the colon only a code may stand: `error TS2322:`, `error[E0308]:`.
            guard !code.contains(" ") else { continue }
            let message = rest[rest.index(after: colon)...].trimmedSpace
            return (severity, code.isEmpty ? message : "\(code): \(message)")
        }
        return (nil, text)
    }

    /// Not a time, a log's date or a word: it has a dot or a slash, and no space.
    private static func isFile(_ text: String) -> Bool {
        !text.isEmpty && text.count < 1_000 && (text.contains(".") || text.contains("/") || text.contains("\\"))
            && !text.contains("://") && !text.hasPrefix(" ")
    }

    private static func location(_ text: String) -> (String?, Int?, Int?) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 2, let column = Int(parts[parts.count - 1]), let line = Int(parts[parts.count - 2]) else {
            return (text, nil, nil)
        }
        return (parts.dropLast(2).joined(separator: ":"), line, column)
    }
}

extension StringProtocol {
    /// Without spaces and tabs at its ends.
    var trimmedSpace: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
