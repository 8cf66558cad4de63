import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite

/// A backup that is read.
struct BackupFolder: Sendable {
    /// What it says of itself.
    let note: BackupNote

    private let folder: OpenFolder
    private let files: [String: ContentHash]

    /// Opens the backup in the folder `path`.
    ///
    /// - Throws: where that is no backup, one of a newer program, or its list of files is not the one that was written.
    init(_ path: String) throws(ServerError) {
        folder = try OpenFolder(path.trimmingSlashes())
        guard let bytes = try folder.read(BackupNote.fileName, limit: BackupNote.maxBytes) else {
            throw .storage(
                reason: "\(path) is no finished backup: it has no \(BackupNote.fileName); `factory backup` makes one")
        }
        guard let json = try? JSON(parsing: bytes), let layout = BackupNote.layout(of: json) else {
            throw Restore.damaged("\(BackupNote.fileName) cannot be read")
        }
        guard layout <= BackupNote.knownLayout else {
            throw .storage(
                reason: "the backup is arranged as a newer program does it (\(layout)), this one knows "
                    + "\(BackupNote.knownLayout): use a newer program")
        }
        guard let note = BackupNote(json) else { throw Restore.damaged("\(BackupNote.fileName) lacks something") }
        guard note.storeFormat <= SQLiteStore.formatNumber else {
            throw .store(.newer(found: note.storeFormat, known: SQLiteStore.formatNumber))
        }
        guard let list = try folder.read(BackupSums.fileName, limit: BackupSums.maxBytes),
            BlobStore.hash(of: list).rawValue == note.sums, let sums = BackupSums(parsing: list)
        else { throw Restore.damaged("\(BackupSums.fileName) is missing or another") }
        guard sums.files["factory.sqlite"] != nil, sums.files.keys.allSatisfy(Self.belongs) else {
            throw Restore.damaged("\(BackupSums.fileName) does not list what a backup holds")
        }
        self.note = note
        files = sums.files
    }

    /// Compares every file with what was written.
    func check() throws(ServerError) { try compare(with: folder, below: "") }

    /// Compares the files in `other` whose paths begin with `beginning` with what was written.
    func compare(with other: OpenFolder, below beginning: String) throws(ServerError) {
        for (path, hash) in files where path.hasPrefix(beginning) {
            let found = try other.find(path) { folder, name throws(ServerError) in try folder.hash(name)?.hash }
            try expect(hash, found.flatMap(\.self), path)
        }
    }

    /// Copies every file that was written, and nothing else that may stand here by now.
    func copy(to target: OpenFolder) throws(ServerError) {
        for (path, hash) in files {
            let folders = try target.makeFolders(path.split(separator: "/").dropLast())
            let copied = try folder.find(path) { folder, name throws(ServerError) in
                try folder.copy(name, to: folders, as: name)?.hash
            }
            try expect(hash, copied.flatMap(\.self), path)
        }
        let workspaces = try target.makeFolder("workspaces")
        for path in note.emptyFolders { _ = try workspaces.makeFolders(path.split(separator: "/")) }
        for (name, other) in note.links { try workspaces.makeLink(name, to: other) }
    }

    /// How many files are below the folder `name`.
    func count(in name: String) -> Int { files.keys.count { $0.hasPrefix(name + "/") } }

    private func expect(_ hash: ContentHash, _ found: ContentHash?, _ path: String) throws(ServerError) {
        guard let found else { throw Restore.damaged("\(path) is missing") }
        guard found == hash else { throw Restore.damaged("\(path) is another") }
    }

    private static func belongs(_ path: String) -> Bool {
        ["factory.sqlite", "config.yaml", "master.key", "master.key.next", "token"].contains(path)
            || path.hasPrefix("blobs/") || path.hasPrefix("workspaces/")
    }
}
