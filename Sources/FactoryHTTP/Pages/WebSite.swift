/// The files of the pages as browsers get them: few, each with much in it.
struct WebSite {
    /// All but the page, by name.
    let files: [String: [UInt8]]
    /// The page that loads all others; addresses of files begin with ``written``.
    let page: String
    /// The same for addresses of one component, `/runs`: it names the files of `Web/pages/runs/runs.js` too, so that a
    /// browser need not run the first files to find these.
    let pages: [String: String]

    /// Where the addresses of files begin in the sources.
    static let written = "/ui/dev/"
    private static let style = "Web/together/style.css"

    /// What is made of the files in the sources, of which `page` is the page: its style sheets as one, its modules in
    /// bundles.
    init(_ sources: [String: [UInt8]], page name: String) {
        var files = sources
        let source = String(decoding: files.removeValue(forKey: name) ?? [], as: UTF8.self)
        var lines: [Substring] = []
        var styles: [UInt8] = []
        var script: String?
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.contains("rel=\"stylesheet\""), let file = Self.file(in: line) {
                if styles.isEmpty { lines.append("  <link rel=\"stylesheet\" href=\"\(Self.written)\(Self.style)\">") }
                styles += (files[file] ?? []) + [UInt8(ascii: "\n")]
            } else {
                if line.contains("type=\"module\"") { script = script ?? Self.file(in: line) }
                lines.append(line)
            }
        }
        files[Self.style] = styles
        var page = lines.joined(separator: "\n")
        var pages: [String: String] = [:]
        if let script {
            let bundles = WebBundles(files, main: script)
            page.replace("\"\(Self.written)\(script)\"", with: "\"\(Self.written)\(bundles.entry)\"")
            for name in files.keys {
                let parts = name.split(separator: "/")
                guard parts.count == 4, parts[1] == "pages", parts[3] == "\(parts[2]).js" else { continue }
                let links = bundles.neededFiles(of: name).map {
                    "  <link rel=\"modulepreload\" href=\"\(Self.written)\($0)\">\n"
                }
                pages[String(parts[2])] = page.replacing("</head>", with: "\(links.joined())</head>")
            }
            files = bundles.files
        }
        (self.files, self.page, self.pages) = (files, page, pages)
    }

    /// The file that a line of the page names.
    private static func file(in line: Substring) -> String? {
        line.split(separator: "\"").first { $0.hasPrefix(written) }.map { String($0.dropFirst(written.count)) }
    }
}
