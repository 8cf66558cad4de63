import Glibc
import NIOSSL
import Synchronization

/// Who this server is under TLS: a certificate and its key, from two files that may be exchanged while it runs.
public final class TLSIdentity: Sendable {
    /// Why the files cannot be used.
    public struct Mistake: Error, Sendable, CustomStringConvertible {
        /// One sentence, with what to do.
        public let description: String
    }

    private let certificate: String
    private let key: String
    private let context: Mutex<NIOSSLContext>

    /// Reads both files, in PEM; the first holds the chain too, the server's own certificate first.
    /// - Throws: where they cannot be read, do not belong together, or others can read the key.
    public init(certificate: String, key: String) throws(Mistake) {
        self.certificate = certificate
        self.key = key
        context = Mutex(try Self.read(certificate, key))
    }

    /// Reads both files again; connections there are keep what they began with. After an error all stays as it was.
    public func reload() throws(Mistake) {
        let next = try Self.read(certificate, key)
        context.withLock { $0 = next }
    }

    /// What begins a connection.
    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context.withLock { $0 }) }

    private static func read(_ certificate: String, _ key: String) throws(Mistake) -> NIOSSLContext {
        var status = stat()
        guard stat(key, &status) == 0 else {
            throw Mistake(description: "cannot read the file \(key): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & 0o027 == 0 else {
            throw Mistake(
                description: "the file \(key) holds the private key and can be reached by others: chmod 600 \(key)")
        }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
            guard !chain.isEmpty else { throw Mistake(description: "the file \(certificate) holds no certificate") }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["h2", "http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch let mistake as Mistake {
            throw mistake
        } catch {
            throw Mistake(
                description:
                    "the files \(certificate) and \(key) are no certificate and key in PEM that belong together: "
                    + "\(error)")
        }
    }
}
