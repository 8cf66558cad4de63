import FactoryExpressions
import FactoryJSON

/// Reads `outputs`, of a step or of the document: names and the CEL that gives their values.
struct OutputsReader {
    let log: ProblemLog
    let names: NameCheck

    func read(
        _ node: Node, _ path: DocumentPath, extraNames: [String], uses: inout NameUses
    ) -> [NamedExpression]? {
        guard let members = log.object(node, path, "`outputs`") else { return nil }
        var outputs: [NamedExpression] = []
        for member in members {
            let place = path + member.key
            guard DocumentName.isFieldName(member.key) else {
                log.add(
                    .invalidName, at: member.keyRange.lowerBound, place,
                    "`\(member.key.prefix(80))` is no name of an output",
                    hint: "a name has letters, digits, `_` and `-`, and begins with a letter")
                continue
            }
            let expression = names.expression(
                member.value, place, what: "`outputs.\(member.key)`", extraNames: extraNames, uses: &uses)
            if let expression { outputs.append(NamedExpression(name: member.key, expression: expression)) }
        }
        return outputs
    }
}
