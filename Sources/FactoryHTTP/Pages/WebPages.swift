import FactoryAPI
import HTTPTypes

/// Answers browsers: one page for every address that people see, and the files it is made of.
///
/// Nothing of what is stored is in them, so they are for everyone, also for who follows a link on another site; what the
/// page shows it asks the API for.
struct WebPages: Sendable {
    /// What an address belongs to.
    enum Target: Sendable, Hashable {
        /// A page; `place` is the one component of its address, where it has no more.
        case page(place: String?)
        /// A page that says that there is none, for browsers.
        case missing
        case file(name: String, hash: String)
    }

    /// First components of the addresses that the page knows.
    private static let places: Set<String> = [
        "pipelines", "runs", "templates", "monitor", "files", "models", "notifications", "settings", "signin", "setup",
        "join", "shared", "sign-in", "invitation",
    ]

    /// What the page may load and do: its own files and this server's API, and no code but that of the files.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "font-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
        "require-trusted-types-for 'script'", "trusted-types cf-template",
    ].joined(separator: "; ")

    private let files = WebFiles()

    /// What metrics and the log call these addresses.
    static func route(of target: Target) -> String {
        switch target {
        case .page: "page"
        case .missing: "none"
        case .file: "/ui/{hash}/{file}"
        }
    }

    /// What the decoded components of an address belong to; nil where they are none of the page's.
    static func target(of components: [String]) -> Target? {
        guard let first = components.first else { return .page(place: "pipelines") }
        if places.contains(first) { return .page(place: components.count == 1 ? first : nil) }
        guard first == "ui", components.count > 2 else { return nil }
        return .file(name: components.dropFirst(2).joined(separator: "/"), hash: components[1])
    }

    /// The answer to a request for `target`.
    ///
    /// - Throws: `not_found` for a file that this build does not have, such as one of a build before it.
    func reply(to target: Target, _ head: HTTPRequest) throws(APIProblem) -> Reply {
        let file: WebFiles.File
        let caching: String
        let status: Int
        switch target {
        case .page(let place): (file, caching, status) = (files.page(place), "no-cache", 200)
        case .missing: (file, caching, status) = (files.page(nil), "no-store", 404)
        case .file(let name, let hash):
            guard let found = files.file(name, hash: hash) else {
                throw APIProblem(.notFound, "this build has no such file", hint: "load the page anew")
            }
            (file, caching, status) = (found, "public, max-age=31536000, immutable", 200)
        }
        var headers = [
            (name: "Cache-Control", value: caching), (name: "Content-Security-Policy", value: Self.policy),
            (name: "Vary", value: "Accept-Encoding"),
        ]
        guard let packed = file.packed, Compression.isTaken(head.headerFields[.acceptEncoding]) else {
            return Reply(status: status, headers: headers, content: .file(file.bytes, type: file.type))
        }
        headers.append((name: "Content-Encoding", value: "gzip"))
        return Reply(status: status, headers: headers, content: .file(packed, type: file.type))
    }
}
