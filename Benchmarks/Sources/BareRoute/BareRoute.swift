import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOFileSystem

/// The floor of a request: one route of Hummingbird that sends the bytes of a file, and does nothing else.
///
///     BareRoute FILE
///
/// The first line it prints is the port it listens on, of loopback alone.
@main struct BareRoute {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: BareRoute FILE")
            exit(2)
        }
        let body = try await ByteBuffer(
            contentsOf: FilePath(CommandLine.arguments[1]), maximumSizeAllowed: .mebibytes(64))
        let router = Router()
        router.get("list") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: body))
        }
        var logger = Logger(label: "bare")
        logger.logLevel = .error
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print(channel.localAddress?.port ?? 0)
                fflush(nil)
            }, logger: logger)
        try await application.run()
    }
}
