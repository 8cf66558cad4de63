/// What one evaluation, or the rendering of one template, may cost.
public struct EvaluationLimits: Sendable, Hashable {
    /// Evaluation steps: one per operator, name, literal, call and element visited; work on long texts and lists
    /// counts one for a kilobyte copied, a quarter of one searched, or 32 elements.
    public var steps: Int
    /// How deep lists and maps made by an expression may stand inside each other.
    public var depth: Int
    /// Bytes of one value, as JSON text or in memory, whichever is reached first.
    public var valueBytes: Int
    /// Bytes of one rendered text.
    public var textBytes: Int

    /// 100,000 steps, depth 64, 16 MiB per value, 1 MiB per rendered text.
    public static let standard = EvaluationLimits()

    /// Limits, each with the default of ``standard``.
    public init(
        steps: Int = 100_000, depth: Int = 64, valueBytes: Int = 16 << 20, textBytes: Int = 1 << 20
    ) {
        self.steps = steps
        self.depth = depth
        self.valueBytes = valueBytes
        self.textBytes = textBytes
    }
}
