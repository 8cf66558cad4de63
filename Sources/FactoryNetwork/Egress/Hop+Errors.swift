import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Hop {
    var bodyTooLarge: EgressError {
        EgressError(
            .tooLarge, "The answer of \(request.url.authority) is larger than \(request.limits.responseBytes) bytes.",
            hint: "Ask for less, or raise the limit (`max_bytes`).")
    }

    var headerTooLarge: EgressError {
        EgressError(
            .tooLarge,
            "The header of \(request.url.authority)'s answer is larger than \(request.limits.headerBytes) bytes or "
                + "has more than \(request.limits.headerFields) fields.")
    }

    /// Translates what the client threw. Its texts are not shown where they could hold parts of the request.
    func failure(_ error: any Error) -> HopFailure {
        let host = request.url.authority
        switch error {
        case is PeerMismatch: return HopFailure(.denied(request.url))
        case is CancellationError: return HopFailure(EgressError(.cancelled, "The request was cancelled."))
        case let error as HTTPClientError: return failure(error, host: host)
        case let error as NIOConnectionError:
            return error.connectionErrors.first.map { failure($0.error) } ?? unreachable("no address answered")
        case ChannelError.connectTimeout: return connectTimeout
        case let error as IOError where Self.connectErrors.contains(error.errnoCode):
            return unreachable(String(cString: strerror(error.errnoCode)).lowercased())
        case let error as IOError:
            return HopFailure(
                EgressError(
                    .network,
                    "The connection to \(host) broke: \(String(cString: strerror(error.errnoCode)).lowercased())."))
        case let error as NIOSSLError where error.isCertificateProblem: return unverified
        case let error as NIOSSLExtraError where error == .failedToValidateHostname: return unverified
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return HopFailure(EgressError(.network, "No secure connection to \(host) could be made."))
        case HTTPParserError.headerOverflow: return HopFailure(headerTooLarge)
        case is HTTPParserError: return HopFailure(EgressError(.network, "\(host) does not answer in proper HTTP."))
        case NIOHTTPDecompression.DecompressionError.limit:
            return HopFailure(
                EgressError(
                    .tooLarge,
                    "The answer of \(host) unfolds to more than \(ClientPool.unfoldingLimit) times its size.",
                    hint: "Ask for it uncompressed: set the header field Accept-Encoding to identity."))
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            return HopFailure(EgressError(.network, "The compressed answer of \(host) is damaged."))
        case is ChannelError: return brokenOff
        default: return HopFailure(EgressError(.network, "The exchange with \(host) failed."))
        }
    }

    private func failure(_ error: HTTPClientError, host: String) -> HopFailure {
        let connecting: [HTTPClientError] = [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout]
        if connecting.contains(error) { return connectTimeout }
        if error == .cancelled { return HopFailure(EgressError(.cancelled, "The request was cancelled.")) }
        if error == .remoteConnectionClosed || error == .uncleanShutdown { return brokenOff }
        return HopFailure(
            EgressError(.network, "The exchange with \(host) failed: \(error.shortDescription.lowercased())."))
    }

    private var unverified: HopFailure {
        HopFailure(
            EgressError(
                .network, "The certificate of \(request.url.authority) could not be verified.",
                hint: "If it is signed by your own authority, the operator can add that to the configuration."))
    }

    private var brokenOff: HopFailure {
        HopFailure(
            EgressError(.network, "\(request.url.authority) closed the connection before its answer was complete."))
    }

    private var connectTimeout: HopFailure {
        HopFailure(
            EgressError(
                .timeout, "\(request.url.authority) did not accept a connection in time.", hint: Self.reachHint),
            happenedBeforeSending: true)
    }

    private func unreachable(_ reason: String) -> HopFailure {
        HopFailure(
            EgressError(.network, "\(request.url.authority) could not be reached: \(reason).", hint: Self.reachHint),
            happenedBeforeSending: true)
    }

    private static let reachHint = "Check that it runs and that this machine can reach it."

    private static let connectErrors: Set<CInt> = [
        ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT,
    ]
}

extension NIOSSLError {
    fileprivate var isCertificateProblem: Bool {
        switch self {
        case .handshakeFailed(let error): "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
        case .unableToValidateCertificate, .noCertificateToValidate, .failedToLoadCertificate: true
        default: false
        }
    }
}
