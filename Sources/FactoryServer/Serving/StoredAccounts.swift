import FactoryDomain
import FactoryStore

/// The accounts of an installation by what people call them, and the person at the machine.
struct StoredAccounts: AccountDirectory {
    let store: any AccountStore

    func account(_ text: String) async throws(StoreError) -> NamedAccount? {
        if text == Owner.local { return NamedAccount(id: Owner.local, name: Owner.local) }
        var found: AccountRecord?
        if let id = ID<Account>(parsing: text) { found = try await store.account(id) }
        if found == nil { found = try await store.account(named: text.lowercased()) }
        return found.map { NamedAccount(id: $0.id.rawValue, name: $0.name) }
    }

    func names(of ids: Set<String>) async throws(StoreError) -> [String: String] {
        var names: [String: String] = [:]
        for text in ids {
            if text == Owner.local { names[text] = Owner.local }
            if let id = ID<Account>(parsing: text) { names[text] = try await store.account(id)?.name }
        }
        return names
    }
}
