import FactoryAccess
import FactoryDomain
import FactoryEngine
import FactoryHTTP
import FactoryNetwork
import FactorySandbox
public import FactorySecrets
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
    }

    let configuration: FactoryConfiguration
    let secrets: SecretVault

    /// A service of the installation that `configuration` describes.
    ///
    /// - Parameter secrets: what every run may use.
    public init(_ configuration: FactoryConfiguration, secrets: SecretVault) {
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
        let factory = try await LocalFactory.open(
            configuration, holder: holder, workspaces: .managed, whenDiskFull: .wait, logLevels: LogLevels(.info))
        let failure: ServerError?
        do throws(ServerError) {
            try await serve(factory, stop, announce)
            failure = nil
        } catch { failure = error }
        await factory.close()
        if let failure { throw failure }
    }

    private func serve(
        _ factory: LocalFactory, _ stop: @escaping @Sendable () async -> Void,
        _ announce: @escaping @Sendable (Announcement) -> Void
    ) async throws(ServerError) {
        let keyFile = AccessKeyFile(path: configuration.dataFolder + "/token")
        let (key, isNew) = try keyFile.readOrMake()
        try makeWorkspace()
        let (listener, secrets) = (configuration.listener, secrets)
        let (drain, recovered) = (Latch(), Latch())
        let listening = AsyncStream.makeStream(of: Int.self)
        let services = try services(factory, key: InstallationKey(key), recovered: recovered)
        let server = HTTPServer(
            services,
            configuration: HTTPServer.Configuration(
                host: listener.host, port: listener.port, names: listener.names,
                maxConnections: listener.maxConnections),
            drain: drain, eventLoops: factory.outside.eventLoops,
            onListening: { port in
                // Steps must not reach this server through the way out, by none of its addresses.
                factory.outside.egress.policy.ownPorts = [port]
                announce(
                    Announcement(
                        url: "http://\(listener.authority(port: port))", newKey: isNew ? key : nil,
                        keyFile: keyFile.path))
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
                var ports = listening.stream.makeAsyncIterator()
                guard await ports.next() != nil else { return .other }
                await Self.takeOver(factory, secrets, recovered)
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
            // What has not ended by now is left as it stands in the store.
            group.cancelAll()
            return failure
        }
        if let failure {
            throw .storage(
                reason: "cannot listen on \(listener.authority(port: listener.port)): \(Self.reason(failure))")
        }
    }

    private func makeWorkspace() throws(ServerError) {
        for path in ["workspaces", "workspaces/local"].map({ configuration.dataFolder + "/" + $0 }) {
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw .storage(reason: "cannot make the folder \(path): \(String(cString: strerror(errno)))")
            }
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? String(describing: error)
    }
}
