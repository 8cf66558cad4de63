/// The kind of a file's content, by its name and, where that says nothing, by its bytes.
enum MediaType {
    /// The type of a file called `name` that holds `bytes`.
    static func of(name: String, bytes: [UInt8]) -> String { byExtension(name) ?? byContent(bytes) }

    private static func byExtension(_ name: String) -> String? {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
        return types[name[name.index(after: dot)...].lowercased()]
    }

    /// Text without control characters that no text has, or else unknown bytes.
    private static func byContent(_ bytes: [UInt8]) -> String {
        !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
            ? "text/plain" : "application/octet-stream"
    }

    private static let types = [
        "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "html": "text/html", "htm": "text/html",
        "css": "text/css", "csv": "text/csv", "tsv": "text/tab-separated-values", "js": "text/javascript",
        "mjs": "text/javascript", "json": "application/json", "jsonl": "application/jsonl", "yaml": "application/yaml",
        "yml": "application/yaml", "toml": "application/toml", "xml": "application/xml", "pdf": "application/pdf",
        "zip": "application/zip", "gz": "application/gzip", "tar": "application/x-tar", "wasm": "application/wasm",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "svg": "image/svg+xml", "mp3": "audio/mpeg", "wav": "audio/wav", "mp4": "video/mp4", "py": "text/x-python",
        "swift": "text/x-swift", "sh": "application/x-sh", "c": "text/x-c", "h": "text/x-c", "rs": "text/x-rust",
        "go": "text/x-go", "ts": "text/x-typescript", "sql": "application/sql",
    ]
}
