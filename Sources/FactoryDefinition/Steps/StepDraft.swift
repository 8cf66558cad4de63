import FactoryExpressions
import FactoryJSON

/// A step as it was read, before its needs are worked out.
struct StepDraft {
    /// One id in `needs`.
    struct WrittenNeed {
        var id: String
        var offset: Int
        var path: DocumentPath
    }

    var id: String
    var typeName: String
    var node: Node
    var path: DocumentPath
    var title: String?
    var description: String?
    var isEnabled = true
    /// nil where `needs` is not written.
    var writtenNeeds: [WrittenNeed]?
    var condition: Expression?
    var fields = StepFields.none
    var branches: [BranchDraft] = []
    var outputs: [NamedExpression]?
    var timeout = Duration.seconds(60)
    var retry = RetryPolicy.standard
    var onError = OnError.fail
    /// The steps whose names it uses, in the order of reading.
    var stepUses: [StepUse] = []
    /// Its expressions and templates, in the order of reading.
    var parts: [CheckedPart] = []

    /// A step of which nothing but the outline is known yet.
    init(_ outline: StepReader.Outline) {
        id = outline.id ?? ""
        typeName = outline.typeName
        node = outline.node
        path = outline.path
    }

    /// The step, with what it needs.
    func step(needs: [String]) -> Step {
        Step(
            id: id, type: typeName, title: title, description: description, isEnabled: isEnabled, needs: needs,
            condition: condition, fields: fields, branches: branches.map(\.branch), outputs: outputs, timeout: timeout,
            retry: retry, onError: onError)
    }
}
