import FactoryAPI
import FactoryBlobs
import FactoryDomain
import FactoryStore
import HummingbirdCore
import NIOCore

extension API {
    /// Every file the run wrote, in one zip archive; one file at a time is in memory.
    func getArchive(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        let plan = try await stored { () throws(StoreError) in try await services.runs.plan(of: id) }
        let files = plan.compactMap { change in change.after.map { (path: change.path, hash: $0) } }
        guard files.count <= ZipWriter.maxEntries,
            plan.reduce(0, { $0 + ($1.sizeBytes ?? 0) }) <= ZipWriter.maxBytes
        else {
            throw APIProblem(
                .conflict, "the run wrote more than an archive holds", hint: "download its artifacts one by one")
        }
        let blobs = services.blobs
        let moment = run.finishedAt ?? run.createdAt
        return Reply(
            status: 200,
            headers: [
                (name: "Content-Disposition", value: "attachment; filename=\"run-\(run.number).zip\""),
                (name: "Content-Security-Policy", value: "sandbox; default-src 'none'"),
            ],
            content: .stream(.zip) { writer in
                var zip = ZipWriter(at: moment)
                for file in files {
                    try await writer.write(ByteBuffer(bytes: zip.entry(file.path, try blobs.read(file.hash))))
                }
                try await writer.write(ByteBuffer(bytes: zip.end()))
                try await writer.finish(nil)
            })
    }
}
