import GRDB

/// The statements of a commit, compiled for the writing connection when the first commit needs them.
///
/// Touched in the writer's turn only, as the connection itself is.
final class RunStatements: @unchecked Sendable {
    /// All of them, together: a commit needs most.
    struct Compiled {
        let leaseToken: Statement
        let leaseTokenWithRun: Statement
        let nextNumber: Statement
        let insertRun: Statement
        let updateRun: Statement
        let insertStep: Statement
        let updateStep: Statement
        let insertAttempt: Statement
        let settleAttempt: Statement
        let loseAttempt: Statement
        let insertEvent: Statement
        let insertLog: Statement
        let insertChange: Statement
        let dropChanges: Statement
        let dropPlan: Statement
        let putPlannedChange: Statement
        let addModelUse: Statement
        let addRunUse: Statement

        fileprivate init(in db: Database) throws {
            leaseToken = try Statement(RunSQL.leaseToken, in: db)
            leaseTokenWithRun = try Statement(RunSQL.leaseTokenWithRun, in: db)
            nextNumber = try Statement(RunSQL.nextNumber, in: db)
            insertRun = try Statement(RunSQL.insertRun, in: db)
            updateRun = try Statement(RunSQL.updateRun, in: db)
            insertStep = try Statement(RunSQL.insertStep, in: db)
            updateStep = try Statement(RunSQL.updateStep, in: db)
            insertAttempt = try Statement(RunSQL.insertAttempt, in: db)
            settleAttempt = try Statement(RunSQL.settleAttempt, in: db)
            loseAttempt = try Statement(RunSQL.loseAttempt, in: db)
            insertEvent = try Statement(RunSQL.insertEvent, in: db)
            insertLog = try Statement(RunSQL.insertLog, in: db)
            insertChange = try Statement(RunSQL.insertChange, in: db)
            dropChanges = try Statement(RunSQL.dropChanges, in: db)
            dropPlan = try Statement(RunSQL.dropPlan, in: db)
            putPlannedChange = try Statement(RunSQL.putPlannedChange, in: db)
            addModelUse = try Statement(UsageSQL.addModelUse, in: db)
            addRunUse = try Statement(UsageSQL.addRunUse, in: db)
        }
    }

    private var compiled: Compiled?

    /// The statements for the connection of `db`, which is the same at every call.
    func compiled(in db: Database) throws -> Compiled {
        if let compiled { return compiled }
        let new = try Compiled(in: db)
        compiled = new
        return new
    }

    /// Lets the statements go; in the writer's turn, as every call.
    func forget() { compiled = nil }
}
