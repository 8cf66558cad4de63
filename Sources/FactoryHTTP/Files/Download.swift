import FactoryAPI

/// Bytes that people or runs stored, on their way out: always a file to be kept, never a page.
struct Download {
    let bytes: [UInt8]
    let name: String
    let tag: String

    func reply(_ request: APIRequest) throws(APIProblem) -> Reply {
        let entity = EntityTag(tag)
        var headers = Self.headers(name: name, entity)
        guard !request.has(entity) else { return .empty(status: 304, headers: headers) }
        var range = request.header("Range")
        if let condition = request.header("If-Range"), condition != entity.description { range = nil }
        switch ByteRange(range, size: Int64(bytes.count)) {
        case .whole: return Reply(status: 200, headers: headers, content: .file(bytes, type: type))
        case .part(let part):
            headers.append(("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)"))
            let piece = Array(bytes[Int(part.lowerBound)..<Int(part.upperBound)])
            return Reply(status: 206, headers: headers, content: .file(piece, type: type))
        case .unsatisfiable:
            throw APIProblem(
                .rangeNotSatisfiable, "the file has \(bytes.count) bytes",
                headers: [("Content-Range", "bytes */\(bytes.count)")])
        }
    }

    /// What stands over every download.
    static func headers(name: String, _ entity: EntityTag) -> [(name: String, value: String)] {
        [
            ("ETag", entity.description), ("Accept-Ranges", "bytes"), ("Content-Disposition", disposition(of: name)),
            ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ]
    }

    /// Plain text is shown as such; anything else is bytes, whatever its name says.
    private var type: String {
        let isText = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
        return isText ? "text/plain; charset=utf-8" : "application/octet-stream"
    }

    /// `attachment` with the last component of the name, in the two forms of RFC 6266.
    private static func disposition(of name: String) -> String {
        let file = name.split(separator: "/").last.map(String.init) ?? "file"
        let plain = String(
            file.unicodeScalars.map { scalar in
                let isPlain =
                    scalar.isASCII && scalar.value >= 32 && scalar != "\"" && scalar != "\\" && scalar.value != 127
                return isPlain ? Character(scalar) : "_"
            })
        var encoded = ""
        for byte in file.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            let digits = String(byte, radix: 16, uppercase: true)
            encoded += isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
        }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
