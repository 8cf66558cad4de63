import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactoryStoreSQLite

/// How people and programs come into an installation that serves.
struct Entry: Sendable {
    /// What is printed at a start, and to whom it opens the door.
    enum Token: Sendable {
        /// Makes the first account.
        case setup(String)
        /// Signs the one person in who uses it.
        case signIn(String)
    }

    let key: InstallationKey
    let accounts: Accounts
    let folders: WorkspaceFolders

    init(_ factory: LocalFactory, key: String, _ configuration: FactoryConfiguration) throws(ServerError) {
        let folders = try WorkspaceFolders(in: configuration.dataFolder)
        let adoption = Adoption(
            folders, store: factory.store, keys: configuration.masterKey.source(in: configuration.dataFolder))
        self.key = InstallationKey(key)
        self.folders = folders
        accounts = Accounts(
            factory.store, passwords: Passwords(), throttle: SignInThrottle(now: Self.elapsed()), ids: factory.ids,
            now: ProgramClock.now, adopt: adoption.prepare)
    }

    /// What the person who starts the server is given to come in; nil where there are accounts.
    func token(isSingleUser: Bool) async throws(ServerError) -> Token? {
        do throws(AccountError) {
            if isSingleUser {
                let account = try await accounts.onlyAccount(named: Self.userName)
                return .signIn(try await accounts.signInToken(of: account.id).token)
            }
            guard try await !accounts.hasAny() else { return nil }
            return .setup(try await accounts.setupToken().token)
        } catch { throw ServerError(error) }
    }

    func services(_ factory: LocalFactory, _ listener: ListenerConfiguration) -> AccessServices {
        AccessServices(
            authenticator: AccountAuthenticator(key, factory.store, now: ProgramClock.now), objects: factory.store,
            accounts: accounts, limits: AccessLimits(now: Self.elapsed()),
            network: NetworkTrust(
                isLoopback: listener.isLoopback,
                isTrustedProxy: TrustedProxies(listener.trustedProxies).contains))
    }

    /// A clock that is never set back.
    private static func elapsed() -> @Sendable () -> Duration {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }
}
