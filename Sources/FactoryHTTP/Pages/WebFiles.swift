import CAssets
import FactoryBlobs
import FactoryDomain
import Synchronization

/// The files of the web UI, as they are sent.
///
/// Made ready when the first of them is asked for, so that a server nobody looks at pays nothing. All together have one
/// hash, which stands in their addresses: modules name each other by relative paths, and whatever changes, a browser
/// never mixes files of two builds.
final class WebFiles: Sendable {
    /// One file.
    struct File: Sendable {
        let type: String
        let bytes: [UInt8]
        /// The same as gzip; nil where that is no shorter.
        let packed: [UInt8]?
    }

    /// All of them.
    private struct Ready: Sendable {
        /// Sixteen hex digits, over the names and bytes of all files.
        let hash: String
        let files: [String: File]
        let page: File
        let pages: [String: File]
    }

    private static let pageName = "Web/index.html"
    private let ready = Mutex<Ready?>(nil)

    /// The page that loads all others, at an address of this first component; nil for any other address.
    func page(_ place: String?) -> File {
        let made = made()
        return place.flatMap { made.pages[$0] } ?? made.page
    }

    /// The file called `name` of the build with this hash; nil where there is none, or the build is another.
    func file(_ name: String, hash: String) -> File? {
        let made = made()
        return hash == made.hash ? made.files[name] : nil
    }

    private func made() -> Ready {
        ready.withLock { ready in
            if let ready { return ready }
            let made = Self.make()
            ready = made
            return made
        }
    }

    private static func make() -> Ready {
        let site = WebSite(Dictionary(uniqueKeysWithValues: embedded().map { ($0.name, $0.bytes) }), page: pageName)
        // Of what is sent, not of what it was made from: the same sources are put together in another way some day.
        var text = Array(site.page.utf8)
        for (name, bytes) in site.files.sorted(by: { $0.key < $1.key }) {
            text += Array("\(name) \(bytes.count)\n".utf8)
            text += bytes
        }
        let hash = String(BlobStore.hash(of: text).rawValue.prefix(16))
        func page(_ text: String) -> File {
            file(pageName, Array(text.replacing(WebSite.written, with: "/ui/\(hash)/").utf8))
        }
        let files = Dictionary(uniqueKeysWithValues: site.files.map { ($0.key, file($0.key, $0.value)) })
        return Ready(hash: hash, files: files, page: page(site.page), pages: site.pages.mapValues(page))
    }

    static func embedded() -> [(name: String, bytes: [UInt8])] {
        var files: [(name: String, bytes: [UInt8])] = []
        var name: UnsafePointer<CChar>?
        var size = 0
        while let start = factory_web_file(files.count, &name, &size), let name {
            files.append((String(cString: name), Array(UnsafeBufferPointer(start: start, count: size))))
        }
        return files
    }

    private static func file(_ name: String, _ bytes: [UInt8]) -> File {
        File(type: type(of: name), bytes: bytes, packed: Compression.gzip(bytes))
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
