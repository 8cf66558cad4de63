import FactoryAPI
import FactoryJSON
import FactorySecrets
import FactoryStore

extension APIRequest {
    /// The secret or variable that the path names, in the environment of the query or, for a change, of the body.
    func valueKey(_ members: JSONObject? = nil) throws(APIProblem) -> ValueKey {
        var environment = query("environment")
        if let members { environment = try text("environment", of: members) }
        do throws(SecretError) {
            try ValueRules.checkName(parameter("name"))
            if let environment { try ValueRules.checkEnvironment(environment) }
        } catch { throw APIProblem(error) }
        return ValueKey(owner: owner, environment: environment, name: parameter("name"))
    }

    /// Which values a list shows: those of one environment where the query names it; empty for those of none.
    func valueScope() throws(APIProblem) -> ValueScope {
        guard let name = query("environment") else { return .all }
        guard !name.isEmpty else { return .environment(nil) }
        do throws(SecretError) { try ValueRules.checkEnvironment(name) } catch { throw APIProblem(error) }
        return .environment(name)
    }

    /// The text under `name`; nil where there is none, or null.
    func text(_ name: String, of members: JSONObject) throws(APIProblem) -> String? {
        switch members[name] {
        case nil, .null: return nil
        case .string(let text): return text
        // The value itself is not repeated: it may be a secret.
        case let other?: throw .invalid(field: name, "must be text, not a \(other.kindName)")
        }
    }

    /// The version that has to be there for a change of what has `current` now: 0 for none, nil for any.
    func expectedVersion(_ current: Int64?) throws(APIProblem) -> Int64? {
        if header("If-None-Match")?.trimmingBlanks() == "*" {
            guard current == nil else {
                throw APIProblem(.preconditionFailed, "it is there already", headers: Self.tag(current))
            }
            return 0
        }
        guard let match = match() else { return nil }
        guard let current, match.matches(EntityTag(revision: current)) else {
            throw APIProblem(
                .preconditionFailed, "it was changed meanwhile", hint: "look at what is there now",
                headers: Self.tag(current))
        }
        return current
    }

    /// The header that tells a version.
    static func tag(_ version: Int64?) -> [(name: String, value: String)] {
        version.map { [(name: "ETag", value: EntityTag(revision: $0).description)] } ?? []
    }

    /// One page of what a list has in all, ordered by `key`: a name, and what tells those of the same name apart.
    func page<Item>(
        _ items: [Item], key: (Item) -> (name: String, place: String), json: (Item) -> JSON
    ) throws(APIProblem) -> Reply {
        let limit = try limit()
        var rest = items[...]
        if let cursor = query("cursor") {
            guard let value = Cursor.value(cursor), let name = value["name"]?.stringValue,
                let place = value["place"]?.stringValue
            else { throw .invalid(parameter: "cursor", "is none that this list gave") }
            rest = items[(items.firstIndex { key($0) > (name, place) } ?? items.endIndex)...]
        }
        let shown = rest.prefix(limit)
        let last = shown.count < rest.count ? shown.last.map(key) : nil
        return .json([
            "items": .array(shown.map(json)),
            "next_cursor": last.map { .string(Cursor.text(["name": .string($0.name), "place": .string($0.place)])) }
                ?? .null,
            "total": .int(Int64(items.count)),
        ])
    }
}

extension API {
    /// What keepers of values give, or the problem that their error is.
    func kept<Value: Sendable>(
        _ body: () async throws(SecretError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(SecretError) { return try await body() } catch { throw APIProblem(error) }
    }
}

extension APIProblem {
    /// What an error about secrets and variables means to a client.
    init(_ error: SecretError) {
        switch error {
        case .store(.notFound(kind: "environment", let name)):
            self = .invalid(field: "environment", "names no environment of yours: \(name.prefix(80))")
            hint = "PUT /api/v1/environments/\(name.prefix(80)) makes it"
        case .store(let error): self.init(error)
        case .invalid(let field, let message, let hint):
            self = .invalid(field: field, message)
            self.hint = hint
            for place in errors.indices { errors[place].hint = hint }
        case .missingKey:
            self.init(
                .masterKeyUnavailable, error.description,
                hint: "who runs the server has to put the key back; if it is lost, remove the secrets and set them anew"
            )
        // The place of the key is a path of the host: the log and `factory doctor` tell it.
        case .unusableKey, .noNextKey:
            self.init(
                .masterKeyUnavailable, "the server's master key cannot be used",
                hint: "`factory doctor` on the server says why")
        case .damaged: self.init(.conflict, error.description, hint: error.hint)
        }
    }
}
