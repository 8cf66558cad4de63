import ArgumentParser
import FactoryServer
import Glibc

/// `factory serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves the HTTP API and runs pipelines.",
        discussion: """
            The first line on standard output is the URL, and nothing else goes there. The key to the API is printed on \
            standard error when it is made, at the first start, and kept in the file `token` in the data folder. While there \
            is no account, a link that makes the first one is printed there too. SIGTERM \
            and Ctrl-C drain: running attempts may end, nothing further starts, and what is left goes on at the next \
            start. A second signal ends the process at once; nothing is lost by that.
            """)

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Where to listen; port 0 takes a free one. Default: 127.0.0.1:7070.", valueName: "host:port"))
    var listen: String?

    @Option(
        name: .customLong("server-name"),
        help: ArgumentHelp(
            "A name this server is addressed by, beside its address and localhost.", valueName: "name[:port]"))
    var serverName: [String] = []

    @Flag(
        name: .customLong("plain-http-for-other-machines"),
        help: "Listen on an address other machines can reach although nothing is encrypted.")
    var plainHTTP = false

    @Option(
        name: .customLong("trusted-proxy"),
        help: ArgumentHelp(
            "A proxy with TLS before this server, whose X-Forwarded-For and X-Forwarded-Proto count.",
            valueName: "address"))
    var trustedProxy: [String] = []

    @Flag(
        name: .customLong("single-user"),
        help: "For one person on this machine: no password, a link is printed that signs in once. Loopback only.")
    var singleUser = false

    @Option(
        name: .customLong("tls-certificate"),
        help: ArgumentHelp(
            "Speak TLS with this certificate and chain, in PEM; read anew on SIGHUP.", valueName: "file"))
    var tlsCertificate: String?

    @Option(
        name: .customLong("tls-key"),
        help: ArgumentHelp("The certificate's private key, in PEM, mode 0600.", valueName: "file"))
    var tlsKey: String?

    @Option(
        name: .customLong("drain-seconds"),
        help: ArgumentHelp("How long running attempts may go on when asked to stop. Default: 20.", valueName: "n"))
    var drainSeconds: Int?

    @Option(
        name: .customLong("max-connections"),
        help: ArgumentHelp(
            "Connections at once. Default: 16384, or what the limit of open files allows.", valueName: "n"))
    var maxConnections: Int?

    @Option(
        name: .customLong("allow-host"),
        help: ArgumentHelp(
            "An address steps may reach although it is not public, for example 127.0.0.1:8091.",
            valueName: "host:port"))
    var allowHost: [String] = []

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var telemetryOptions: TelemetryOptions

    func run() async throws {
        let secrets = try secretOptions.given()
        let configuration = try configuration()
        let stop = AsyncStream.makeStream(of: Void.self)
        let interrupts = Interrupts {
            Output.note("stopping; once more to end at once")
            stop.continuation.finish()
        }
        do throws(ServerError) {
            try await FactoryService(configuration, secrets: secrets).run(
                holder: "factory serve (process \(getpid()))", until: { for await _ in stop.stream {} },
                announce: Self.announce)
        } catch {
            interrupts.stop()
            throw CommandFailure(server: error)
        }
        interrupts.stop()
    }

    private func configuration() throws -> FactoryConfiguration {
        var flags = ConfigurationReader.Flags(
            dataFolder: dataOptions.data, file: dataOptions.config, allowedHosts: allowHost,
            logLevel: telemetryOptions.logLevel, traceEndpoint: telemetryOptions.otlpEndpoint)
        flags.listen = listen
        flags.serverNames = serverName
        flags.allowsPlainHTTP = plainHTTP
        flags.trustedProxies = trustedProxy
        flags.isSingleUser = singleUser
        flags.tlsCertificate = tlsCertificate
        flags.tlsKey = tlsKey
        flags.drainSeconds = drainSeconds
        flags.maxConnections = maxConnections
        do throws(ConfigurationError) { return try ConfigurationReader.process().read(flags) } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    private static func announce(_ announcement: FactoryService.Announcement) {
        // Whoever waits for the URL finds the key told already.
        if let key = announcement.newKey {
            Output.note("access key (shown once, kept in \(announcement.keyFile)): \(key)")
        }
        // Behind `#` a token is sent to no server by a browser, and stands in no log.
        if let token = announcement.setupToken {
            Output.note("make the first account within an hour (good once): \(announcement.url)/setup#\(token)")
        }
        if let token = announcement.signInToken {
            Output.note("open this within an hour to be signed in (good once): \(announcement.url)/sign-in#\(token)")
        }
        Output.data(announcement.url)
    }
}
