import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryJSON
import FactoryLLM
import FactoryNetwork
import FactorySecrets
import FactoryStore

extension ProviderDesk {
    func add(
        _ draft: ProviderDraft, as id: ID<ProviderRecord>, for caller: Principal
    ) async throws(APIProblem) -> JSON {
        guard let name = draft.name else { throw .unusable("name", "is missing") }
        guard let kind = draft.kind else { throw .unusable("kind", "is missing; it is one of \(Self.kinds)") }
        guard let baseURL = draft.baseURL else { throw .unusable("base_url", "is missing") }
        if draft.isForAll, caller.role != .admin { throw .forAdmins }
        let moment = now()
        var record = ProviderRecord(
            id: id, owner: draft.isForAll ? nil : caller.owner, name: name, kind: kind, baseURL: baseURL,
            createdBy: caller.name, createdAt: moment, updatedAt: moment)
        // Made by the same request before, whose answer was lost on its way.
        if let known = try await known(id) { return try await shown(.stored(known), for: caller) }
        try await checkName(name, isForAll: draft.isForAll, for: caller)
        let url = try Self.url(baseURL, kind: kind)
        record.admission = try admission(url, asked: draft.admits, for: caller)
        let keyID = try await seal(draft.key, into: &record)
        let new = record
        try await stored { store throws(StoreError) in
            try await store.create(new, keyID: keyID)
            try await directory.changed()
        }
        _ = try? await discover(.stored(new))
        return try await shown(.stored(new), for: caller)
    }

    func change(
        _ id: String, _ draft: ProviderDraft, for caller: Principal
    ) async throws(APIProblem) -> JSON {
        let old = try await editable(id, for: caller)
        var record = old
        if let name = draft.name, name != old.name {
            try await checkName(name, isForAll: old.owner == nil, for: caller)
            record.name = name
        }
        if let kind = draft.kind { record.kind = kind }
        if let baseURL = draft.baseURL { record.baseURL = baseURL }
        let url = try Self.url(record.baseURL, kind: record.kind)
        let moved = (try? OutboundURL(parsing: old.baseURL))?.hasSameOrigin(as: url) != true
        if moved, old.sealedKey != nil, draft.key == .keep {
            // Whoever could change the address alone could have the key sent to it.
            throw .unusable("key", "must be given again when base_url leads to another server")
        }
        if moved || draft.admits { record.admission = try admission(url, asked: draft.admits, for: caller) }
        record.updatedAt = now()
        let keyID = try await seal(draft.key, into: &record)
        let new = record
        try await stored { store throws(StoreError) in
            try await store.replace(new, keyVersion: old.keyVersion, keyID: keyID)
            try await directory.changed()
        }
        if moved || record.kind != old.kind {
            directory.outside.health.forget(modelsWithPrefix: "\(id)/")
            _ = try? await discover(.stored(new))
        }
        return try await shown(.stored(new), for: caller)
    }

    func remove(_ id: String, for caller: Principal) async throws(APIProblem) {
        let record = try await editable(id, for: caller)
        try await stored { store throws(StoreError) in
            try await store.removeProvider(record.id)
            try await directory.changed()
        }
        directory.outside.health.forget(modelsWithPrefix: "\(id)/")
    }

    static var kinds: String { ProviderKind.allCases.map(\.rawValue).joined(separator: ", ") }

    private func known(_ id: ID<ProviderRecord>) async throws(APIProblem) -> ProviderRecord? {
        do throws(StoreError) { return try await store.provider(id) } catch {
            guard case .notFound = error else { throw APIProblem(.unavailable, "the store is out of reach") }
            return nil
        }
    }

    private func checkName(_ name: String, isForAll: Bool, for caller: Principal) async throws(APIProblem) {
        guard Self.isName(name) else {
            throw .unusable("name", "must be 1 to 64 lower-case letters, digits, `-`, `_` and `.`, a letter first")
        }
        // For all, it would hide what the operator configured.
        if isForAll, directory.outside.configured.contains(where: { $0.configuration.name == name }) {
            throw APIProblem(
                .nameTaken, "the configuration of this server has a provider named \(name)",
                hint: "choose another name")
        }
        let owner = isForAll ? nil : caller.owner
        let all = try await stored { store throws(StoreError) in try await store.providers(for: caller.owner) }
        guard all.count(where: { $0.owner == owner }) < Self.maxProviders else {
            throw APIProblem(.conflict, "there are \(Self.maxProviders) providers already, the most there may be")
        }
    }

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.first.map { (97...122).contains($0) } == true
            && name.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (48...57).contains(byte) || "-_.".utf8.contains(byte)
            }
    }

    static func url(_ text: String, kind: String) throws(APIProblem) -> OutboundURL {
        guard ProviderKind(rawValue: kind) != nil else {
            throw .unusable("kind", "\"\(kind.prefix(40))\" is none of \(kinds)")
        }
        let url: OutboundURL
        do throws(URLProblem) { url = try OutboundURL(parsing: text) } catch {
            throw .unusable("base_url", "cannot be used: \(error.message)", hint: error.hint)
        }
        guard !url.target.contains("?") else { throw .unusable("base_url", "must not have a query") }
        return url
    }

    /// Whether the endpoint of `url` has to be opened for it. Only admins, who are the operators, can do so.
    private func admission(
        _ url: OutboundURL, asked: Bool, for caller: Principal
    ) throws(APIProblem) -> ProviderRecord.Admission? {
        let isOpen = directory.outside.egress.policy.mayAdmit(url)
        guard asked || !isOpen else { return nil }
        guard caller.role == .admin, caller.scopes.contains(.admin) else {
            if isOpen { throw APIProblem(.forbidden, "endpoints are opened by admins") }
            throw APIProblem(
                .forbidden, "\(url.authority) is not open to this server: it is no public address on port 80 or 443",
                hint: "an admin can add this provider, which opens its address")
        }
        return ProviderRecord.Admission(by: caller.name, at: now())
    }

    /// - Returns: the id of the master key that a new key is sealed with.
    private func seal(_ key: ProviderDraft.Key, into record: inout ProviderRecord) async throws(APIProblem) -> String? {
        switch key {
        case .keep: return nil
        case .remove:
            record.sealedKey = nil
            record.keyVersion += 1
            return nil
        case .set(let text):
            record.keyVersion += 1
            let bound = record
            do throws(SecretError) {
                let (sealed, keyID) = try await directory.keys.seal(text, for: bound)
                record.sealedKey = sealed
                return keyID
            } catch {
                // What is wrong may name a path of the host.
                throw APIProblem(
                    .masterKeyUnavailable, "the key cannot be kept: this server's master key cannot be used",
                    hint: "`factory doctor` on the server's machine says why")
            }
        }
    }
}
