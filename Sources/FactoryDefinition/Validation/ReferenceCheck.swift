import FactoryExpressions
import FactoryJSON

/// Checks the names that one expression or template uses.
struct ReferenceCheck {
    /// Where `secrets.X` may stand.
    enum Secrets {
        /// Nowhere.
        case refused
        /// As it is: `{{ secrets.X }}`, alone or within text.
        case inserted
    }

    let log: ProblemLog
    let check: NameCheck
    let node: Node
    let path: DocumentPath
    let source: String
    let extraNames: [String]
    let secrets: Secrets

    /// Reports names that mean nothing; gives back the bytes of the source in which they stand.
    func check(_ references: [Reference]) -> [Range<Int>] {
        var covered: [Range<Int>] = []
        for reference in references {
            if let subtraction = subtraction(reference) {
                covered.append(subtraction.range)
                add(
                    .unknownName, reference, "`\(subtraction.root).\(subtraction.name)` is a subtraction in CEL",
                    hint: "write `\(subtraction.root)[\"\(subtraction.name)\"]`")
            }
        }
        for reference in references where !covered.contains(where: { $0.contains(reference.position.offset) }) {
            let count = log.problems.count
            check(reference)
            if log.problems.count > count {
                let start = reference.position.offset
                covered.append(start..<start + max(1, reference.length))
            }
        }
        return covered
    }

    /// Where `references` name steps.
    func stepUses(_ references: [Reference]) -> [StepUse] {
        references.filter { $0.path.first == "steps" && $0.path.count > 1 }.map {
            StepUse(id: $0.path[1], offset: offset($0), path: path)
        }
    }

    private func check(_ reference: Reference) {
        guard let root = reference.path.first else { return }
        switch root {
        case _ where extraNames.contains(root): return
        case "inputs": checkInput(reference)
        case "steps": checkStep(reference)
        case "secrets": checkSecret(reference)
        case "run", "pipeline": checkMember(reference, of: root)
        case "vars": checkVariable(reference)
        case "trigger": return
        default: unknownRoot(root, reference)
        }
    }

    private func unknownRoot(_ root: String, _ reference: Reference) {
        if let place = NameCheck.scopedNames[root] {
            add(.notAvailableHere, reference, "`\(root)` means something only \(place)", hint: nil)
            return
        }
        guard !log.isFull else { return add(.unknownName, reference, "", hint: nil) }
        if check.steps[root] != nil {
            add(.unknownName, reference, "unknown name `\(root)`", hint: "did you mean `steps.\(root).output`?")
        } else if check.inputNames.contains(root) {
            add(.unknownName, reference, "unknown name `\(root)`", hint: "did you mean `inputs.\(root)`?")
        } else {
            let known = NameCheck.roots.sorted() + extraNames
            add(
                .unknownName, reference, "unknown name `\(root)`",
                hint: Suggestion.hint(for: root, among: known) ?? "known: " + known.joined(separator: ", "))
        }
    }

    private func checkInput(_ reference: Reference) {
        guard reference.path.count > 1 else { return }
        let name = reference.path[1]
        guard !check.inputNames.contains(name) else { return }
        guard !log.isFull else { return add(.unknownName, reference, "", hint: nil) }
        let known = check.inputNames.sorted()
        add(
            .unknownName, reference, "unknown input `\(name)`",
            hint: Suggestion.hint(for: name, among: known)
                ?? (known.isEmpty ? "the document has no inputs" : "known: " + known.joined(separator: ", ")))
    }

    private func checkStep(_ reference: Reference) {
        guard reference.path.count > 1 else {
            return add(
                .unknownName, reference, "`steps` needs the id of a step, written out",
                hint: "write `steps.<id>.output`")
        }
        let id = reference.path[1]
        guard let step = check.steps[id] else {
            guard !log.isFull else { return add(.unknownStep, reference, "", hint: nil) }
            return add(
                .unknownStep, reference, "unknown step `\(id)`",
                hint: Suggestion.hint(for: id, among: check.steps.ids) ?? "no step has this id")
        }
        guard reference.path.count > 2 else {
            return
        }
        let member = reference.path[2]
        let known = ["output", "status", "error"]
        guard known.contains(member) else {
            let isResult = step.type?.result.contains { $0.name == member } ?? false
            let hint =
                isResult || step.outputs?.contains(member) == true
                ? "did you mean `steps.\(id).output.\(member)`?"
                : Suggestion.hint(for: member, among: known) ?? "known: output, status, error"
            return add(.unknownName, reference, "unknown member `\(member)` of step `\(id)`", hint: hint)
        }
    }

    private func checkMember(_ reference: Reference, of root: String) {
        guard reference.path.count > 1, let known = NameCheck.members[root] else { return }
        let name = reference.path[1]
        guard !known.contains(name) else { return }
        add(
            .unknownName, reference, "unknown name `\(root).\(name)`",
            hint: Suggestion.hint(for: name, among: known) ?? "known: " + known.joined(separator: ", "))
    }

    private func checkSecret(_ reference: Reference) {
        guard secrets == .inserted else {
            return add(
                .secretNotAllowed, reference, "a secret cannot stand here",
                hint:
                    "secrets go into the headers, query, auth or body of an api step, or into `secrets` of a code step")
        }
        guard reference.path.count == 2, DocumentName.isSecretName(reference.path[1]) else {
            return add(.secretNotAllowed, reference, "a secret is named", hint: "write `{{ secrets.NAME }}`")
        }
        guard isInserted(reference) else {
            return add(
                .secretNotAllowed, reference, "a secret can only be inserted as it is",
                hint: "write `{{ secrets.\(reference.path[1]) }}` without operators and functions")
        }
        check.stored?.secret(reference.path[1], at: offset(reference), path)
    }

    private func checkVariable(_ reference: Reference) {
        guard reference.path.count > 1, !reference.isPresenceTest else { return }
        check.stored?.variable(reference.path[1], at: offset(reference), path)
    }

    /// True when the reference fills its `{{ }}`.
    private func isInserted(_ reference: Reference) -> Bool {
        let bytes = Array(source.utf8)
        let (start, end) = (reference.position.offset, reference.position.offset + reference.length)
        guard start >= 2, end <= bytes.count, !reference.isPresenceTest else { return false }
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let before = bytes[..<start].reversed().drop(while: isSpace)
        let after = bytes[end...].drop(while: isSpace)
        return (before.starts(with: "{{".utf8) || before.starts(with: "-{{".utf8))
            && (after.starts(with: "}}".utf8) || after.starts(with: "-}}".utf8))
    }

    /// `steps.my-step`, where a step `my-step` exists: CEL reads it as `steps.my - step`.
    private func subtraction(_ reference: Reference) -> (root: String, name: String, range: Range<Int>)? {
        guard let root = reference.path.first, root == "steps" || root == "inputs", reference.path.count > 1 else {
            return nil
        }
        let start = reference.position.offset
        let rest = source.utf8.dropFirst(start)
        let prefix = "\(root)."
        guard rest.starts(with: prefix.utf8) else { return nil }
        let name = String(
            decoding: rest.dropFirst(prefix.utf8.count).prefix {
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
                    || ($0 >= 0x30 && $0 <= 0x39)
            }, as: UTF8.self)
        guard name.utf8.contains(UInt8(ascii: "-")) else { return nil }
        let isKnown = root == "steps" ? check.steps[name] != nil : check.inputNames.contains(name)
        return isKnown ? (root, name, start..<(start + prefix.utf8.count + name.utf8.count)) : nil
    }

    private func add(_ code: ProblemCode, _ reference: Reference, _ message: String, hint: String?) {
        log.add(code, at: offset(reference), path, message, hint: hint)
    }

    private func offset(_ reference: Reference) -> Int {
        ScalarPlaces(source: log.source).offset(of: reference.position, in: node)
    }
}
