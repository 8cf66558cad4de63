import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactoryStore

extension ProviderDesk {
    /// Makes a real call: asks for the list of models, then one of them for a word.
    func test(_ id: String, model: String?, for caller: Principal) async throws(APIProblem) -> JSON {
        let place = try await place(id, for: caller)
        var members: JSONObject = ["models": .null]
        var listing: ModelError?
        var offered: [OfferedModel] = []
        do throws(ModelError) {
            offered = try await discover(place)
            members["models"] = .int(Int64(offered.count))
        } catch { listing = error }
        // Not every server lists its models; one that is named can be asked all the same.
        let named = model ?? offered.first { $0.capabilities?.contains(.embeddings) != true }?.name
        guard let named else {
            return failed(
                listing
                    ?? ModelError(
                        .modelNotFound, "\(place.name) lists no model that chats.", hint: "Name one as `model`."),
                members)
        }
        members["model"] = .string(named)
        do throws(ModelError) {
            let answer = try await provider(place).complete(Self.question(to: named)) { _ in }
            return .object(members.merging(Self.members(of: answer)))
        } catch { return failed(error, members) }
    }

    /// Short for models that charge, and with room for those that think first.
    private static func question(to model: String) -> ChatRequest {
        ChatRequest(model: model, messages: [ChatMessage(.user, "Answer with the word OK.")], maxTokens: 64)
    }

    private func provider(_ place: ProviderPlace) -> any ChatProvider {
        var limits = ProviderConnection.standardLimits
        (limits.firstByte, limits.idle, limits.total) = (.seconds(60), .seconds(60), .seconds(90))
        return switch place {
        case .stored(let record): directory.connect(record, limits: limits)
        case .configured(let configured): configured.provider(limits: limits, directory.outside)
        }
    }

    private func failed(_ error: ModelError, _ members: JSONObject) -> JSON {
        var members = members
        members["ok"] = false
        members["error"] = error.json
        return .object(members)
    }

    private static func members(of answer: ChatResult) -> JSONObject {
        [
            "ok": true, "text": .string(String(answer.text.prefix(500))), "answered_by": .string(answer.model),
            "finish_reason": .string(answer.finishReason.rawValue),
            "usage": [
                "input_tokens": answer.usage.map { .int(Int64($0.input)) } ?? .null,
                "output_tokens": answer.usage.map { .int(Int64($0.output)) } ?? .null,
            ],
            "latency": [
                "first_token_ms": answer.firstToken.map { .int($0.wholeMilliseconds) } ?? .null,
                "total_ms": .int(answer.total.wholeMilliseconds),
            ],
        ]
    }
}

extension JSONObject {
    fileprivate func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for (name, value) in other { merged[name] = value }
        return merged
    }
}
