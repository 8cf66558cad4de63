import FactoryJSON

/// Walks a document and refuses every literal that looks like a key.
struct SecretLiteralCheck {
    let log: ProblemLog
    /// Where the walk is; kept as one value because documents have many nodes and few keys.
    private var path = DocumentPath.root

    init(log: ProblemLog) {
        self.log = log
    }

    mutating func check(_ node: Node) {
        switch node.content {
        case .scalar(.string(let text), _):
            let kind = SecretLiterals.holdsPrivateKey(text) ? "a private key" : SecretLiterals.kind(in: text)
            guard let kind else { return }
            log.add(
                .secretLiteral, at: node, path, "this looks like \(kind), which a document must not hold",
                hint: "store it as a secret and write {{ secrets.NAME }} here; `factory run` takes it with "
                    + "--secret NAME=@file. Replace the key if the document was shared")
        case .scalar: return
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                path.enter(.index(index))
                check(element)
                path.leave()
            }
        case .mapping(let members):
            for member in members {
                path.enter(.key(member.key))
                check(member.value)
                path.leave()
            }
        }
    }
}
