public import FactoryDomain
import FactoryJSON
public import FactoryStore

/// Everything that people do with accounts, whoever asks for it: the server's routes or the command line.
public struct Accounts: Sendable {
    /// For how long an invitation or a reset link is good: 72 hours.
    public static let linkLifetime = Duration.seconds(72 * 3_600)
    /// For how long the token of the first start is good: an hour.
    public static let setupLifetime = Duration.seconds(3_600)

    /// Where accounts are kept.
    public let store: any AccountStore & CredentialStore & AuditStore
    /// Who did what.
    public let audit: AuditLog

    let passwords: Passwords
    let throttle: SignInThrottle
    let ids: IDGenerator
    let now: @Sendable () -> Timestamp
    /// Gives the first account what the store cannot.
    let adopt: @Sendable (_ first: ID<Account>) async throws(AccountError) -> ResealedValues
    /// How often the first account is tried anew, where what is sealed changed meanwhile.
    private static let adoptions = 8

    /// - Parameters:
    ///   - throttle: how often signing in may be tried.
    ///   - now: the wall clock.
    ///   - adopt: gives the first account, before it is kept, what the store cannot give it by itself: files, and what
    ///     is sealed for its owner.
    public init(
        _ store: any AccountStore & CredentialStore & AuditStore, passwords: Passwords, throttle: SignInThrottle,
        ids: IDGenerator, now: @escaping @Sendable () -> Timestamp,
        adopt: @escaping @Sendable (_ first: ID<Account>) async throws(AccountError) -> ResealedValues
    ) {
        self.store = store
        audit = AuditLog(store, now: now)
        self.passwords = passwords
        self.throttle = throttle
        self.ids = ids
        self.now = now
        self.adopt = adopt
    }

    /// Prepares what the first account gets and does `body` with it, anew where something came in between.
    func adopting(
        _ account: ID<Account>, _ body: (ResealedValues) async throws(AccountError) -> Void
    ) async throws(AccountError) {
        for attempt in 1... {
            let values = try await adopt(account)
            do throws(AccountError) { return try await body(values) } catch {
                switch error {
                case .store(.changed) where attempt < Self.adoptions: continue
                case .store(.otherKey) where attempt < Self.adoptions: continue
                default: throw error
                }
            }
        }
    }

    func stored<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(AccountError) -> Value {
        do throws(StoreError) { return try await body() } catch { throw AccountError(error) }
    }

    func hashed<Value: Sendable>(
        _ body: () async throws(PasswordError) -> Value
    ) async throws(AccountError) -> Value {
        do throws(PasswordError) { return try await body() } catch { throw .busy }
    }

    func note(
        _ action: AuditAction, by actor: AuditActor, on object: String?, _ detail: [(String, String?)] = []
    ) async throws(AccountError) {
        try await stored { () throws(StoreError) in
            try await audit.record(
                action, by: actor, on: object, JSONObject(detail.map { ($0.0, $0.1.map(JSON.string) ?? .null) }))
        }
    }

    /// The record of a new account, checked.
    func newAccount(
        _ name: String, _ email: String?, _ role: AccountRole, password: String?
    ) async throws(AccountError) -> AccountRecord {
        let now = now()
        var account = AccountRecord(
            id: ids.make(), name: try Self.name(name), email: try email.map(Self.address), role: role,
            createdAt: now, updatedAt: now)
        if let password {
            try Self.check(password)
            account.password = try await hashed { () throws(PasswordError) in
                try await passwords.digest(of: password)
            }
        }
        return account
    }

    static func name(_ text: String) throws(AccountError) -> String {
        guard let name = AccountName.normalised(text) else { throw .invalid(field: "name", rule: AccountName.rule) }
        return name
    }

    static func address(_ text: String) throws(AccountError) -> String {
        guard let address = AccountName.normalisedAddress(text) else {
            throw .invalid(field: "email", rule: "must be an address such as ada@example.com")
        }
        return address
    }

    static func check(_ password: String, field: String = "password") throws(AccountError) {
        if let rule = PasswordRules.refusal(password) { throw .invalid(field: field, rule: rule) }
    }
}
