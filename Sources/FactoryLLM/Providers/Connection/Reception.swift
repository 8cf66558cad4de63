import FactoryJSON
import FactoryNetwork
import Synchronization

/// Collects an answer while it comes, whether in pieces or whole.
final class Reception<Stream: AnswerStream>: Sendable {
    private struct State {
        var stream = Stream()
        var whole: [UInt8] = []
        var firstToken: Duration?
        var failure: ModelError?
    }

    private let state = Mutex(State())
    private let asked: String
    private let provider: String
    private let onText: @Sendable (String) -> Void
    private let start: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        asked: String, provider: String, onText: @escaping @Sendable (String) -> Void,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.asked = asked
        self.provider = provider
        self.onText = onText
        self.now = now
        start = now()
    }

    /// What was wrong with the stream itself; says more than the end of the connection that follows from it.
    var failure: ModelError? { state.withLock { $0.failure } }

    func take(_ bytes: [UInt8], _ head: ResponseHead) -> StreamDemand {
        guard isStream(head) else {
            state.withLock { $0.whole.append(contentsOf: bytes) }
            return .more
        }
        let (text, demand) = state.withLock { state -> (String, StreamDemand) in
            do throws(ModelError) {
                let text = try state.stream.take(bytes, provider: provider)
                if !text.isEmpty, state.firstToken == nil { state.firstToken = start.duration(to: now()) }
                return (text, state.stream.isComplete ? .enough : .more)
            } catch {
                state.failure = error
                return ("", .enough)
            }
        }
        if !text.isEmpty { onText(text) }
        return demand
    }

    /// The answer, when all of it came.
    ///
    /// - Throws: what the provider said instead; also when a stream ended before its terminal event, since what came
    ///   is then cut, not short.
    func result(_ head: ResponseHead) throws(ModelError) -> ChatResult {
        let (stream, whole, firstToken, failure) = state.withLock { ($0.stream, $0.whole, $0.firstToken, $0.failure) }
        if let failure { throw failure }
        guard (200...299).contains(head.status) else { throw ProviderErrors.error(head, whole, provider: provider) }
        guard isStream(head) else {
            let answer = try wholeAnswer(whole)
            if !answer.text.isEmpty { onText(answer.text) }
            return result(answer, firstToken: nil)
        }
        guard stream.isComplete else {
            throw ModelError(
                .serverError, "\(provider) broke off its answer after \(stream.answer.text.count) characters.",
                hint: "Try again; with `retry` on the step it does so by itself.")
        }
        return result(stream.answer, firstToken: firstToken)
    }

    private func wholeAnswer(_ bytes: [UInt8]) throws(ModelError) -> Answer {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch {
            throw ModelError(.protocolError, "\(provider)'s answer is not JSON: \(error.message).")
        }
        if let error = json["error"], !error.isNull {
            throw ProviderErrors.error(status: nil, error, provider: provider, retryAfter: nil)
        }
        return try Stream.answer(in: json, provider: provider)
    }

    private func result(_ answer: Answer, firstToken: Duration?) -> ChatResult {
        ChatResult(
            text: answer.text, model: answer.model ?? asked, finishReason: answer.finishReason ?? .other,
            usage: answer.usage, firstToken: firstToken, total: start.duration(to: now()))
    }

    private func isStream(_ head: ResponseHead) -> Bool {
        (200...299).contains(head.status)
            && (head.headers["Content-Type"]?.lowercased().hasPrefix(Stream.mediaType) ?? false)
    }
}
