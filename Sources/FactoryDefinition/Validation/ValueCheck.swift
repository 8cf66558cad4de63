import FactoryJSON

/// Checks a value as written against what its field takes.
struct ValueCheck {
    let log: ProblemLog
    let path: DocumentPath
    /// The field, as messages name it.
    let what: String

    func check(_ node: Node, _ type: ValueType) {
        switch type {
        case .any: return
        case .bool: _ = log.bool(node, path, what)
        case .integer(let range): _ = log.integer(node, in: range, path, what)
        case .number(let range): number(node, in: range)
        case .text, .code: _ = log.text(node, path, what)
        case .scalar: scalar(node)
        case .choice(let words, let later): choice(node, words, later: later)
        case .duration(let range): _ = log.duration(node, in: range, path, what)
        case .size(let range): size(node, in: range)
        case .path:
            guard let text = log.text(node, path, what) else { return }
            if let problem = WorkspacePath.problem(with: text) { refusePath(problem, at: node) }
        case .model: model(node)
        case .schema: schema(node)
        case .secretName: secretName(node)
        case .statusRange: status(node)
        case .branchTarget: return
        }
    }

    /// Refuses `{{ … }}` in a field that is never rendered; in code, where braces are common, it is a warning.
    /// - Returns: true when it was refused.
    @discardableResult func refusesTemplate(_ node: Node, _ type: ValueType) -> Bool {
        guard let text = node.text, let found = TemplateLook.tag(in: text) else { return false }
        let isCode = type == .code
        log.add(
            .neverRendered, severity: isCode ? .warning : .error, at: node, path,
            "\(what) is never rendered, but holds `\(found)`",
            hint: isCode ? "pass values through `inputs`" : "write the value itself")
        return !isCode
    }

    /// Refuses a path template whose fixed beginning already leaves the workspace.
    func checkPathStart(_ text: String, at node: Node) {
        let fixed = text.prefix { $0 != "{" }
        guard let cut = fixed.lastIndex(of: "/") else {
            if fixed.hasPrefix("~") { refusePath("begins with `~`", at: node) }
            return
        }
        let folder = String(fixed[..<cut])
        if let problem = WorkspacePath.problem(with: folder.isEmpty ? "/" : folder) { refusePath(problem, at: node) }
    }

    private func refusePath(_ problem: String, at node: Node) {
        log.add(
            .pathOutsideWorkspace, at: node, path, "\(what) \(problem)",
            hint: "write a path relative to the workspace, such as `src/main.py`")
    }

    private func number(_ node: Node, in range: ClosedRange<Double>) {
        guard let value = node.scalar?.doubleValue else { return log.wrongKind(node, path, what, takes: "a number") }
        guard range.contains(value) else {
            return log.add(
                .invalidValue, at: node, path,
                "\(what) is \(value); it must lie between \(range.lowerBound) and \(range.upperBound)")
        }
    }

    private func scalar(_ node: Node) {
        guard let value = node.scalar, !value.isNull else {
            return log.wrongKind(node, path, what, takes: "text, a number or a bool")
        }
    }

    private func choice(_ node: Node, _ words: [String], later: [String]) {
        guard let text = log.text(node, path, what) else { return }
        if later.contains(text) {
            log.add(
                .notInThisBuild, at: node, path, "\(what) `\(text)` is not in this build",
                hint: "use \(words.joined(separator: " or "))")
        } else if !words.contains(text) {
            log.unknownWord(text, at: node, path, what, among: words)
        }
    }

    private func size(_ node: Node, in range: ClosedRange<Int64>) {
        let written = node.scalar?.intValue.map(String.init) ?? node.text ?? ""
        let bytes = node.scalar?.intValue ?? node.text.flatMap(ByteSize.bytes(in:))
        guard bytes.map({ $0 > 0 }) ?? ByteSize.isBeyondLimit(written) else {
            return log.add(
                .invalidSize, at: node, path, "\(what) is no size above zero",
                hint: "write bytes, or a number and a unit: 64KiB, 512MiB or 2GiB")
        }
        guard let bytes, range.contains(bytes) else {
            return log.add(
                .invalidSize, at: node, path, "\(what) is \(written.prefix(40))",
                hint: "it goes from \(ByteSize.text(of: range.lowerBound)) to \(ByteSize.text(of: range.upperBound))")
        }
    }

    private func model(_ node: Node) {
        guard let text = log.text(node, path, what) else { return }
        if text.hasPrefix("auto:") {
            log.add(
                .notInThisBuild, at: node, path, "\(what) `\(text)` is not in this build",
                hint: "write `provider/name` or an alias")
        } else if text.isEmpty || text.utf8.contains(where: { $0 <= 0x20 }) {
            log.add(
                .invalidValue, at: node, path, "\(what) is no model's name", hint: "write `provider/name` or an alias")
        }
    }

    private func schema(_ node: Node) {
        do {
            _ = try JSONSchema(node.json)
        } catch {
            log.add(.invalidSchema, at: node, path, "\(what) is no JSON Schema: \(error.message)", hint: error.place)
        }
    }

    private func secretName(_ node: Node) {
        guard let text = log.text(node, path, what) else { return }
        guard !DocumentName.isSecretName(text) else { return }
        log.add(
            .invalidName, at: node, path, "`\(text.prefix(80))` is no name of a secret",
            hint: "secrets are named with letters, digits and `_`, not beginning with a digit")
    }

    private func status(_ node: Node) {
        let forms = "write 204, `2xx` or `200-299`"
        if let status = node.scalar?.intValue {
            if !(100...599).contains(status) {
                log.add(.invalidValue, at: node, path, "\(what): \(status) is no HTTP status", hint: forms)
            }
        } else if let text = node.text, HTTPStatusRange(text) != nil {
            return
        } else {
            log.add(.invalidValue, at: node, path, "\(what) takes HTTP statuses", hint: forms)
        }
    }
}

/// Recognises text that was probably meant to be rendered: `{{` before one of the names that templates know.
enum TemplateLook {
    /// The first `{{ inputs.…`, `{{ steps.…` or the like, to its closing braces and at most 40 characters.
    static func tag(in text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count > 4 else { return nil }
        for index in 0..<(bytes.count - 1) where bytes[index] == UInt8(ascii: "{") && bytes[index + 1] == bytes[index] {
            var rest = bytes[(index + 2)...]
            if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            rest = rest.drop { $0 == 0x20 }
            let name = String(
                decoding: rest.prefix { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }, as: UTF8.self)
            let next = rest.dropFirst(name.utf8.count).first
            if NameCheck.roots.contains(name), next == UInt8(ascii: ".") || next == UInt8(ascii: "[") {
                let rest = String(decoding: bytes[index...].prefix(160), as: UTF8.self)
                let end = rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex
                return String(rest[..<end].prefix(40))
            }
        }
        return nil
    }
}
