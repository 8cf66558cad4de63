public import FactorySecrets

/// Where the key comes from that secrets are sealed with.
public struct MasterKeyConfiguration: Sendable {
    /// The file with the key; nil for `master.key` in the data folder. It is made at the first use.
    public var file: String?
    /// The key itself, from the environment: goes before the file.
    public var given: String?
    /// The key that takes the place of the given one while it is replaced.
    public var next: String?

    /// The key in the data folder.
    public init() {}

    /// The source of keys of the installation in `dataFolder`.
    public func source(in dataFolder: String) -> MasterKeySource {
        if let given { return .given(given, next: next) }
        return .file(file ?? dataFolder + "/master.key")
    }
}
