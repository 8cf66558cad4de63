import FactoryAPI
import FactoryWorkspace
import HummingbirdCore
import NIOCore

/// A file that is too large to be in memory, on its way out. What names its content is when it was written, not a hash.
struct LargeDownload {
    let file: FileReader
    let name: String

    func reply(_ request: APIRequest) throws(APIProblem) -> Reply {
        let entity = EntityTag(file.mark)
        let size = file.status.size
        var headers = Download.headers(name: name, entity)
        guard !request.has(entity) else { return .empty(status: 304, headers: headers) }
        var range = request.header("Range")
        if let condition = request.header("If-Range"), condition != entity.description { range = nil }
        switch ByteRange(range, size: size) {
        case .whole: return Reply(status: 200, headers: headers, content: content(0..<size))
        case .part(let part):
            headers.append(("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"))
            return Reply(status: 206, headers: headers, content: content(part))
        case .unsatisfiable:
            throw APIProblem(
                .rangeNotSatisfiable, "the file has \(size) bytes", headers: [("Content-Range", "bytes */\(size)")])
        }
    }

    private func content(_ range: Range<Int64>) -> Reply.Content {
        .largeFile(bytes: Int(range.count)) { [file] writer in
            var place = range.lowerBound
            while place < range.upperBound {
                let count = Int(min(Int64(FileReader.pieceBytes), range.upperBound - place))
                let piece = try file.read(at: place, count)
                // Somebody cut the file off: so is the answer, which the client sees by its length.
                guard !piece.isEmpty else { throw Shortened() }
                try await writer.write(ByteBuffer(bytes: piece))
                place += Int64(piece.count)
            }
            try await writer.finish(nil)
        }
    }

    private struct Shortened: Error {}
}
