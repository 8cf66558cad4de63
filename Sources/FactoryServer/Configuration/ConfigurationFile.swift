import FactoryDefinition
import FactoryJSON
import FactoryLLM

/// What the configuration file says. Unknown keys are errors: a setting without effect helps nobody.
struct ConfigurationFile {
    /// A provider as the file describes it, its key still to be fetched.
    struct Provider {
        var name: String
        var kind: ProviderKind
        var baseURL: String
        var apiKeyEnvironment: String?
        var apiKeyFile: String?
        var prices: [String: ModelPrice]
    }

    var allowedHosts: [String] = []
    var widths: [String: Int] = [:]
    var providers: [Provider] = []
    var aliases: [String: String] = [:]
    var jail: String?
    var interpreterFolders: [String] = []
    /// The limits of `retention` as they are written.
    var retention: [String: String] = [:]
    var listen: String?
    var serverNames: [String] = []
    var allowsPlainHTTP: Bool?
    var trustedProxies: [String] = []
    var isSingleUser: Bool?
    var tlsCertificate: String?
    var tlsKey: String?
    var drainSeconds: Int?
    var maxConnections: Int?
    var logLevel: String?
    var traceEndpoint: String?
    var masterKeyFile: String?
    /// The quota of a workspace as it is written.
    var workspaceQuota: String?

    /// Reads the YAML `text`; nil is an empty file.
    init(_ text: String?) throws(ConfigurationError) {
        guard let text else { return }
        let document: JSON
        do { document = try YAML.parse(text) } catch {
            throw ConfigurationError(key: "configuration file", message: String(describing: error))
        }
        if document.isNull { return }
        let section = try Section(document, at: "")
        try section.allow([
            "allow_hosts", "widths", "providers", "aliases", "jail", "interpreter_folders", "retention", "log_level",
            "otlp_endpoint", "listen", "server_names", "plain_http_for_other_machines", "trusted_proxies",
            "single_user", "drain_seconds", "max_connections", "tls_certificate", "tls_key", "master_key_file",
            "workspace_quota",
        ])
        // A number may be written without quotes.
        workspaceQuota = section.members["workspace_quota"].map { $0.stringValue ?? $0.serialized() }
        listen = try section.text("listen")
        serverNames = try section.texts("server_names")
        allowsPlainHTTP = try section.flag("plain_http_for_other_machines")
        trustedProxies = try section.texts("trusted_proxies")
        isSingleUser = try section.flag("single_user")
        tlsCertificate = try section.text("tls_certificate")
        tlsKey = try section.text("tls_key")
        drainSeconds = try section.number("drain_seconds", in: 0...3_600)
        maxConnections = try section.number("max_connections", in: 1...100_000)
        logLevel = try section.text("log_level")
        masterKeyFile = try section.text("master_key_file")
        traceEndpoint = try section.text("otlp_endpoint")
        allowedHosts = try section.texts("allow_hosts")
        interpreterFolders = try section.texts("interpreter_folders")
        jail = try section.text("jail")
        if let value = section.members["retention"] {
            let limits = try Section(value, at: "retention")
            try limits.allow(["age", "runs", "bytes"])
            // Numbers may be written without quotes.
            for (name, limit) in limits.members { retention[name] = limit.stringValue ?? limit.serialized() }
        }
        if let value = section.members["aliases"] {
            let aliases = try Section(value, at: "aliases")
            for name in aliases.members.keys { self.aliases[name] = try aliases.text(name) }
        }
        if let value = section.members["widths"] {
            let widths = try Section(value, at: "widths")
            try widths.allow(["llm", "code", "api", "other"])
            for (name, width) in widths.members {
                guard let number = width.intValue, (1...1024).contains(number) else {
                    throw ConfigurationError(key: "widths.\(name)", message: "must be a whole number from 1 to 1024")
                }
                self.widths[name] = Int(number)
            }
        }
        for (place, value) in (try section.list("providers")).enumerated() {
            providers.append(try Provider(try Section(value, at: "providers[\(place)]")))
        }
    }
}

extension ConfigurationFile.Provider {
    fileprivate init(_ section: Section) throws(ConfigurationError) {
        try section.allow(["name", "kind", "base_url", "api_key_env", "api_key_file", "prices"])
        self.init(
            name: try section.required("name"), kind: try Self.kind(section), baseURL: try section.required("base_url"),
            apiKeyEnvironment: try section.text("api_key_env"), apiKeyFile: try section.text("api_key_file"),
            prices: try Self.prices(section))
    }

    private static func kind(_ section: Section) throws(ConfigurationError) -> ProviderKind {
        guard let text = try section.text("kind") else { return .openai }
        guard let kind = ProviderKind(rawValue: text) else {
            let kinds = ProviderKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError(key: section.key("kind"), message: "\"\(text)\" is none of \(kinds)")
        }
        return kind
    }

    private static func prices(_ section: Section) throws(ConfigurationError) -> [String: ModelPrice] {
        guard let value = section.members["prices"] else { return [:] }
        let models = try Section(value, at: section.path + ".prices")
        var prices: [String: ModelPrice] = [:]
        for (model, value) in models.members {
            let price = try Section(value, at: "\(models.path).\(model)")
            try price.allow(["input", "cached_input", "output"])
            let cached = price.members["cached_input"]
            guard let input = price.members["input"]?.doubleValue, let output = price.members["output"]?.doubleValue,
                input >= 0, output >= 0, cached == nil || cached?.doubleValue.map({ $0 >= 0 }) == true
            else {
                throw ConfigurationError(
                    key: price.path,
                    message: "needs `input` and `output`, US dollars for a million tokens, and may have `cached_input`")
            }
            prices[model] = ModelPrice(input: input, cachedInput: cached?.doubleValue, output: output)
        }
        return prices
    }

    /// The provider with its key, from the environment or the file that the configuration names.
    func resolved(
        _ environment: [String: String], _ readFile: (String) throws(ConfigurationError) -> String?
    ) throws(ConfigurationError) -> ProviderConfiguration {
        var key: String?
        if let variable = apiKeyEnvironment { key = environment[variable] }
        if let path = apiKeyFile {
            guard let text = try readFile(path) else {
                throw ConfigurationError(key: "providers.\(name).api_key_file", message: "there is no file \(path)")
            }
            key = text.trimmingSpaces()
        }
        return ProviderConfiguration(name: name, kind: kind, baseURL: baseURL, apiKey: key, prices: prices)
    }
}

/// An object of the configuration file, with its path for messages.
private struct Section {
    let members: JSONObject
    let path: String

    init(_ value: JSON, at path: String) throws(ConfigurationError) {
        guard case .object(let members) = value else {
            throw ConfigurationError(
                key: path.isEmpty ? "configuration file" : path, message: "must be an object, not a \(value.kindName)")
        }
        self.members = members
        self.path = path
    }

    func key(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func allow(_ names: [String]) throws(ConfigurationError) {
        for name in members.keys where !names.contains(name) {
            throw ConfigurationError(
                key: key(name), message: "is not a known setting; known here: \(names.joined(separator: ", "))")
        }
    }

    func text(_ name: String) throws(ConfigurationError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.stringValue else {
            throw ConfigurationError(key: key(name), message: "must be text, not a \(value.kindName)")
        }
        return text
    }

    func required(_ name: String) throws(ConfigurationError) -> String {
        guard let text = try text(name), !text.isEmpty else {
            throw ConfigurationError(key: key(name), message: "is missing")
        }
        return text
    }

    func flag(_ name: String) throws(ConfigurationError) -> Bool? {
        guard let value = members[name] else { return nil }
        guard let flag = value.boolValue else {
            throw ConfigurationError(key: key(name), message: "must be true or false")
        }
        return flag
    }

    func number(_ name: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        guard let value = members[name] else { return nil }
        guard let number = value.intValue.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw ConfigurationError(
                key: key(name), message: "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func list(_ name: String) throws(ConfigurationError) -> [JSON] {
        guard let value = members[name] else { return [] }
        guard let list = value.arrayValue else {
            throw ConfigurationError(key: key(name), message: "must be a list, not a \(value.kindName)")
        }
        return list
    }

    func texts(_ name: String) throws(ConfigurationError) -> [String] {
        var texts: [String] = []
        for value in try list(name) {
            guard let text = value.stringValue else {
                throw ConfigurationError(key: key(name), message: "must be a list of texts")
            }
            texts.append(text)
        }
        return texts
    }
}
