import FactoryAPI
import FactoryBlobs
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore
import FactoryWorkspace

extension API {
    /// The change set of a run, with a diff for each file.
    func getChanges(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        return .json(try changes(run, try await plan(of: id)))
    }

    func settleChanges(_ request: APIRequest, accept: Bool) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        let paths = try Self.paths(request)
        let plan = try await engine { engine throws(EngineError) in
            try await engine.settleChanges(of: id, accept: accept, paths: paths)
        }
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        return .json(try changes(run, plan))
    }

    func undoChanges(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        let paths = try Self.paths(request)
        let plan = try await engine { engine throws(EngineError) in
            try await engine.undoChanges(of: id, paths: paths)
        }
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        return .json(try changes(run, plan))
    }

    /// The files that a decision is about; nil for all of them.
    private static func paths(_ request: APIRequest) throws(APIProblem) -> Set<String>? {
        guard let value = try request.members(known: ["files"])["files"] else { return nil }
        let texts = (value.arrayValue ?? []).compactMap(\.stringValue)
        guard let list = value.arrayValue, texts.count == list.count, (1...10_000).contains(texts.count) else {
            throw .invalid(field: "files", "must be a list of 1 to 10000 paths")
        }
        return Set(texts)
    }

    /// The files the run wrote, as artifacts.
    func listArtifacts(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let id = try request.identity(Run.self)
        _ = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        let items = try await plan(of: id).compactMap { change -> JSON? in
            guard let hash = change.after else { return nil }
            let artifact = ArtifactID(run: id, path: change.path)
            return [
                "id": .string(artifact.text), "run": .string(id.rawValue), "path": .string(change.path),
                "size": change.sizeBytes.map(JSON.int) ?? .null, "sha256": .string(hash.rawValue),
                "state": .string(change.state.rawValue),
                "links": ["self": .string("/api/v1/artifacts/\(artifact.text)")],
            ]
        }
        return .json(["items": .array(items), "next_cursor": nil])
    }

    func getArtifact(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let missing = APIProblem(.notFound, "there is no such artifact")
        guard let id = ArtifactID(request.parameter("id")) else { throw missing }
        guard let change = try await plan(of: id.run).first(where: { ArtifactID(run: id.run, path: $0.path) == id }),
            let hash = change.after
        else { throw missing }
        let bytes: [UInt8]
        do throws(BlobError) { bytes = try services.blobs.read(hash) } catch {
            throw APIProblem(.unavailable, "the artifact's content cannot be read")
        }
        return try Download(bytes: bytes, name: change.path, tag: hash.rawValue).reply(request)
    }

    private func plan(of id: ID<Run>) async throws(APIProblem) -> [PlannedChange] {
        try await stored { () throws(StoreError) in try await services.runs.plan(of: id) }
    }

    private func changes(_ run: RunRecord, _ plan: [PlannedChange]) throws(APIProblem) -> JSON {
        var files: [JSON] = []
        for change in plan {
            let diff: String
            do throws(WorkspaceError) { diff = try change.diff(from: services.blobs) } catch {
                throw APIProblem(.unavailable, "the content of a changed file cannot be read")
            }
            let action = change.after == nil ? "delete" : change.before == nil ? "create" : "change"
            files.append([
                "path": .string(change.path), "action": .string(action), "state": .string(change.state.rawValue),
                "before": change.before.map { .string($0.rawValue) } ?? .null,
                "after": change.after.map { .string($0.rawValue) } ?? .null,
                "size": change.sizeBytes.map(JSON.int) ?? .null, "diff": .string(diff),
            ])
        }
        return ["run": .string(run.id.rawValue), "status": .string(run.changes.rawValue), "files": .array(files)]
    }
}

/// The id of a file that a run wrote: the run's id and a hash of the path, which names both for good.
struct ArtifactID: Hashable {
    let run: ID<Run>
    private let pathHash: String

    init(run: ID<Run>, path: String) {
        self.run = run
        pathHash = String(BlobStore.hash(of: Array(path.utf8)).rawValue.prefix(16))
    }

    /// Reads ``text``.
    init?(_ text: String) {
        guard text.hasPrefix("art_"), text.utf8.count > 20 else { return nil }
        let body = text.dropFirst(4)
        guard let run = ID<Run>(parsing: Run.idPrefix + body.dropLast(16)) else { return nil }
        self.run = run
        pathHash = String(body.suffix(16))
    }

    var text: String { "art_" + run.rawValue.dropFirst(Run.idPrefix.count) + pathHash }
}
