public import FactoryEngine
public import FactoryStore
import FactoryStoreSQLite

extension RunReader {
    /// A reader of the installation that `configuration` describes.
    public init(_ configuration: FactoryConfiguration) throws(StoreError) {
        let folder = DataFolder(holdingStoreAt: configuration.dataFolder)
        let store: (any RunStore)? = if let folder { try SQLiteStore(in: folder, access: .reading) } else { nil }
        self.init(store)
    }
}
