import FactoryDefinition
import FactoryEngine
import FactoryJSON
import FactoryStore

/// Reads a ``FactoryConfiguration`` from flags, environment and file.
public struct ConfigurationReader: Sendable {
    /// What the command line says; nil or empty where it says nothing.
    public struct Flags: Sendable {
        /// `--data`.
        public var dataFolder: String?
        /// `--config`.
        public var file: String?
        /// `--allow-host`, each.
        public var allowedHosts: [String]
        /// `--listen`.
        public var listen: String?
        /// `--server-name`, each.
        public var serverNames: [String] = []
        /// `--tls-certificate`.
        public var tlsCertificate: String?
        /// `--tls-key`.
        public var tlsKey: String?
        /// `--plain-http-for-other-machines`.
        public var allowsPlainHTTP = false
        /// `--trusted-proxy`, each.
        public var trustedProxies: [String] = []
        /// `--single-user`.
        public var isSingleUser = false
        /// `--drain-seconds`.
        public var drainSeconds: Int?
        /// `--max-connections`.
        public var maxConnections: Int?
        /// `--log-level`.
        public var logLevel: String?
        /// `--otlp-endpoint`.
        public var traceEndpoint: String?

        /// Flags of these values.
        public init(
            dataFolder: String? = nil, file: String? = nil, allowedHosts: [String] = [], logLevel: String? = nil,
            traceEndpoint: String? = nil
        ) {
            self.dataFolder = dataFolder
            self.file = file
            self.allowedHosts = allowedHosts
            self.logLevel = logLevel
            self.traceEndpoint = traceEndpoint
        }
    }

    let environment: [String: String]
    private let processors: Int
    /// Gives the text of a file, or nil where there is none.
    private let readFile: @Sendable (String) throws(ConfigurationError) -> String?

    /// - Parameters:
    ///   - environment: the process's environment.
    ///   - processors: processors of this machine; the default width for code.
    ///   - readFile: gives the text of a file, nil where there is none.
    public init(
        environment: [String: String], processors: Int,
        readFile: @escaping @Sendable (String) throws(ConfigurationError) -> String?
    ) {
        self.environment = environment
        self.processors = processors
        self.readFile = readFile
    }

    /// The configuration that `flags`, the environment and the file amount to.
    public func read(_ flags: Flags) throws(ConfigurationError) -> FactoryConfiguration {
        let folder = try dataFolder(flags)
        let file = try ConfigurationFile(try fileText(flags, folder))
        var configuration = FactoryConfiguration(
            dataFolder: folder,
            allowedHosts: file.allowedHosts + listed("CODE_FACTORY_ALLOW_HOST") + flags.allowedHosts,
            widths: try widths(file), aliases: file.aliases, jail: environment["CODE_FACTORY_JAIL"] ?? file.jail,
            interpreterFolders: listed("CODE_FACTORY_INTERPRETER_FOLDERS") + file.interpreterFolders,
            retention: try retention(file))
        for provider in file.providers { configuration.providers.append(try provider.resolved(environment, readFile)) }
        addEnvironmentProviders(to: &configuration)
        configuration.listener = try listener(flags, file)
        configuration.workspaceQuota = try workspaceQuota(file)
        configuration.logLevels = try logLevels(flags, file)
        configuration.traces = traces(flags, file)
        configuration.masterKey.file = environment["CODE_FACTORY_MASTER_KEY_FILE"] ?? file.masterKeyFile
        configuration.masterKey.given = environment["CODE_FACTORY_MASTER_KEY"]
        configuration.masterKey.next = environment["CODE_FACTORY_NEXT_MASTER_KEY"]
        if let model = environment["CODE_FACTORY_MODEL"] { configuration.aliases["default"] = model }
        return configuration
    }

    private func dataFolder(_ flags: Flags) throws(ConfigurationError) -> String {
        if let folder = flags.dataFolder ?? environment["CODE_FACTORY_DATA"] { return folder }
        if let base = environment["XDG_DATA_HOME"], !base.isEmpty { return base + "/code-factory" }
        guard let home = environment["HOME"], !home.isEmpty else {
            throw ConfigurationError(key: "--data", message: "no HOME is set, so the data folder must be named")
        }
        return home + "/.local/share/code-factory"
    }

    private func fileText(_ flags: Flags, _ folder: String) throws(ConfigurationError) -> String? {
        if let named = flags.file ?? environment["CODE_FACTORY_CONFIG"] {
            guard let text = try readFile(named) else {
                throw ConfigurationError(key: "--config", message: "there is no file \(named)")
            }
            return text
        }
        return try readFile(folder + "/config.yaml")
    }

    private func widths(_ file: ConfigurationFile) throws(ConfigurationError) -> LaneWidths {
        func width(_ lane: String, _ standard: Int) throws(ConfigurationError) -> Int {
            let key = "CODE_FACTORY_WIDTH_\(lane.uppercased())"
            guard let text = environment[key] else { return file.widths[lane] ?? standard }
            guard let number = Int(text), (1...1024).contains(number) else {
                throw ConfigurationError(key: key, message: "\"\(text)\" is not a whole number from 1 to 1024")
            }
            return number
        }
        return LaneWidths(
            llm: try width("llm", 4), code: try width("code", max(2, processors)), api: try width("api", 16),
            other: try width("other", 32))
    }

    private func retention(_ file: ConfigurationFile) throws(ConfigurationError) -> RetentionPolicy {
        func limit<Value>(
            _ name: String, _ read: (String) throws(RetentionText.Mistake) -> Value?
        ) throws(ConfigurationError) -> Value? {
            let variable = "CODE_FACTORY_RETENTION_\(name.uppercased())"
            guard let text = environment[variable] ?? file.retention[name] else { return nil }
            do throws(RetentionText.Mistake) { return try read(text) } catch {
                let key = environment[variable] == nil ? "retention.\(name)" : variable
                throw ConfigurationError(key: key, message: error.message)
            }
        }
        return RetentionPolicy(
            maxAge: try limit("age", RetentionText.age), maxRuns: try limit("runs", RetentionText.count),
            maxBytes: try limit("bytes", RetentionText.bytes))
    }

    private func workspaceQuota(_ file: ConfigurationFile) throws(ConfigurationError) -> Int64? {
        let variable = "CODE_FACTORY_WORKSPACE_QUOTA"
        guard let text = environment[variable] ?? file.workspaceQuota else {
            return FactoryConfiguration.standardWorkspaceQuota
        }
        do throws(RetentionText.Mistake) { return try RetentionText.bytes(text) } catch {
            throw ConfigurationError(
                key: environment[variable] == nil ? "workspace_quota" : variable, message: error.message)
        }
    }

    private func listener(
        _ flags: Flags, _ file: ConfigurationFile
    ) throws(ConfigurationError) -> ListenerConfiguration {
        var listener = ListenerConfiguration()
        listener.names = file.serverNames + listed("CODE_FACTORY_SERVER_NAMES") + flags.serverNames
        if let text = flags.listen {
            try listener.listen(at: text, key: "--listen")
        } else if let text = environment["CODE_FACTORY_LISTEN"] {
            try listener.listen(at: text, key: "CODE_FACTORY_LISTEN")
        } else if let text = file.listen {
            try listener.listen(at: text, key: "listen")
        }
        listener.allowsPlainHTTP = try flag(
            flags.allowsPlainHTTP, "CODE_FACTORY_PLAIN_HTTP_FOR_OTHER_MACHINES", file.allowsPlainHTTP)
        listener.isSingleUser = try flag(flags.isSingleUser, "CODE_FACTORY_SINGLE_USER", file.isSingleUser)
        listener.trustedProxies =
            file.trustedProxies + listed("CODE_FACTORY_TRUSTED_PROXIES") + flags.trustedProxies
        for text in listener.trustedProxies where TrustedProxies.range(text) == nil {
            throw ConfigurationError(
                key: "--trusted-proxy", message: "\"\(text)\" is no address and no range such as 10.0.0.0/8")
        }
        let certificate = flags.tlsCertificate ?? environment["CODE_FACTORY_TLS_CERTIFICATE"] ?? file.tlsCertificate
        let key = flags.tlsKey ?? environment["CODE_FACTORY_TLS_KEY"] ?? file.tlsKey
        switch (certificate, key) {
        case (nil, nil): break
        case (let certificate?, let key?): listener.tls = TLSFiles(certificate: certificate, key: key)
        default:
            throw ConfigurationError(
                key: certificate == nil ? "--tls-certificate" : "--tls-key",
                message: "is missing: a certificate and its key go together")
        }
        listener.drainSeconds =
            try number(flags.drainSeconds, "CODE_FACTORY_DRAIN_SECONDS", "--drain-seconds", in: 0...3_600)
            ?? file.drainSeconds ?? listener.drainSeconds
        listener.maxConnections =
            try number(flags.maxConnections, "CODE_FACTORY_MAX_CONNECTIONS", "--max-connections", in: 1...100_000)
            ?? file.maxConnections ?? listener.maxConnections
        return listener
    }

    private func flag(_ flag: Bool, _ variable: String, _ file: Bool?) throws(ConfigurationError) -> Bool {
        if let text = environment[variable], text != "true", text != "false" {
            throw ConfigurationError(key: variable, message: "must be true or false")
        }
        return flag || environment[variable].map { $0 == "true" } ?? file ?? false
    }

    private func number(
        _ flag: Int?, _ variable: String, _ name: String, in range: ClosedRange<Int>
    ) throws(ConfigurationError) -> Int? {
        guard let text = flag.map(String.init) ?? environment[variable] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ConfigurationError(
                key: flag == nil ? variable : name,
                message: "\"\(text)\" is not a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func listed(_ key: String) -> [String] {
        (environment[key] ?? "").split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }
}

extension StringProtocol {
    /// This text without white space at both ends.
    func trimmingSpaces() -> String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
