import Dispatch
import FactoryHTTP
import FactoryTelemetry
import Glibc

/// Reads the certificate anew on SIGHUP, as long as it lives.
final class Reloading {
    private let source: any DispatchSourceSignal

    init(_ identity: TLSIdentity, _ telemetry: Telemetry) {
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: DispatchQueue(label: "factory.reload"))
        source.setEventHandler {
            do throws(TLSIdentity.Mistake) {
                try identity.reload()
                telemetry.log(.info, "server", message: "the certificate was read anew")
            } catch {
                telemetry.log(.error, "server", message: "the certificate stays as it was: \(error)")
            }
        }
        source.resume()
    }

    deinit { source.cancel() }
}
