import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryLLM
import FactoryStore

/// A provider wherever it comes from.
enum ProviderPlace: Sendable {
    case stored(ProviderRecord)
    case configured(ConfiguredProvider)

    /// What its models and calls are kept under, and what requests name it by.
    var id: String {
        switch self {
        case .stored(let record): record.id.rawValue
        case .configured(let provider): provider.place
        }
    }

    var name: String {
        switch self {
        case .stored(let record): record.name
        case .configured(let provider): provider.configuration.name
        }
    }

    var baseURL: String {
        switch self {
        case .stored(let record): record.baseURL
        case .configured(let provider): provider.configuration.baseURL
        }
    }

    /// `own`, `all` or `configuration`.
    private var scope: String {
        switch self {
        case .stored(let record): record.owner == nil ? "all" : "own"
        case .configured: "configuration"
        }
    }

    /// True where `caller` may change it and what is known of its models.
    func isEditable(by caller: Principal) -> Bool {
        switch self {
        case .stored(let record): record.owner == caller.owner || caller.role == .admin
        case .configured: false
        }
    }

    /// The form that the API shows. Keys are never part of it.
    func json(models: Int, health: ModelHealth, for caller: Principal) -> JSON {
        var object: JSONObject = [
            "id": .string(id), "name": .string(name), "scope": .string(scope),
            "editable": .bool(isEditable(by: caller)), "base_url": .string(baseURL),
        ]
        switch self {
        case .stored(let record):
            object["kind"] = .string(record.kind)
            object["has_key"] = .bool(record.sealedKey != nil)
            object["admitted"] =
                record.admission.map { ["by": .string($0.by), "at": .string($0.at.description)] } ?? .null
            object["created_by"] = .string(record.createdBy)
            object["created_at"] = .string(record.createdAt.description)
            object["updated_at"] = .string(record.updatedAt.description)
        case .configured(let provider):
            object["kind"] = .string(provider.configuration.kind.rawValue)
            object["has_key"] = .bool(provider.configuration.apiKey != nil)
            object["admitted"] = .null
            object["created_by"] = .null
            object["created_at"] = .null
            object["updated_at"] = .null
        }
        object["models"] = .int(Int64(models))
        object["health"] = health.report(ofModelsWithPrefix: "\(id)/")?.json ?? .null
        return .object(object)
    }
}

extension ModelHealth.Report {
    /// The form that the API shows.
    var json: JSON {
        [
            "calls": .int(Int64(calls)), "failures": .int(Int64(failures)),
            "last_call_at": .string(Timestamp(milliseconds: lastCallAt).description),
            "last_error": lastError?.json ?? .null,
            "first_token_ms": medianFirstToken.map { .int($0.wholeMilliseconds) } ?? .null,
            "total_ms": medianTotal.map { .int($0.wholeMilliseconds) } ?? .null,
            "tokens_per_second": medianTokensPerSecond.map { .double(($0 * 10).rounded() / 10) } ?? .null,
        ]
    }
}
