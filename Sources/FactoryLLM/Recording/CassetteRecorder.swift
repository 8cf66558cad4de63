import Synchronization

/// Keeps every answered call of the providers it is put before.
public final class CassetteRecorder: Sendable {
    private let tape = Mutex(Cassette())

    /// A recorder with nothing on it.
    public init() {}

    /// What was recorded so far.
    public var cassette: Cassette { tape.withLock { $0 } }

    /// `target`, with what it answers kept.
    ///
    /// - Parameters:
    ///   - name: the name under which the document asks for the model.
    ///   - conceal: takes secrets out of text before it is kept.
    public func recording(
        _ target: ModelRouter.Target, as name: String, at place: CallPlace,
        conceal: @escaping @Sendable (String) -> String
    ) -> ModelRouter.Target {
        var features = target.provider.features
        // Replayed, the question must be the same, wherever the limit came from when it was asked.
        if features.neededTokenLimit != nil, let limit = target.facts.outputLimit { features.neededTokenLimit = limit }
        let model = Cassette.Model(provider: target.provider.name, name: target.model, features: features)
        return ModelRouter.Target(
            provider: RecordingProvider(inner: target.provider, conceal: conceal) { [self] request, result, pieces in
                let call = RecordedCall(
                    RecordedQuestion(request, to: name, conceal: conceal), at: place, result, pieces: pieces,
                    conceal: conceal)
                tape.withLock { tape in
                    tape.models[name] = model
                    tape.calls.append(call)
                }
            }, model: target.model, facts: target.facts)
    }
}

/// A provider whose answers are kept as they come. A call that failed is not: when the recording is played, nothing
/// fails that only failed then.
private struct RecordingProvider: ChatProvider {
    let inner: any ChatProvider
    let conceal: @Sendable (String) -> String
    let keep: @Sendable (ChatRequest, ChatResult, _ pieces: [String]) -> Void

    init(
        inner: any ChatProvider, conceal: @escaping @Sendable (String) -> String,
        keep: @escaping @Sendable (ChatRequest, ChatResult, _ pieces: [String]) -> Void
    ) {
        self.inner = inner
        self.conceal = conceal
        self.keep = keep
    }

    var name: String { inner.name }
    var features: ProviderFeatures { inner.features }

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        let pieces = Pieces()
        let result = try await inner.complete(request) { piece in
            pieces.add(piece)
            onText(piece)
        }
        keep(request, result, pieces.all)
        return result
    }

    func models() async throws(ModelError) -> [OfferedModel] { try await inner.models() }
}

private final class Pieces: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func add(_ piece: String) { list.withLock { $0.append(piece) } }
}
