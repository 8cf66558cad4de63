import FactoryAccess
import FactoryDomain
import FactoryJSON

extension AccountRecord {
    /// As the account's owner and admins see it.
    var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "email": email.map(JSON.string) ?? .null,
            "role": .string(role.rawValue), "has_password": .bool(password != nil),
            "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
            "disabled_at": disabledAt.map { .string($0.description) } ?? .null,
        ]
    }
}

extension SessionRecord {
    /// As the account's owner sees it.
    func json(isCurrent: Bool) -> JSON {
        let idle = usedAt.adding(SessionPolicy.idle)
        let absolute = createdAt.adding(SessionPolicy.absolute)
        return [
            "id": .string(id.rawValue), "created_at": .string(createdAt.description),
            "used_at": .string(usedAt.description), "expires_at": .string(min(idle, absolute).description),
            "client": .string(client), "address": .string(address), "current": .bool(isCurrent),
        ]
    }
}

extension AccessKeyRecord {
    /// As the key's owner and admins see it.
    var json: JSON {
        [
            "id": .string(id.rawValue), "account": .string(account.rawValue), "name": .string(name),
            "scopes": .array(scopes.map(JSON.string)),
            "pipelines": pipelines.map { .array($0.map(JSON.string)) } ?? .null,
            "created_at": .string(createdAt.description), "expires_at": .string(expiresAt.description),
            "used_at": usedAt.map { .string($0.description) } ?? .null,
        ]
    }
}
