import CZlib
import FactoryAPI
import NIOCore

/// gzip for answers, where the client takes it.
enum Compression {
    /// Below this an answer is hardly shorter and only later: 1 KiB.
    static let leastBytes = 1 << 10
    /// Above this speed counts for more than size: 1 MiB.
    private static let largeBytes = 1 << 20

    /// Whether an `Accept-Encoding` takes gzip (RFC 9110, 12.5.3).
    static func isTaken(_ header: String?) -> Bool {
        var any: Bool?
        for part in (header ?? "").split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.trimmingBlanks().lowercased() }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            switch pieces.first {
            case "gzip", "x-gzip": return quality > 0
            case "*": any = quality > 0
            default: break
            }
        }
        return any ?? false
    }

    /// `bytes` in the gzip format; nil where that is no shorter.
    static func gzip(_ bytes: [UInt8]) -> [UInt8]? { packed(bytes, bits: 31) }

    /// `bytes` deflated, without a header; nil where that is no shorter.
    static func deflated(_ bytes: [UInt8]) -> [UInt8]? { packed(bytes, bits: -15) }

    private static func packed(_ bytes: [UInt8], bits: Int32) -> [UInt8]? {
        var stream = z_stream()
        guard czlib_begin(&stream, bytes.count > largeBytes ? 1 : 6, bits) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        let packed = [UInt8](unsafeUninitializedCapacity: bytes.count) { output, count in
            let outcome = input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
            count = outcome == Z_STREAM_END ? Int(stream.total_out) : 0
        }
        return packed.isEmpty ? nil : packed
    }
}

extension Reply {
    /// The reply with its body compressed, where the client takes that and it is worth it.
    ///
    /// Answers to `GET` alone, and of those only what the server wrote itself: streams stay readable piece by piece, and
    /// downloads keep their ranges. Compression beside a secret can betray it to who chooses the text next to it and sees
    /// the length (BREACH). Here nobody can do both: a page of another origin is refused before anything is answered, and
    /// what shows a secret, such as a new access key, answers a `POST`.
    func compressed(for acceptEncoding: String?, method: String) -> Reply {
        guard method == "GET" || method == "HEAD" else { return self }
        let (length, kind, bytes): (Int, MediaKind, () -> [UInt8])
        switch content {
        case .bytes(let its, let ofKind): (length, kind, bytes) = (its.count, ofKind, { its })
        case .kept(let its, let ofKind):
            (length, kind, bytes) = (its.readableBytes, ofKind, { Array(its.readableBytesView) })
        case .none, .file, .largeFile, .stream: return self
        }
        guard length >= Compression.leastBytes else { return self }
        var reply = self
        reply.vary(by: "Accept-Encoding")
        guard Compression.isTaken(acceptEncoding), let packed = Compression.gzip(bytes()) else { return reply }
        reply.content = .bytes(packed, kind)
        reply.headers.append((name: "Content-Encoding", value: "gzip"))
        // Other bytes have another tag; EntityTagCondition takes both for the same thing.
        if let place = reply.headers.firstIndex(where: { $0.name == "ETag" }),
            reply.headers[place].value.hasSuffix("\"")
        {
            reply.headers[place].value = reply.headers[place].value.dropLast() + EntityTag.gzipMark + "\""
        }
        return reply
    }

    private mutating func vary(by name: String) {
        if let place = headers.firstIndex(where: { $0.name == "Vary" }) {
            headers[place].value += ", \(name)"
        } else {
            headers.append((name: "Vary", value: name))
        }
    }
}
