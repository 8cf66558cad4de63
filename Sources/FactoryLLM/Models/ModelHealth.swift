import Synchronization

/// How the latest calls of models went, as this process saw them. Nothing is asked only to know it.
public final class ModelHealth: Sendable {
    /// What is known of one model, or of one provider.
    public struct Report: Sendable, Hashable {
        /// Calls that are counted, the latest ``ModelHealth/window`` at most.
        public var calls: Int
        /// Those of them that failed through the provider or the way to it.
        public var failures: Int
        /// Why the latest call failed; nil where it did not.
        public var lastError: ModelError?
        /// Milliseconds since 1970 at which the latest call ended.
        public var lastCallAt: Int64
        /// Median from the request to the first text; nil where no call came in pieces.
        public var medianFirstToken: Duration?
        /// Median from the request to the end, of calls that succeeded; nil where none did.
        public var medianTotal: Duration?
        /// Median of tokens generated for each second after the first text; nil where that could not be measured.
        public var medianTokensPerSecond: Double?
    }

    /// How many calls of a model are looked at.
    public static let window = 100

    private struct Call: Sendable {
        var result: Result<ChatResult, ModelError>
        var endedAt: Int64
    }

    private let calls = Mutex<[String: [Call]]>([:])
    private let now: @Sendable () -> Int64

    /// - Parameter now: milliseconds since 1970.
    public init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// Notes how a call of `model` went. One that was cancelled says nothing.
    public func note(_ result: Result<ChatResult, ModelError>, of model: String) {
        if case .failure(let error) = result, error.code == .cancelled { return }
        let call = Call(result: result.map { $0.withoutText() }, endedAt: now())
        calls.withLock { calls in
            calls[model, default: []].append(call)
            if calls[model]?.count ?? 0 > Self.window { calls[model]?.removeFirst() }
        }
    }

    /// What is known of `model`; nil where it was not called since this process began.
    public func report(of model: String) -> Report? { Self.report(calls.withLock { $0[model] ?? [] }) }

    /// What is known of all models together whose names begin with `prefix`.
    public func report(ofModelsWithPrefix prefix: String) -> Report? {
        let all = calls.withLock { calls in calls.filter { $0.key.hasPrefix(prefix) }.flatMap(\.value) }
        return Self.report(all.sorted { $0.endedAt < $1.endedAt })
    }

    private static func report(_ calls: [Call]) -> Report? {
        guard let last = calls.last else { return nil }
        let answers = calls.compactMap { try? $0.result.get() }
        let failures = calls.compactMap { call in
            if case .failure(let error) = call.result { error } else { nil }
        }
        var lastError: ModelError?
        if case .failure(let error) = last.result { lastError = error }
        return Report(
            calls: calls.count, failures: failures.count { $0.code.isProvidersFault }, lastError: lastError,
            lastCallAt: last.endedAt, medianFirstToken: median(answers.compactMap(\.firstToken)),
            medianTotal: median(answers.map(\.total)),
            medianTokensPerSecond: median(answers.compactMap(\.tokensPerSecond)))
    }

    /// Forgets what is known of models whose name begins with `prefix`.
    public func forget(modelsWithPrefix prefix: String) {
        calls.withLock { calls in calls = calls.filter { !$0.key.hasPrefix(prefix) } }
    }

    private static func median<Value: Comparable>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
}

extension ModelError.Code {
    /// False for what the request itself is to blame for.
    fileprivate var isProvidersFault: Bool {
        switch self {
        case .contextLength, .badRequest, .cancelled: false
        default: true
        }
    }
}

extension ChatResult {
    fileprivate func withoutText() -> ChatResult {
        var result = self
        result.text = ""
        return result
    }

    fileprivate var tokensPerSecond: Double? {
        guard let firstToken, let output = usage?.output, output > 1 else { return nil }
        let seconds = (total - firstToken) / .seconds(1)
        return seconds > 0 ? Double(output - 1) / seconds : nil
    }
}
