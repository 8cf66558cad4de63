/// The kinds of content that the API takes and gives.
public enum MediaKind: String, Sendable, CaseIterable {
    case json = "application/json"
    case yaml = "application/yaml"
    case mergePatch = "application/merge-patch+json"
    case problem = "application/problem+json"
    case bytes = "application/octet-stream"
    case events = "text/event-stream"
    case script = "text/javascript"
    case types = "application/typescript"
    case zip = "application/zip"

    /// The kind that a `Content-Type` names; nil for any other, and for an encoding that is not UTF-8.
    public init?(contentType: String) {
        let parts = contentType.split(separator: ";").map { $0.trimmingBlanks().lowercased() }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            let name = parameter.dropFirst(8).filter { $0 != "\"" }
            guard name == "utf-8" || name == "utf8" else { return nil }
        }
        switch parts.first {
        case "application/json": self = .json
        case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml": self = .yaml
        case "application/merge-patch+json": self = .mergePatch
        case "application/octet-stream": self = .bytes
        default: return nil
        }
    }
}

/// What an `Accept` header prefers.
public struct Acceptance: Sendable {
    private let ranges: [(type: String, quality: Double)]

    /// Reads a header's value; nil and an empty text accept everything.
    public init(_ header: String?) {
        let text = header.flatMap { $0.isEmpty ? nil : $0 } ?? "*/*"
        ranges = text.split(separator: ",").map { part in
            let pieces = part.split(separator: ";").map { $0.trimmingBlanks().lowercased() }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return (pieces.first ?? "", quality ?? 1)
        }
    }

    /// The one of `kinds` that is wanted most, the earlier where two are wanted alike; nil where none is acceptable.
    public func best(of kinds: [MediaKind]) -> MediaKind? {
        var best: (kind: MediaKind, quality: Double)?
        for kind in kinds {
            let quality = quality(of: kind)
            if quality > 0, quality > best?.quality ?? 0 { best = (kind, quality) }
        }
        return best?.kind
    }

    private func quality(of kind: MediaKind) -> Double {
        let family = kind.rawValue.split(separator: "/").first.map { "\($0)/*" } ?? ""
        let names = kind == .yaml ? [kind.rawValue, "application/x-yaml", "text/yaml"] : [kind.rawValue]
        for name in names {
            if let exact = ranges.first(where: { $0.type == name }) { return exact.quality }
        }
        for name in [family, "*/*"] {
            if let wide = ranges.first(where: { $0.type == name }) { return wide.quality }
        }
        return 0
    }
}
