public import FactoryJSON

/// Reads a pipeline document, YAML or JSON, and checks everything that can be checked without running it.
///
/// All problems are reported at once, each with a stable code, line and column, and a hint. Reading has no effects and
/// takes time proportional to the document; texts beyond the limits are refused at once.
public struct DocumentReader: Sendable {
    private let limits: NodeLimits
    private let maxSteps: Int
    private let models: ModelCatalogue?
    private let stored: StoredNames?
    private let foresees: Bool

    /// - Parameters:
    ///   - limits: for the text.
    ///   - maxSteps: how many steps a document may have.
    ///   - models: what is configured, to warn of models and options that are not there; nil says nothing of them.
    ///   - stored: the secrets and variables there are, to warn of others; nil says nothing of them.
    ///   - foresees: whether to look for what a run would fail in, such as wrong types. A run goes on by the document it
    ///     began with, whatever later programs see in it: its snapshot is read with false.
    public init(
        limits: NodeLimits = .document, maxSteps: Int = 10_000, models: ModelCatalogue? = nil,
        stored: StoredNames? = nil, foresees: Bool = true
    ) {
        self.limits = limits
        self.maxSteps = maxSteps
        self.models = models
        self.stored = stored
        self.foresees = foresees
    }

    /// What the UTF-8 `text` came to.
    public func read(_ text: [UInt8], as format: DocumentFormat = .detect) -> DocumentReading {
        let (source, reading) = NodeReader(limits: limits).read(text, as: format)
        let log = ProblemLog(source: source)
        for problem in reading.problems { log.add(problem) }
        guard let root = reading.root else {
            return DocumentReading(pipeline: nil, document: nil, problems: log.sorted)
        }
        let pipeline = PipelineReader(
            log: log, maxSteps: maxSteps, models: models, stored: stored, foresees: foresees
        ).read(root)
        return DocumentReading(
            pipeline: log.hasErrors ? nil : pipeline, document: root.json, problems: log.sorted)
    }

    /// What a document that is a value already came to; lines and columns are those of its compact JSON text.
    public func read(_ document: JSON) -> DocumentReading {
        read(document.serializedBytes(), as: .json)
    }
}
