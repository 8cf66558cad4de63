/// What an evaluation may still spend.
struct Fuel {
    let limits: EvaluationLimits
    private var steps: Int

    init(_ limits: EvaluationLimits) {
        self.limits = limits
        steps = limits.steps
    }

    /// Spends `count` steps.
    @inline(__always)
    mutating func spend(_ count: Int = 1, at span: Span) throws(Failure) {
        steps -= count
        if steps < 0 { throw exhausted(at: span) }
    }

    /// Spends what looking at every one of `count` bytes of a text costs.
    mutating func spend(text count: Int, at span: Span) throws(Failure) {
        try spend(count >> 8, at: span)
    }

    /// Spends what copying `count` bytes costs.
    mutating func spend(bytes count: Int, at span: Span) throws(Failure) {
        try spend(count >> 10, at: span)
    }

    /// Spends what copying `count` elements costs.
    mutating func spend(elements count: Int, at span: Span) throws(Failure) {
        try spend(count >> 5, at: span)
    }

    /// Steps that are left, for work that counts on its own.
    var left: Int { max(0, steps) }

    /// Checks the size of a value before it is made.
    func check(bytes count: Int, at span: Span) throws(Failure) {
        guard count <= limits.valueBytes else { throw tooLarge(at: span) }
    }

    /// Checks the size and depth of a list or map that was made from parts that exist.
    func check(_ value: Value, at span: Span) throws(Failure) {
        guard value.weight <= limits.valueBytes else { throw tooLarge(at: span) }
        guard value.depth <= limits.depth else {
            throw Failure(.tooDeep, "the value is nested deeper than \(limits.depth) levels", at: span)
        }
    }

    private func exhausted(at span: Span) -> Failure {
        Failure(
            .tooManySteps, "the evaluation takes more than \(limits.steps) steps", at: span,
            hint: .text("work on less at once, or do it in a code step"))
    }

    func tooLarge(at span: Span) -> Failure {
        Failure(.tooLarge, "a value would be larger than \(limits.valueBytes) bytes", at: span)
    }
}
