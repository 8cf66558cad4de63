public import FactoryAccess
public import FactorySecrets
public import FactoryStore
import FactoryStoreSQLite

/// The secrets, variables and environments of a data folder, beside whoever works with it.
///
/// Where nobody does, this process holds the folder; beside a server or a run it writes to the store as another process.
public final class ValueRoom: Sendable {
    /// Keeps them.
    public let values: OwnedValues
    /// Puts a new master key in the place of the present one.
    public let rotation: KeyRotation
    /// Who did what.
    public let audit: AuditLog
    /// Where they are kept.
    public var store: any EnvironmentStore & SecretStore & VariableStore { database }

    private let database: SQLiteStore
    private let lock: DataFolder.Lock?

    /// Opens the store of the data folder that `configuration` names, and makes it where there is none.
    ///
    /// - Parameter holder: how this process names itself to another that finds the data folder in use.
    public init(_ configuration: FactoryConfiguration, holder: String) throws(ServerError) {
        do throws(StoreError) {
            let folder = try DataFolder(path: configuration.dataFolder)
            lock = try Self.lock(folder, holder)
            guard lock != nil || folder.hasStore else {
                throw .unavailable(reason: "another process is about to make it; try again")
            }
            database = try SQLiteStore(in: folder, access: lock == nil ? .joining : .writing)
        } catch { throw .store(error) }
        let source = configuration.masterKey.source(in: configuration.dataFolder)
        values = OwnedValues(store: database, keys: source)
        audit = AuditLog(database, now: ProgramClock.now)
        rotation = KeyRotation(store: database, keys: source, now: ProgramClock.now)
    }

    private static func lock(_ folder: DataFolder, _ holder: String) throws(StoreError) -> DataFolder.Lock? {
        do throws(StoreError) { return try folder.lock(as: holder) } catch {
            guard case .held = error else { throw error }
            return nil
        }
    }
}
