import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryNetwork
import FactorySandbox
import FactorySteps
import FactoryStore
import FactoryTelemetry
import FactoryTriggers
import FactoryWorkspace
import Glibc
import NIOCore
import NIOPosix

/// An installation behind its HTTP API: opens it, listens, takes over what was interrupted, and drains at the end.
public struct FactoryService: Sendable {
    /// What the person who started the server is told.
    public struct Announcement: Sendable {
        /// Where the server answers.
        public let url: String
        /// The key to the API, where it was made just now.
        public let newKey: String?
        /// Where the key is kept.
        public let keyFile: String
        /// What makes the first account, where there is none yet: good for an hour, once.
        public let setupToken: String?
        /// What signs in the one person who uses the server: good for an hour, once.
        public let signInToken: String?
    }

    let configuration: FactoryConfiguration
    let secrets: [String: String]

    /// A service of the installation that `configuration` describes.
    ///
    /// - Parameter secrets: by name; every run has them unless its owner keeps others of the same names.
    public init(_ configuration: FactoryConfiguration, secrets: [String: String]) {
        self.configuration = configuration
        self.secrets = secrets
    }

    /// Serves until `stop` returns, then drains.
    ///
    /// - Parameters:
    ///   - holder: how this process names itself to another that finds the data folder in use.
    ///   - stop: returns when the server is asked to stop.
    ///   - announce: is told once the server listens.
    public func run(
        holder: String, until stop: @escaping @Sendable () async -> Void,
        announce: @escaping @Sendable (Announcement) -> Void
    ) async throws(ServerError) {
        do throws(ConfigurationError) { try configuration.listener.check() } catch { throw .configuration(error) }
        let (live, alarm) = (LiveHub(), RunWatch())
        let factory = try await LocalFactory.open(
            configuration, holder: holder, workspaces: .managed, whenDiskFull: .wait, observers: [live, alarm],
            sharedSecrets: secrets, logLevels: LogLevels(.info))
        let failure: ServerError?
        do throws(ServerError) {
            try await serve(factory, live, alarm, stop, announce)
            failure = nil
        } catch { failure = error }
        await factory.close()
        if let failure { throw failure }
    }

    private func serve(
        _ factory: LocalFactory, _ live: LiveHub, _ alarm: RunWatch,
        _ stop: @escaping @Sendable () async -> Void,
        _ announce: @escaping @Sendable (Announcement) -> Void
    ) async throws(ServerError) {
        let keyFile = AccessKeyFile(path: configuration.dataFolder + "/token")
        let (key, isNew) = try keyFile.readOrMake()
        let entry = try Entry(factory, key: key, configuration)
        let token = try await entry.token(isSingleUser: configuration.listener.isSingleUser)
        let listener = configuration.listener
        let (drain, recovered) = (Latch(), Latch())
        let identity = try Self.identity(listener.tls)
        let reloading = identity.map { Reloading($0, factory.telemetry) }
        defer { withExtendedLifetime(reloading) {} }
        let listening = AsyncStream.makeStream(of: Int.self)
        let installation = LocalInstallation()
        let services = services(factory, entry, live: live, recovered: recovered, installation: installation)
        let server = HTTPServer(
            services,
            configuration: HTTPServer.Configuration(
                host: listener.host, port: listener.port, names: listener.names,
                maxConnections: listener.maxConnections, tls: identity),
            drain: drain, eventLoops: factory.outside.eventLoops,
            onListening: { port in
                // Steps must not reach this server through the way out, by none of its addresses.
                factory.outside.egress.policy.ownPorts = [port]
                announce(
                    Announcement(
                        url: "\(listener.tls == nil ? "http" : "https")://\(listener.authority(port: port))",
                        newKey: isNew ? key : nil, keyFile: keyFile.path, token))
                listening.continuation.yield(port)
            })
        enum Ended: Sendable { case asked, server(any Error), drained, timePassed, other }
        let failure = await withTaskGroup(of: Ended.self) { group -> (any Error)? in
            group.addTask {
                await stop()
                return .asked
            }
            group.addTask {
                do { try await server.run() } catch {
                    listening.continuation.finish()
                    return .server(error)
                }
                return .other
            }
            group.addTask {
                await factory.drive()
                return .other
            }
            group.addTask {
                await live.run(
                    store: factory.store, accounts: StoredAccounts(store: factory.store), clock: ContinuousClock(),
                    until: drain)
                return .other
            }
            group.addTask {
                var ports = listening.stream.makeAsyncIterator()
                guard await ports.next() != nil else { return .other }
                await Self.takeOver(factory, recovered)
                await Self.emptyTrash(factory)
                await Self.sweepUploads(factory, entry.folders)
                if case .unavailable(let problem) = await factory.sandbox.readiness() {
                    factory.telemetry.log(
                        .warning, "server",
                        message: "code steps are refused: \(problem.reason); factory doctor says what to do")
                }
                return .other
            }
            group.addTask {
                await Self.fire(services.triggers, after: recovered, until: drain)
                return .other
            }
            group.addTask {
                await services.outbox.run(factory.watch)
                return .other
            }
            group.addTask {
                await services.alerts.run(alarm)
                return .other
            }
            group.addTask {
                await installation.run()
                return .other
            }
            var failure: (any Error)?
            var drained = 0
            waiting: while let ended = await group.next() {
                switch ended {
                case .other: continue
                case .server(let error):
                    failure = error
                    break waiting
                case .asked:
                    drain.open()
                    installation.close()
                    group.addTask {
                        try? await server.stop()
                        return .drained
                    }
                    group.addTask {
                        await factory.engine.drain()
                        return .drained
                    }
                    group.addTask {
                        try? await Task.sleep(for: .seconds(listener.drainSeconds))
                        return .timePassed
                    }
                case .drained:
                    drained += 1
                    if drained == 2 { break waiting }
                case .timePassed: break waiting
                }
            }
            installation.close()
            // What has not ended by now is left as it stands in the store.
            group.cancelAll()
            return failure
        }
        if let failure {
            throw .storage(
                reason: "cannot listen on \(listener.authority(port: listener.port)): \(Self.reason(failure))")
        }
    }

    private static func identity(_ files: TLSFiles?) throws(ServerError) -> TLSIdentity? {
        guard let files else { return nil }
        do throws(TLSIdentity.Mistake) {
            return try TLSIdentity(certificate: files.certificate, key: files.key)
        } catch {
            throw .configuration(ConfigurationError(key: "--tls-certificate", message: error.description))
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? String(describing: error)
    }
}

extension FactoryService.Announcement {
    init(url: String, newKey: String?, keyFile: String, _ token: Entry.Token?) {
        let setup: String? = if case .setup(let text)? = token { text } else { nil }
        let signIn: String? = if case .signIn(let text)? = token { text } else { nil }
        self.init(url: url, newKey: newKey, keyFile: keyFile, setupToken: setup, signInToken: signIn)
    }
}
