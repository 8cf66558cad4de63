import FactoryExpressions

/// What an expression comes to whatever a run is given.
enum ConstantFold {
    /// Functions whose result no document decides.
    private static let open: Set<String> = ["now", "succeeded", "failed", "always"]

    /// The bool that `expression` always comes to; nil when it depends on something, is no bool or has no value.
    static func bool(_ expression: Expression?) -> Bool? {
        guard let expression, isConstant(expression) else { return nil }
        return try? expression.bool(in: Scope())
    }

    /// True when the same expression, asked twice within a run, gives the same.
    static func isStable(_ expression: Expression) -> Bool { expression.calledFunctions.isDisjoint(with: open) }

    private static func isConstant(_ expression: Expression) -> Bool {
        expression.references.isEmpty && isStable(expression)
    }
}
