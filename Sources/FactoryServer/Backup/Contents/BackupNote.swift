import FactoryDomain
import FactoryJSON

/// What a backup says of itself, in `backup.json`.
struct BackupNote: Equatable {
    /// Its name in the backup.
    static let fileName = "backup.json"
    /// Most bytes of it: 64 MiB.
    static let maxBytes = 64 << 20
    /// The newest arrangement of backups that this program knows.
    static let knownLayout = 1

    /// How the backup is arranged.
    var layout = knownLayout
    /// Version of the program that made it.
    var program: String
    /// Format of the store in it.
    var storeFormat: Int
    /// When the store was copied.
    var madeAt: String
    /// The data folder it was made of, without links in it: where runs had their files.
    var dataFolder: String
    /// Runs in the store.
    var runs: Int
    /// Bytes of all files.
    var bytes: Int64
    /// Ids of the master keys that something in it is sealed with.
    var sealingKeys: [String]
    /// Whether these keys, and the server's access key, are in it.
    var includesKeys: Bool
    /// Folders of workspaces in which nothing is.
    var emptyFolders: [String]
    /// Workspaces that are another name of a workspace, by name.
    var links: [String: String]
    /// Address of the list of files.
    var sums: String

    /// The JSON of the file.
    var json: JSON {
        [
            "backup": .int(Int64(layout)), "program": .string(program), "store_format": .int(Int64(storeFormat)),
            "made_at": .string(madeAt), "data_folder": .string(dataFolder), "runs": .int(Int64(runs)),
            "bytes": .int(bytes), "sealing_keys": .array(sealingKeys.map(JSON.string)),
            "includes_keys": .bool(includesKeys), "empty_folders": .array(emptyFolders.map(JSON.string)),
            "links": .object(JSONObject(links.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "sums": .string(sums),
        ]
    }

    /// The number in the file that tells how a backup is arranged; nil where it is none of this program.
    static func layout(of json: JSON) -> Int? { number(json["backup"]).map { Int(clamping: $0) } }
}

extension BackupNote {
    /// Reads what ``json`` gives; nil for anything else.
    init?(_ json: JSON) {
        guard let layout = Self.layout(of: json), let program = Self.text(json["program"]),
            let storeFormat = Self.number(json["store_format"]), let madeAt = Self.text(json["made_at"]),
            let dataFolder = Self.text(json["data_folder"]), let runs = Self.number(json["runs"]),
            let bytes = Self.number(json["bytes"]), case .bool(let includesKeys)? = json["includes_keys"],
            let keys = Self.texts(json["sealing_keys"]), let folders = Self.texts(json["empty_folders"]),
            case .object(let links)? = json["links"], let sums = Self.text(json["sums"]), bytes >= 0
        else { return nil }
        var names: [String: String] = [:]
        for (name, value) in links {
            guard let target = Self.text(value), FolderCopy.isPlain(name), FolderCopy.isPlain(target) else {
                return nil
            }
            names[name] = target
        }
        guard folders.allSatisfy(BackupSums.isSafe) else { return nil }
        self.init(
            layout: layout, program: program, storeFormat: Int(clamping: storeFormat), madeAt: madeAt,
            dataFolder: dataFolder, runs: Int(clamping: runs), bytes: bytes, sealingKeys: keys,
            includesKeys: includesKeys, emptyFolders: folders, links: names, sums: sums)
    }

    private static func text(_ json: JSON?) -> String? { if case .string(let text)? = json { text } else { nil } }

    private static func number(_ json: JSON?) -> Int64? { if case .int(let number)? = json { number } else { nil } }

    private static func texts(_ json: JSON?) -> [String]? {
        guard case .array(let items)? = json else { return nil }
        let texts = items.compactMap(text)
        return texts.count == items.count ? texts : nil
    }
}
