/// A provider whose calls are noted, and whose key does not come back in its own words.
public struct ObservedProvider: ChatProvider {
    private let provider: any ChatProvider
    private let key: String?
    private let place: String
    private let health: ModelHealth

    /// - Parameters:
    ///   - place: what its calls are noted under: `place/model`.
    ///   - key: what is taken out of its errors.
    public init(_ provider: any ChatProvider, place: String, key: String?, health: ModelHealth) {
        self.provider = provider
        self.place = place
        self.key = key
        self.health = health
    }

    /// The name it was configured under.
    public var name: String { provider.name }

    /// What its models take.
    public var features: ProviderFeatures { provider.features }

    /// Asks a model and notes how that went.
    public func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        do throws(ModelError) {
            let result = try await provider.complete(request, onText: onText)
            health.note(.success(result), of: "\(place)/\(request.model)")
            return result
        } catch {
            let error = error.without(key)
            health.note(.failure(error), of: "\(place)/\(request.model)")
            throw error
        }
    }

    /// The models it offers.
    public func models() async throws(ModelError) -> [OfferedModel] {
        do throws(ModelError) { return try await provider.models() } catch { throw error.without(key) }
    }
}

extension ModelError {
    /// This error with `key` taken out of its words.
    fileprivate func without(_ key: String?) -> ModelError {
        guard let key, key.utf8.count >= 6, message.contains(key) else { return self }
        var error = self
        error.message = message.split(separator: key, omittingEmptySubsequences: false).joined(separator: "[redacted]")
        return error
    }
}
