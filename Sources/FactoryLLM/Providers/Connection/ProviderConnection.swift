import FactoryJSON
public import FactoryNetwork

/// How a provider is reached, whatever it speaks: its address, its key's header, and the limits of a call.
public struct ProviderConnection: Sendable {
    /// The name it was configured under.
    public let name: String
    /// Where its API begins.
    public let baseURL: OutboundURL
    let egress: Egress
    let limits: EgressLimits
    let now: @Sendable () -> ContinuousClock.Instant

    /// The provider `name` at `baseURL`.
    ///
    /// - Parameters:
    ///   - limits: of each call; the step's own time-out comes on top.
    ///   - now: reads a monotonic clock, for latencies.
    public init(
        name: String, baseURL: OutboundURL, egress: Egress, limits: EgressLimits = Self.standardLimits,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.name = name
        self.baseURL = baseURL
        self.egress = egress
        self.limits = limits
        self.now = now
    }

    /// A model may think for long before its first word: 10 min to the first byte and between pieces, 2 h in all; 32 MiB
    /// either way.
    public static let standardLimits = EgressLimits(
        firstByte: .seconds(600), total: .seconds(7_200), idle: .seconds(600), responseBytes: 32 << 20,
        requestBytes: 32 << 20)

    /// Sends a conversation and reads the answer as `Stream` says.
    func ask<Stream: AnswerStream>(
        _ path: String, _ body: JSON, headers: HeaderFields, model: String, reading: Stream.Type,
        onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        let reception = Reception<Stream>(asked: model, provider: name, onText: onText, now: now)
        let request = OutboundRequest(
            .post, try url(path), headers: headers, body: body.serializedBytes(), limits: limits)
        let head: ResponseHead
        do {
            head = try await egress.stream(request) { head, bytes in reception.take(bytes, head) }
        } catch {
            throw reception.failure ?? ModelError(error, provider: name)
        }
        return try reception.result(head)
    }

    /// Reads a JSON document from the provider, with `body` as a POST.
    ///
    /// These calls are short: they have the standard limits where the provider's own are longer.
    func fetch(
        _ path: String, query: [(name: String, value: String)] = [], body: JSON? = nil, headers: HeaderFields
    ) async throws(ModelError) -> JSON {
        var limits = EgressLimits.standard
        limits.firstByte = min(limits.firstByte, self.limits.firstByte)
        let response: InboundResponse
        do {
            response = try await egress.send(
                OutboundRequest(
                    body == nil ? .get : .post, try url(path).addingQuery(query), headers: headers,
                    body: body?.serializedBytes(), limits: limits))
        } catch let error as EgressError {
            throw ModelError(error, provider: name)
        } catch let error as ModelError {
            throw error
        } catch {
            throw ModelError(.network, "\(name): \(error)")
        }
        guard response.status == 200 else {
            throw ProviderErrors.error(response.head, response.body, provider: name)
        }
        guard let json = try? JSON(parsing: response.body) else {
            throw ModelError(
                .protocolError, "\(name)'s answer from \(path) is not JSON.",
                hint: "Check the base URL, and which kind of provider answers there.")
        }
        return json
    }

    private func url(_ path: String) throws(ModelError) -> OutboundURL {
        do throws(URLProblem) { return try baseURL.appendingPath(path) } catch {
            throw ModelError(.badRequest, "\(name): \(error.message)", hint: error.hint)
        }
    }
}
