import FactoryDomain
import Glibc

/// The folders in which accounts have their files, one for each below `workspaces`.
///
/// The first account has the folder that was used before there was one, by a link: runs that have not ended go on in it.
struct WorkspaceFolders: Sendable {
    private let root: String

    /// Makes the folder of folders in the data folder, and that of what belongs to no account.
    init(in dataFolder: String) throws(ServerError) {
        root = dataFolder + "/workspaces"
        for path in [root, "\(root)/\(Owner.local)"] {
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw .storage(reason: "cannot make the folder \(path): \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Absolute path of the folder of `owner`, which is there afterwards if the disk allows.
    @Sendable func path(of owner: String) -> String {
        let path = "\(root)/\(owner)"
        if let found = Self.resolved(path) { return found }
        mkdir(path, 0o700)
        return Self.resolved(path) ?? path
    }

    /// Gives `account` the folder of what belonged to no account.
    @Sendable func adopt(_ account: ID<Account>) { symlink(Owner.local, "\(root)/\(account)") }

    private static func resolved(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
