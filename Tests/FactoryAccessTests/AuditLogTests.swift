import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryStoreSQLite
import FactoryTestKit
import GRDB
import Testing

@Suite("The audit log") struct AuditLogTests {
    private let folder = TemporaryFolder()
    private let store: SQLiteStore
    private let log: AuditLog

    init() throws {
        store = try SQLiteStore(in: DataFolder(path: folder.file("data")))
        log = AuditLog(store) { Timestamp(milliseconds: 1_000) }
    }

    private let ada = AuditActor(account: "usr_ada", name: "ada", via: "ses_1", address: "192.0.2.1")

    private func tamper(_ sql: String) throws {
        try DatabaseQueue(path: folder.file("data/factory.sqlite")).write { db in try db.execute(sql: sql) }
    }

    @Test("keeps what was done in order, and lists the newest first")
    func lists() async throws {
        try await log.record(.signedIn, by: ada)
        try await log.record(.runStarted, by: ada, on: "run_1", ["pipeline": "pl_1"])
        try await log.record(.keyRevoked, by: .commandLine, on: "key_1")
        let all = try await log.records(AuditFilter())
        #expect(all.map(\.number) == [3, 2, 1])
        #expect(all.map(\.action) == ["key.revoked", "run.started", "session.started"])
        #expect(all[1].detail == ["pipeline": "pl_1"])
        #expect(all[1].address == "192.0.2.1")
        #expect(try await log.records(AuditFilter(account: "usr_ada", limit: 1)).map(\.number) == [2])
        #expect(try await log.records(AuditFilter(before: 2)).map(\.number) == [1])
        #expect(try await log.records(AuditFilter(action: "run.started")).map(\.number) == [2])
        #expect(try await log.records(AuditFilter(object: "key_1")).map(\.number) == [3])
    }

    @Test("is whole while nobody has touched it, however long it is")
    func whole() async throws {
        #expect(try await log.verify() == .whole(records: 0, newest: ""))
        for _ in 0..<1_001 { try await log.record(.signedIn, by: ada) }
        let newest = try await log.records(AuditFilter(limit: 1))
        #expect(try await log.verify() == .whole(records: 1_001, newest: newest[0].digest))
    }

    @Test("keeps its order when many write at once")
    func concurrent() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { try await log.record(.runStarted, by: ada, on: "run_\(number)") }
            }
            try await group.waitForAll()
        }
        guard case .whole(50, _) = try await log.verify() else { throw Failure() }
    }

    @Test("refuses to have a record changed or removed")
    func appendOnly() async throws {
        try await log.record(.signedIn, by: ada)
        #expect(throws: DatabaseError.self) { try tamper("UPDATE audit SET name = 'eve'") }
        #expect(throws: DatabaseError.self) { try tamper("DELETE FROM audit") }
    }

    @Test(
        "tells which record somebody changed, left out or put in behind its back",
        arguments: [
            ("UPDATE audit SET name = 'eve' WHERE number = 2", 2),
            ("UPDATE audit SET detail = '{\"pipeline\":\"pl_2\"}' WHERE number = 1", 1),
            ("UPDATE audit SET at_ms = at_ms + 1 WHERE number = 3", 3),
            ("UPDATE audit SET account = NULL WHERE number = 2", 2),
            ("UPDATE audit SET digest = replace(digest, 'a', 'b') WHERE number = 1", 1),
            ("DELETE FROM audit WHERE number = 2", 2), ("DELETE FROM audit WHERE number = 1", 1),
            (
                "INSERT INTO audit SELECT 4, at_ms, action, account, name, via, address, object, detail, digest "
                    + "FROM audit WHERE number = 3", 4
            ),
        ])
    func tampered(_ sql: String, _ number: Int64) async throws {
        for place in 1...3 {
            try await log.record(.runStarted, by: ada, on: "run_\(place)", ["pipeline": "pl_1"])
        }
        try tamper("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed; \(sql)")
        guard case .broken(number, _) = try await log.verify() else { throw Failure() }
    }

    private struct Failure: Error {}
}
