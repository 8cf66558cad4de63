import FactoryDomain
import FactoryJSON
import GRDB

extension SQLiteStore {
    /// How long after a save the next one by the same person counts as the same: 5 minutes.
    private static let savingMilliseconds: Int64 = 300_000

    /// Remembers that something was done with a pipeline.
    static func note(
        _ kind: PipelineEvent.Kind, of id: ID<PipelineRecord>, by account: String, at moment: Timestamp,
        _ data: JSON = [:], in db: Database
    ) throws {
        try db.execute(
            sql: PipelineSQL.insertEvent,
            arguments: [
                "id": id.rawValue, "at": moment.milliseconds, "account": account, "kind": kind.rawValue,
                "data": data.serialized(),
            ])
    }

    /// Remembers a save. Saves in a row are one event, at the end of what was done: who edits saves all the time.
    static func noteSave(_ pipeline: PipelineRecord, in db: Database) throws {
        var data: JSONObject = ["revision": .int(pipeline.revision), "from": .int(pipeline.revision - 1)]
        let before = try Row.fetchOne(
            db.cachedStatement(sql: PipelineSQL.recentSave),
            arguments: [
                "id": pipeline.id.rawValue, "account": pipeline.editor,
                "since": pipeline.updatedAt.milliseconds - savingMilliseconds,
            ])
        if let before {
            data["from"] = try JSON(column: before["data"])["from"]
            try db.execute(sql: PipelineSQL.removeEvent, arguments: ["sequence": before["sequence"] as Int64])
        }
        try note(.saved, of: pipeline.id, by: pipeline.editor, at: pipeline.updatedAt, .object(data), in: db)
    }
}
