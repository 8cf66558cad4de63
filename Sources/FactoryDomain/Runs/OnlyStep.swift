/// The one step that a run is of, where it does not run its whole document.
public struct OnlyStep: Sendable, Hashable {
    /// Id of the step in the document.
    public var step: String
    /// The run whose outputs and inputs it got, which may be gone by now; nil where there was none and it needed none.
    public var source: ID<Run>?

    /// `step` alone, with what it got in `source`.
    public init(step: String, source: ID<Run>?) {
        self.step = step
        self.source = source
    }
}
