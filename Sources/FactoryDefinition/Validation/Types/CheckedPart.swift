import FactoryExpressions

/// An expression or template of a document, kept until its types can be checked: once the order of steps is known.
struct CheckedPart {
    enum Content {
        case expression(Expression)
        case template(Template)
    }

    let content: Content
    let node: Node
    let path: DocumentPath
    /// How messages call the field.
    let what: String
    /// What the field takes.
    let type: ValueType
    /// Bytes of the text in which a name was found wrong already.
    let reported: [Range<Int>]
}
