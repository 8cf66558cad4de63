import CAssets
import FactoryAPI
import FactoryBlobs
import FactoryDomain

extension API {
    /// A file that is part of the program.
    func asset(_ file: String, _ kind: MediaKind, _ request: APIRequest) throws(APIProblem) -> Reply {
        var size = 0
        guard let start = factory_asset(file, &size) else {
            throw APIProblem(.internalError, "the program lacks its file \(file)")
        }
        let bytes = Array(UnsafeBufferPointer(start: start, count: size))
        let tag = EntityTag(String(BlobStore.hash(of: bytes).rawValue.prefix(32)))
        let headers = [(name: "ETag", value: tag.description), (name: "Cache-Control", value: "no-cache")]
        guard !request.has(tag) else { return .empty(status: 304, headers: headers) }
        return Reply(status: 200, headers: headers, content: .bytes(bytes, kind))
    }
}
