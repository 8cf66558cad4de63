public import FactoryAccess
import FactoryDomain
import FactoryStore
import FactoryStoreSQLite

/// The accounts of an installation, for the command line: beside a server that runs, or without one.
public final class AccountRoom: Sendable {
    /// What is done with them.
    public let accounts: Accounts

    /// Held where no server runs and the store had to be made or brought up to date.
    private let room: StoreRoom?

    /// Opens the accounts of the installation that `configuration` describes.
    ///
    /// - Parameters:
    ///   - holder: how this process names itself to another that finds the data folder in use.
    ///   - onlyReads: whether nothing is going to be written.
    public init(_ configuration: FactoryConfiguration, holder: String, onlyReads: Bool = false) throws(ServerError) {
        let store: SQLiteStore
        if let open = Self.besideAnother(configuration, onlyReads ? .reading : .joining) {
            (store, room) = (open, nil)
        } else {
            let room = try StoreRoom.open(configuration, holder: holder)
            (store, self.room) = (room.store, room)
        }
        let folders = try WorkspaceFolders(in: configuration.dataFolder)
        let adoption = Adoption(
            folders, store: store, keys: configuration.masterKey.source(in: configuration.dataFolder))
        let clock = ContinuousClock.now
        accounts = Accounts(
            store, passwords: Passwords(), throttle: SignInThrottle(now: { ContinuousClock.now - clock }),
            ids: IDGenerator(now: ProgramClock.now), now: ProgramClock.now, adopt: adoption.prepare)
    }

    /// What `body` does with the accounts, its error as this program shows it.
    public func use<Value: Sendable>(
        _ body: (Accounts) async throws(AccountError) -> Value
    ) async throws(ServerError) -> Value {
        defer { withExtendedLifetime(room) {} }
        do throws(AccountError) { return try await body(accounts) } catch { throw ServerError(error) }
    }

    /// The store as it is; nil where there is none of this program's format. Single transactions of another process
    /// take their turn with those of an engine, whose lock is for runs.
    private static func besideAnother(
        _ configuration: FactoryConfiguration, _ access: SQLiteStore.Access
    ) -> SQLiteStore? {
        guard let folder = DataFolder(holdingStoreAt: configuration.dataFolder) else { return nil }
        do throws(StoreError) { return try SQLiteStore(in: folder, access: access) } catch { return nil }
    }
}
