import FactoryClient
import FactoryDefinition
import FactoryJSON
import FactoryNetwork
import Glibc

/// A pipeline of a server, as its lists show it.
struct RemotePipeline: Sendable {
    let id: String
    let name: String

    init?(_ item: JSON) {
        guard let id = item["id"]?.stringValue, let name = item["name"]?.stringValue else { return nil }
        self.id = id
        self.name = name
    }

    /// Where the API has it.
    var path: String { "/api/v1/pipelines/\(FactoryClient.component(id))" }

    /// Its document as text, as it was written.
    func text(_ client: FactoryClient) async throws -> String {
        try await client.send(.get, path, headers: [("Accept", "application/yaml")]).text
    }
}

/// Finds pipelines of a server by what people call them.
struct RemotePipelines {
    let client: FactoryClient

    init(_ client: FactoryClient) { self.client = client }

    /// The pipelines of whoever has the key, by name.
    func own() async throws -> [String: RemotePipeline] {
        let items = try await client.list("/api/v1/pipelines", query: [("owner", "me")])
        return items.compactMap(RemotePipeline.init).reduce(into: [:]) { $0[$1.name] = $1 }
    }

    /// The pipeline with this id or name: one's own before those of others.
    func find(_ text: String) async throws -> RemotePipeline {
        if text.hasPrefix("pl_") {
            let item = try await client.send(.get, "/api/v1/pipelines/\(FactoryClient.component(text))").json()
            if let found = RemotePipeline(item) { return found }
        }
        if let found = try await own()[text] { return found }
        let others = try await client.list("/api/v1/pipelines").compactMap(RemotePipeline.init).filter {
            $0.name == text
        }
        switch others.count {
        case 1: return others[0]
        case 0: throw CommandFailure(.usage, "the server has no pipeline \(text)", hint: "factory pipelines list")
        default:
            throw CommandFailure(
                .usage, "several people have a pipeline \(text)",
                hint: "name one by its id: " + others.map(\.id).joined(separator: ", "))
        }
    }
}

/// A document in a file.
struct LocalDocument {
    let path: String
    let text: [UInt8]
    let document: JSON
    let name: String

    init(path: String) throws {
        self.path = path
        text = try TextFile.bytes(path, of: "apply")
        let reading = DocumentReader().read(text, as: .detect)
        guard let document = reading.document, let pipeline = reading.pipeline else {
            for problem in reading.problems { Output.note(problem.line(inFile: path)) }
            throw CommandFailure(.invalid)
        }
        self.document = document
        name = pipeline.name
    }

    /// What the text is, for a server.
    var contentType: String {
        text.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{") ? "application/json" : "application/yaml"
    }

    /// The documents in `path`: the one it is, or all of a folder and the folders in it.
    static func all(in path: String) throws -> [LocalDocument] {
        var status = stat()
        guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            return [try LocalDocument(path: path)]
        }
        let documents = try files(in: path).map(LocalDocument.init(path:))
        for (name, same) in Dictionary(grouping: documents, by: \.name) where same.count > 1 {
            throw CommandFailure(
                .invalid, "\(same.map(\.path).sorted().joined(separator: " and ")) both name their pipeline \(name)",
                hint: "a name stands for one pipeline; rename one of them")
        }
        return documents
    }

    private static func files(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else {
            throw CommandFailure(.usage, "cannot read \(folder): \(String(cString: strerror(errno)))")
        }
        defer { closedir(directory) }
        var paths: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                paths += try files(in: path)
            } else if [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) {
                paths.append(path)
            }
        }
        return paths.sorted()
    }
}
