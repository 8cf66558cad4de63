public import FactoryDomain
public import FactoryJSON

extension AuditRecord {
    /// The form in which the API and the command line show it.
    public var json: JSON {
        [
            "number": .int(number), "at": .string(at.description), "action": .string(action),
            "account": account.map(JSON.string) ?? .null, "name": .string(name), "via": .string(via),
            "address": address.map(JSON.string) ?? .null, "object": object.map(JSON.string) ?? .null,
            "detail": .object(detail), "digest": .string(digest),
        ]
    }
}

extension AuditVerdict {
    /// The form in which the API and the command line show it.
    public var json: JSON {
        switch self {
        case .whole(let records, let newest):
            [
                "whole": true, "records": .int(records), "newest_digest": newest.isEmpty ? .null : .string(newest),
                "broken_at": nil, "reason": nil,
            ]
        case .broken(let number, let reason):
            [
                "whole": false, "records": nil, "newest_digest": nil, "broken_at": .int(number),
                "reason": .string(reason),
            ]
        }
    }
}
