import AsyncHTTPClient
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Clients that can reach exactly one address each.
///
/// The HTTP client pins names to addresses per client, so there is one client per endpoint and address, all on the same
/// threads. Beyond ``maxIdle`` the client that was unused for longest is shut down; one in use never is.
actor ClientPool {
    private struct Entry {
        let client: HTTPClient
        var users: Int
        var lastUse: UInt64
    }

    /// How many clients are kept while nobody uses them.
    static let maxIdle = 32

    /// How many times its compressed size an answer may have.
    static let unfoldingLimit = 100

    private let group: MultiThreadedEventLoopGroup
    private let tls: TLSConfiguration
    private let connectTimeout: Duration
    private var entries: [ClientKey: Entry] = [:]
    private var uses: UInt64 = 0
    private var isShutDown = false

    init(group: MultiThreadedEventLoopGroup, tls: TLSConfiguration, connectTimeout: Duration) {
        self.group = group
        self.tls = tls
        self.connectTimeout = connectTimeout
    }

    /// Clients that are kept, used or not.
    var count: Int { entries.count }

    /// The client for `key`, to be given back with ``release(_:)``.
    func client(for key: ClientKey) throws(EgressError) -> HTTPClient {
        guard !isShutDown else { throw EgressError(.network, "The server is shutting down.") }
        uses += 1
        var entry = entries[key] ?? Entry(client: makeClient(key), users: 0, lastUse: 0)
        entry.users += 1
        entry.lastUse = uses
        entries[key] = entry
        return entry.client
    }

    /// Ends one use of the client for `key`.
    func release(_ key: ClientKey) async {
        entries[key]?.users -= 1
        let idle = entries.filter { $0.value.users == 0 }.sorted { $0.value.lastUse < $1.value.lastUse }
        for (key, entry) in idle.dropLast(Self.maxIdle) {
            entries[key] = nil
            try? await entry.client.shutdown()
        }
    }

    func shutdown() async {
        isShutDown = true
        let clients = entries.values.map(\.client)
        entries = [:]
        for client in clients { try? await client.shutdown() }
    }

    private func makeClient(_ key: ClientKey) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(connectTimeout)),
            decompression: key.decompresses ? .enabled(limit: .ratio(Self.unfoldingLimit)) : .disabled)
        configuration.httpVersion = .http1Only
        configuration.proxy = nil
        if case .name(let name) = key.host { configuration.dnsOverride = [name: "\(key.address)"] }
        configuration.connectionPool.idleTimeout = .seconds(15)
        // A failed connection goes on to the next address at once; waiting here would hide it until the time is up.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Above this a request waits for a connection and fails after the connect time-out: the engine's lanes limit
        // how much runs at once, so this must lie far above any of them.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_024
        let pinned = key.address
        configuration.http1_1ConnectionDebugInitializer = { channel in
            guard let peer = channel.remoteAddress?.ipAddress, IPAddress(peer) == pinned else {
                return channel.eventLoop.makeFailedFuture(PeerMismatch())
            }
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }
}

/// What one client is pinned to.
struct ClientKey: Hashable, Sendable {
    let host: HostName
    let port: Int
    let scheme: OutboundURL.Scheme
    let address: IPAddress
    /// Answers to HEAD carry the encoding of a body that does not come; decoding it would fail.
    let decompresses: Bool

    init(url: OutboundURL, address: IPAddress, decompresses: Bool) {
        host = url.host
        port = url.port
        scheme = url.scheme
        self.address = address
        self.decompresses = decompresses
    }
}

/// The connection leads elsewhere than to the address that was checked.
struct PeerMismatch: Error {}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds.multipliedClamping(by: 1_000_000_000) + attoseconds / 1_000_000_000)
    }
}

extension Int64 {
    fileprivate func multipliedClamping(by factor: Int64) -> Int64 {
        // Half of the range leaves room to add a time to a point in time.
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max / 2 : Swift.min(product, .max / 2)
    }
}
