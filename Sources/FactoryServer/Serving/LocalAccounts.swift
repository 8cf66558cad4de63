import FactoryDomain
import FactoryStore

/// The accounts of an installation that has none: the person at the machine.
struct LocalAccounts: AccountDirectory {
    func account(_ text: String) -> AccountName? {
        text == Owner.local ? AccountName(id: Owner.local, name: Owner.local) : nil
    }

    func names(of ids: Set<String>) -> [String: String] {
        ids.contains(Owner.local) ? [Owner.local: Owner.local] : [:]
    }
}
