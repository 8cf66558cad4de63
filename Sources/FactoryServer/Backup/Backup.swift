import FactoryBlobs
public import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import Glibc

/// A copy of an installation, made beside whoever works with it: the store, the blobs it names, the workspaces and the
/// configuration. It is a data folder itself, and ``Restore`` puts it in place elsewhere.
///
/// The store is copied as it was at one moment. Blobs and files are copied before, and what came or changed meanwhile
/// after: so everything that the store speaks of is there. Files are replaced as a whole by whoever writes them, and are
/// copied as a whole. The folder gets its name when everything in it is checked.
public struct Backup: Sendable {
    /// What was copied.
    public struct Report: Sendable, Hashable {
        /// When the store was copied.
        public var moment: Timestamp
        /// Runs in the copy.
        public var runs: Int
        /// Blobs in the copy.
        public var blobs: Int
        /// Bytes of these blobs.
        public var blobBytes: Int64
        /// Files of workspaces in the copy.
        public var files: Int
        /// Bytes of these files.
        public var fileBytes: Int64
        /// False where files were still written when they had been looked through ``Backup/passes`` times: each is whole
        /// then, and they are not all of the same moment.
        public var filesAreOfOneMoment: Bool
        /// What stands in the workspaces and cannot be copied: links, pipes, names that are no text.
        public var leftOut: [String]
        /// Ids of the master keys that are needed to open what is sealed in the copy.
        public var sealingKeys: [String]
        /// Whether these keys, and the server's access key, are in the copy.
        public var includesKeys: Bool
    }

    /// How often files are looked through for changes, after they were copied.
    static let passes = 8

    private let configuration: FactoryConfiguration
    private let source: DataFolder
    private let store: SQLiteStore
    private let holder: String

    /// A backup of the installation that `configuration` describes.
    ///
    /// - Parameter holder: how this process names itself to another that finds its work half done.
    public init(_ configuration: FactoryConfiguration, holder: String) throws(ServerError) {
        guard let folder = DataFolder(holdingStoreAt: configuration.dataFolder) else {
            throw .store(.notFound(kind: "store", id: "in the data folder"))
        }
        self.configuration = configuration
        source = folder
        self.holder = holder
        do throws(StoreError) { store = try SQLiteStore(in: folder, access: .reading) } catch { throw .store(error) }
    }

    /// Makes the backup in the new folder `path`.
    ///
    /// - Parameter includesKeys: copies the master key and the server's access key too: who has the backup can then open
    ///   everything in it.
    public func make(at path: String, includingKeys includesKeys: Bool = false) async throws(ServerError) -> Report {
        guard !path.isEmpty else { throw .storage(reason: "the backup needs the name of a new folder") }
        let path = path.trimmingSlashes()
        var status = stat()
        guard lstat(path, &status) != 0 else { throw .storage(reason: "\(path) is there already; name a new folder") }
        let folder = try NewFolder(path, holder: holder)
        do throws(ServerError) {
            let report = try await fill(folder.folder, includesKeys)
            try folder.publish()
            return report
        } catch {
            folder.discard()
            throw error
        }
    }

    private func fill(_ folder: OpenFolder, _ includesKeys: Bool) async throws(ServerError) -> Report {
        let origin = try OpenFolder(source.path)
        var sums = BackupSums()
        var blobs = try BlobCopy(from: source.blobsPath, to: folder.path + "/blobs")
        try blobs.copyAll()
        let workspaces = try origin.folder("workspaces")
        var files = try workspaces.map { found throws(ServerError) in
            FolderCopy(from: found, to: try folder.makeFolder("workspaces"))
        }
        _ = try files?.pass()
        let moment = ProgramClock.now()
        let copy = try await stored { () throws(StoreError) in
            try await StoreContents(store.backUp(to: DataFolder(path: folder.path)))
        }
        try folder.removeStoreCompanions()
        let blobBytes = try await blobs.keepOnly(copy.blobs)
        var passes = 1
        while passes < Self.passes, try files?.pass() == true { passes += 1 }
        if let config = try origin.copy("config.yaml", to: folder, as: "config.yaml") {
            sums.files["config.yaml"] = config.hash
        }
        if includesKeys { try copyKeys(from: origin, to: folder, copy.sealingKeys, &sums) }
        try Self.list(folder, copy.blobs, files, &sums)
        let copied = Array((files?.files ?? [:]).values)
        let report = Report(
            moment: moment, runs: copy.runs, blobs: copy.blobs.count, blobBytes: blobBytes, files: copied.count,
            fileBytes: copied.reduce(0) { $0 + $1.bytes }, filesAreOfOneMoment: passes < Self.passes,
            leftOut: (files?.leftOut ?? []).sorted(), sealingKeys: copy.sealingKeys, includesKeys: includesKeys)
        try note(report, files, sums, in: folder)
        return report
    }

    /// Reads everything again: a backup is worth what can be read of it. Blobs have been.
    private static func list(
        _ folder: OpenFolder, _ blobs: Set<ContentHash>, _ files: FolderCopy?, _ sums: inout BackupSums
    ) throws(ServerError) {
        guard let store = try folder.hash("factory.sqlite") else {
            throw .storage(reason: "the copy of the store is gone")
        }
        sums.files["factory.sqlite"] = store.hash
        for blob in blobs { sums.files["blobs/\(blob.rawValue.prefix(2))/\(blob.rawValue.dropFirst(2))"] = blob }
        for (path, file) in files?.files ?? [:] {
            let found = try folder.find("workspaces/" + path) { place, name throws(ServerError) in
                try place.hash(name)?.hash
            }
            guard found.flatMap(\.self) == file.hash else {
                throw .storage(reason: "\(folder.path)/workspaces/\(path) does not hold what was written")
            }
            sums.files["workspaces/" + path] = file.hash
        }
    }

    private func note(
        _ report: Report, _ files: FolderCopy?, _ sums: BackupSums, in folder: OpenFolder
    ) throws(ServerError) {
        let list = Array(sums.text.utf8)
        try folder.write(list, to: BackupSums.fileName)
        let note = BackupNote(
            program: ProgramVersion.current.number, storeFormat: SQLiteStore.formatNumber,
            madeAt: report.moment.description, dataFolder: source.path.resolved, runs: report.runs,
            bytes: report.blobBytes + report.fileBytes, sealingKeys: report.sealingKeys,
            includesKeys: report.includesKeys, emptyFolders: (files?.emptyFolders ?? []).sorted(),
            links: files?.links ?? [:], sums: BlobStore.hash(of: list).rawValue)
        try folder.write(Array((note.json.serialized(pretty: true) + "\n").utf8), to: BackupNote.fileName)
    }

    /// Copies the files with keys, as they are named in a data folder.
    private func copyKeys(
        from origin: OpenFolder, to folder: OpenFolder, _ needed: [String], _ sums: inout BackupSums
    ) throws(ServerError) {
        guard configuration.masterKey.given == nil else {
            throw .refused("the master key stands in the environment: keep it yourself, and back up without keys")
        }
        do throws(SecretError) {
            let keys = try configuration.masterKey.source(in: source.path).keys()
            for id in needed where keys.key(id) == nil { throw SecretError.missingKey(id) }
        } catch { throw .secrets(error) }
        let path = configuration.masterKey.file ?? source.path + "/master.key"
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let place = try OpenFolder(NewFolder.parent(of: path))
        for (from, key, to) in [
            (place, name, "master.key"), (place, name + ".next", "master.key.next"), (origin, "token", "token"),
        ] {
            if let copied = try from.copy(key, to: folder, as: to) { sums.files[to] = copied.hash }
        }
    }

    private func stored<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(ServerError) -> Value {
        do throws(StoreError) { return try await body() } catch { throw .store(error) }
    }
}
