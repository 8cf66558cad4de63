import FactoryDomain

/// An access key as programs send it: `cf_`, the body of its id, `_`, its secret.
public struct AccessKeyText: Sendable {
    static let mark = "cf_"

    let id: ID<AccessKey>
    let secret: String

    init(_ id: ID<AccessKey>, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Reads a key; nil for text that has not this form.
    init?(_ text: String) {
        guard text.utf8.count <= 200, text.hasPrefix(Self.mark) else { return nil }
        let parts = text.dropFirst(Self.mark.count).split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, let id = ID<AccessKey>(parsing: AccessKey.idPrefix + parts[0])
        else { return nil }
        self.init(id, secret: String(parts[1]))
    }

    /// The form in which it is sent.
    var text: String { Self.mark + id.rawValue.dropFirst(AccessKey.idPrefix.count) + "_" + secret }

    /// True for text that looks like a key of any kind, so that it is best kept out of logs and addresses.
    public static func looksLikeKey(_ text: String) -> Bool { text.hasPrefix(mark) && text.utf8.count >= 40 }
}
