import FactoryAPI
import FactoryAccess
import FactoryJSON

extension API {
    /// Writes down what became of a provider, as it is shown before and after, and of the address it is at: one that was
    /// opened for it is an entry of the list of addresses that steps and providers may reach.
    func audit(_ provider: JSON?, after before: JSON?, _ request: APIRequest) async throws(APIProblem) {
        let id = (provider ?? before)?["id"]?.stringValue
        var detail: JSONObject = [:]
        for name in ["name", "kind", "base_url"] { detail[name] = (provider ?? before)?[name] ?? .null }
        try await audit(provider == nil ? .providerRemoved : .providerChanged, request, on: id, detail)
        let (opened, was) = (Self.admitted(provider), Self.admitted(before))
        guard opened != was else { return }
        let reason: JSONObject = ["provider": id.map(JSON.string) ?? .null]
        if let was { try await audit(.hostRemoved, request, on: was, reason) }
        if let opened { try await audit(.hostAllowed, request, on: opened, reason) }
    }

    /// The address that was opened for a provider, `HOST:PORT` as its base URL has it; nil where none was.
    private static func admitted(_ provider: JSON?) -> String? {
        guard let provider, case .object? = provider["admitted"], let url = provider["base_url"]?.stringValue,
            let scheme = url.firstRange(of: "://")
        else { return nil }
        return String(url[scheme.upperBound...].prefix { $0 != "/" })
    }
}
