/// Answers from a recording, and asks nobody.
public struct CassettePlayer: Sendable {
    private let cassette: Cassette
    private let callsByKey: [String: [RecordedCall]]

    /// A player of `cassette`.
    public init(_ cassette: Cassette) {
        self.cassette = cassette
        callsByKey = Dictionary(grouping: cassette.calls, by: \.key)
    }

    /// Who answers for the model `name`, at this place of a run, with what was recorded.
    ///
    /// - Throws: ``ModelError/Code/notRecorded`` where no call to a model of this name was recorded.
    public func target(
        for name: String, at place: CallPlace, conceal: @escaping @Sendable (String) -> String
    ) throws(ModelError) -> ModelRouter.Target {
        guard let model = cassette.models[name] else {
            let known = cassette.models.keys.sorted().joined(separator: ", ")
            throw .notRecorded(
                "The recording has no call to the model \(name), which the step \(place.step) asks"
                    + (known.isEmpty ? "; it is empty." : "; it has calls to \(known)."))
        }
        let provider = RecordedProvider(name: model.provider, features: model.features) { request throws(ModelError) in
            try call(RecordedQuestion(request, to: name, conceal: conceal), at: place)
        }
        return ModelRouter.Target(provider: provider, model: model.name, facts: ModelRouter.Facts())
    }

    /// The call that asked the same; of several the one of this step and of this attempt, or of the last before it.
    private func call(_ question: RecordedQuestion, at place: CallPlace) throws(ModelError) -> RecordedCall {
        let same = callsByKey[question.key] ?? []
        let ofStep = same.filter { $0.place.step == place.step }
        let candidates = ofStep.isEmpty ? same : ofStep
        if let call = candidates.last(where: { $0.place.attempt <= place.attempt }) ?? candidates.first { return call }
        throw missing(question, at: place)
    }

    private func missing(_ question: RecordedQuestion, at place: CallPlace) -> ModelError {
        var message = "The recording has no answer to what the step \(place.step) asks (“\(question.gist)”)"
        let nearest = cassette.calls.first { $0.place.step == place.step && $0.question.model == question.model }
        if let difference = nearest.flatMap({ question.difference(from: $0.question) }) {
            message += ": the question \(difference) from the one that was recorded"
        }
        return .notRecorded(message + ".")
    }
}

extension ModelError {
    fileprivate static func notRecorded(_ message: String) -> ModelError {
        ModelError(
            .notRecorded, message,
            hint: "A recorded answer is given to exactly what was asked then. Run without the recording to ask a "
                + "model, or record anew: factory run FILE --record FILE.")
    }
}

/// The recorded side of a provider.
private struct RecordedProvider: ChatProvider {
    let name: String
    let features: ProviderFeatures
    let call: @Sendable (ChatRequest) throws(ModelError) -> RecordedCall

    init(
        name: String, features: ProviderFeatures,
        call: @escaping @Sendable (ChatRequest) throws(ModelError) -> RecordedCall
    ) {
        self.name = name
        self.features = features
        self.call = call
    }

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        let call = try call(request)
        for piece in call.pieces { onText(piece) }
        return call.result
    }

    func models() async throws(ModelError) -> [OfferedModel] { [] }
}
