import FactoryExpressions
import FactoryJSON

extension OpContext {
    /// The value with each path set; every expression sees the value as it was before the op.
    func set(_ value: JSON) throws(OpFailure) -> JSON {
        var changes: [(text: String, path: [PickPaths.Component], expression: Expression)] = []
        for (name, expression) in try namedExpressions() {
            guard let path = PickPaths.parse(name) else {
                throw .field("\"\(name)\"", "is no path", hint: "write keys with dots: user.name, files[0].path")
            }
            changes.append((name, path, expression))
        }
        return try eachObject(value) { scope, object, element throws(OpFailure) in
            var changed = object
            for (text, path, expression) in changes {
                do throws(ExpressionError) {
                    let new = try expression.json(in: scope)
                    try changed.set(new, at: path[...]).throwing { problem throws(OpFailure) in
                        throw OpFailure.input("\"\(text)\"\(element.map { " of \($0)" } ?? "") cannot be set: \(problem)")
                    }
                } catch {
                    throw .expression(error, at: element).named(text)
                }
            }
            return changed
        }
    }
}
