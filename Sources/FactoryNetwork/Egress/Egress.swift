import AsyncHTTPClient
import NIOCore
public import NIOPosix
import NIOSSL
import Synchronization

/// The one way out: every request of this server to another system goes through here.
///
/// For each request, and again for each redirect, the URL's host is looked up once, every address is checked against the
/// policy, and the connection is made to exactly one of the checked addresses, while TLS and the `Host` header speak of
/// the original name. Proxy settings of the environment are not read, and certificates are always verified.
public final class Egress: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let resolver: any AddressResolver
    private let resolverThreads: NIOThreadPool
    private let clients: ClientPool
    private let policyInForce: Mutex<EgressPolicy>
    private let userAgent: String

    /// A way out under `policy`.
    ///
    /// - Parameters:
    ///   - eventLoopGroup: the threads connections live on, the process's own by default; not shut down by this.
    ///   - resolver: who finds addresses; nil for the operating system's resolver, on threads of its own.
    ///   - trustRoots: certificates of authorities trusted beside the system's, in PEM; added by the operator.
    ///   - connectTimeout: longest time for one connection, TLS included.
    ///   - userAgent: what requests without a `User-Agent` say.
    /// - Throws: ``EgressError`` (invalid request) when `trustRoots` holds no certificate.
    public init(
        policy: EgressPolicy = EgressPolicy(), eventLoopGroup: MultiThreadedEventLoopGroup = .singleton,
        resolver: (any AddressResolver)? = nil, trustRoots: [UInt8]? = nil, connectTimeout: Duration = .seconds(5),
        userAgent: String = "code-factory"
    ) throws(EgressError) {
        group = eventLoopGroup
        resolverThreads = NIOThreadPool(numberOfThreads: 2)
        resolverThreads.start()
        self.resolver = resolver ?? SystemResolver(threads: resolverThreads)
        clients = ClientPool(
            group: eventLoopGroup, tls: try Self.tlsConfiguration(trustRoots), connectTimeout: connectTimeout)
        policyInForce = Mutex(policy)
        self.userAgent = userAgent
    }

    /// The policy that requests are checked against. A change applies to the next request and the next redirect.
    public var policy: EgressPolicy {
        get { policyInForce.withLock { $0 } }
        set { policyInForce.withLock { $0 = newValue } }
    }

    /// Closes idle connections and ends what this started. Requests still under way fail.
    public func shutdown() async {
        await clients.shutdown()
        try? await resolverThreads.shutdownGracefully()
    }

    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// - Throws: ``EgressError``; ``EgressError/Code/denied`` before any connection was made.
    public func send(_ request: OutboundRequest) async throws(EgressError) -> InboundResponse {
        let body = Mutex<[UInt8]>([])
        let (head, timing) = try await exchange(request) { _, chunk in
            body.withLock { $0.append(contentsOf: chunk) }
            return .more
        }
        return InboundResponse(head: head, body: body.withLock { $0 }, timing: timing)
    }

    /// Sends `request` and hands the pieces of the answer's body to `receive` as they come, in order.
    ///
    /// The next piece is read when `receive` has returned. Gives back the head after the last piece, or after
    /// `receive` had enough.
    /// - Throws: as ``send(_:)``; also when the body breaks off before its end.
    public func stream(
        _ request: OutboundRequest,
        receive: @escaping @Sendable (ResponseHead, [UInt8]) async -> StreamDemand
    ) async throws(EgressError) -> ResponseHead {
        try await exchange(request, receive: receive).0
    }

    private func exchange(
        _ request: OutboundRequest,
        receive: @escaping @Sendable (ResponseHead, [UInt8]) async -> StreamDemand
    ) async throws(EgressError) -> (ResponseHead, ExchangeTiming) {
        let watch = ExchangeWatch(limits: request.limits, eventLoop: group.any())
        return try await watch.run { () async throws(EgressError) in
            var current = request
            if current.headers["User-Agent"] == nil { current.headers["User-Agent"] = self.userAgent }
            for hop in 0...OutboundRequest.redirectLimit {
                try current.check()
                let next = try await self.hop(current, redirectsLeft: request.maxRedirects - hop, watch, receive)
                switch next {
                case .done(let head): return (head, watch.timing())
                case .redirected(let following): current = following
                }
            }
            throw EgressError(.redirect, "\(request.url.authority) redirects without end.")
        }
    }

    private func hop(
        _ request: OutboundRequest, redirectsLeft: Int, _ watch: ExchangeWatch,
        _ receive: @escaping @Sendable (ResponseHead, [UInt8]) async -> StreamDemand
    ) async throws(EgressError) -> HopOutcome {
        let addresses = try await admittedAddresses(for: request.url)
        for (place, address) in addresses.enumerated() {
            let key = ClientKey(url: request.url, address: address, decompresses: request.method != .head)
            let client = try await clients.client(for: key)
            let result: Result<HopOutcome, HopFailure>
            do throws(HopFailure) {
                result = .success(
                    try await Hop(request: request, redirectsLeft: redirectsLeft, watch: watch, receive: receive)
                        .run(on: client))
            } catch {
                result = .failure(error)
            }
            await clients.release(key)
            switch result {
            case .success(let outcome): return outcome
            case .failure(let failure):
                let isLast = place == addresses.count - 1
                if !failure.happenedBeforeSending || isLast { throw failure.error }
            }
        }
        throw .denied(request.url)
    }

    private func admittedAddresses(for url: OutboundURL) async throws(EgressError) -> [IPAddress] {
        let policy = policy
        guard policy.mayAdmit(url.host, port: url.port) else { throw .denied(url) }
        let addresses: [IPAddress]
        switch url.host {
        case .address(let address): addresses = [address]
        case .name(let name):
            do {
                addresses = try await resolver.addresses(of: name)
            } catch {
                throw EgressError(
                    .network, "The address of \(name) could not be looked up: \(error.reason).",
                    hint: "Check the network and the name server of this machine.")
            }
            guard !addresses.isEmpty else {
                throw EgressError(.network, "There is no host named \(name).", hint: "Check the spelling of the URL.")
            }
        }
        guard policy.admits(url.host, port: url.port, addresses: addresses, ownAddresses: Self.ownAddresses) else {
            throw .denied(url)
        }
        return addresses
    }

    private static func ownAddresses() -> Set<IPAddress> {
        let devices = (try? System.enumerateDevices()) ?? []
        return Set(devices.compactMap { $0.address?.ipAddress.flatMap { IPAddress($0.prefix { $0 != "%" }) } })
    }

    private static func tlsConfiguration(_ trustRoots: [UInt8]?) throws(EgressError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        guard let trustRoots else { return tls }
        do {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(trustRoots))]
        } catch {
            throw EgressError(
                .invalidRequest, "The additional certificate authorities are not PEM certificates.",
                hint: "Give a file of “BEGIN CERTIFICATE” blocks.")
        }
        return tls
    }
}
