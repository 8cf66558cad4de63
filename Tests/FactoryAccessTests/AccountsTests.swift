import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import Synchronization
import Testing

@Suite("Accounts") struct AccountsTests {
    private final class Wall: Sendable {
        private let moment = Mutex<Int64>(1_000_000)
        func now() -> Timestamp { Timestamp(milliseconds: moment.withLock { $0 }) }
        func pass(_ seconds: Int64) { moment.withLock { $0 += seconds * 1_000 } }
    }

    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let wall = Wall()
    private let place = SignInPlace(address: "192.0.2.1", client: "test\nbrowser")
    private let password = "a long enough password"

    init() throws { store = try SQLiteStore(in: DataFolder(path: folder.file("data"))) }

    private func accounts(rounds: Int = 4) -> Accounts {
        let wall = wall
        return Accounts(
            store, passwords: Passwords(cost: PasswordCost(logRounds: rounds, blockSize: 8, parallelism: 1)),
            throttle: SignInThrottle(now: { .milliseconds(wall.now().milliseconds) }),
            ids: IDGenerator(now: wall.now), now: wall.now, adopt: { _ in ResealedValues() })
    }

    private func ada(_ accounts: Accounts) async throws -> AccountRecord {
        try await accounts.create(name: "ada", email: nil, role: .admin, password: password, by: .commandLine)
    }

    private func principal(_ bearer: String?, session: String? = nil) async throws -> Principal? {
        try await AccountAuthenticator(InstallationKey("cf_local_key"), store, now: wall.now)
            .principal(for: Credentials(bearer: bearer, session: session))
    }

    @Test("have their password kept anew when the parameters have changed")
    func rehash() async throws {
        let old = try await ada(accounts())
        _ = try await accounts(rounds: 5).signIn("ada", password: password, at: place)
        let kept = try #require(try await store.account(old.id)?.password)
        #expect(kept.hasPrefix("scrypt$5$"))
        _ = try await accounts(rounds: 5).signIn("ADA", password: password, at: place)
        #expect(try await store.account(old.id)?.password == kept)
    }

    @Test("are known by a session until it is too old, or was not used for too long")
    func sessions() async throws {
        _ = try await ada(accounts())
        let signedIn = try await accounts().signIn("ada", password: password, at: place)
        #expect(signedIn.session.client == "testbrowser")
        #expect(try await principal(nil, session: signedIn.token)?.credential == .session(signedIn.session.id.rawValue))
        #expect(try await principal(nil, session: signedIn.session.tokenDigest) == nil)
        wall.pass(12 * 3_600)
        #expect(try await principal(nil, session: signedIn.token)?.name == "ada")
        wall.pass(12 * 3_600 + 1)
        #expect(try await principal(nil, session: signedIn.token) == nil)
        let other = try await accounts().signIn("ada", password: password, at: place)
        for _ in 0..<14 {
            wall.pass(12 * 3_600)
            #expect(try await principal(nil, session: other.token) != nil)
        }
        wall.pass(1)
        #expect(try await principal(nil, session: other.token) == nil)
    }

    @Test("note the last use of a session at most once a minute")
    func lastUse() async throws {
        let account = try await ada(accounts())
        let signedIn = try await accounts().signIn("ada", password: password, at: place)
        let start = wall.now()
        wall.pass(59)
        _ = try await principal(nil, session: signedIn.token)
        #expect(try await store.sessions(of: account.id)[0].usedAt == start)
        wall.pass(1)
        _ = try await principal(nil, session: signedIn.token)
        #expect(try await store.sessions(of: account.id)[0].usedAt == wall.now())
    }

    @Test("have keys that allow what was said, for as long as was said")
    func keys() async throws {
        let account = try await ada(accounts())
        let key = try await accounts().createKey(
            for: account, name: "ci", scopes: [.run, .read], pipelines: ["pl_1"], days: 90, by: .commandLine)
        let who = try #require(try await principal(key.text))
        #expect(who.scopes == [.read, .run])
        #expect(who.role == .member, "without the scope admin it is a member's key")
        #expect(who.pipelines == ["pl_1"])
        #expect(who.owner == account.id.rawValue)
        for wrong in [
            String(key.text.dropLast()), key.text + "0", "cf_" + key.record.id.rawValue + "_0", "cf__", "",
            key.record.secretDigest, key.text.uppercased(),
        ] { #expect(try await principal(wrong) == nil, "\(wrong)") }
        let all = try await accounts().createKey(
            for: account, name: "root", scopes: AccessScope.allCases, pipelines: nil, days: 90, by: .commandLine)
        #expect(try await principal(all.text)?.role == .admin)
        wall.pass(90 * 86_400)
        #expect(try await principal(key.text) == nil)
    }

    @Test("that are out of use or were made members open nothing that they opened before")
    func disabled() async throws {
        _ = try await ada(accounts())
        let eve = try await accounts().create(
            name: "eve", email: nil, role: .admin, password: password, by: .commandLine)
        let key = try await accounts().createKey(
            for: eve, name: "k", scopes: AccessScope.allCases, pipelines: nil, days: 1, by: .commandLine)
        let session = try await accounts().signIn("eve", password: password, at: place)
        _ = try await accounts().change(eve.id, AccountChanges(role: .member), by: .commandLine)
        let who = try #require(try await principal(key.text))
        #expect(who.role == .member && !who.scopes.contains(.admin))
        #expect(try await principal(nil, session: session.token) == nil)
        _ = try await accounts().change(eve.id, AccountChanges(isDisabled: true), by: .commandLine)
        #expect(try await principal(key.text) == nil)
        await #expect(throws: AccountError.self) {
            _ = try await accounts().signIn("eve", password: password, at: place)
        }
    }

    @Test("are invited and given new passwords by links that are good for 72 hours")
    func links() async throws {
        _ = try await ada(accounts())
        let link = try await accounts().invite(.member, email: nil, by: .commandLine)
        wall.pass(72 * 3_600 - 1)
        #expect(try await accounts().invitation(link.token) != nil)
        #expect(try await accounts().invitation(link.record.tokenDigest) == nil)
        wall.pass(1)
        #expect(try await accounts().invitation(link.token) == nil)
    }

    @Test("have one name, written one way")
    func names() {
        #expect(AccountName.normalised("Ada.L-2_x") == "ada.l-2_x")
        for text in [
            "", "a b", "-a", "ada@example.com", "local", "Local", "é", "a\u{0}", String(repeating: "a", count: 65),
        ] {
            #expect(AccountName.normalised(text) == nil, "\(text)")
        }
        #expect(AccountName.normalisedAddress("Ada@Example.com") == "ada@example.com")
        for text in ["ada", "@example.com", "a@b", "a b@example.com", "a@b@example.com", "a@example.com\n"] {
            #expect(AccountName.normalisedAddress(text) == nil, "\(text)")
        }
    }
}
