public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB
import Synchronization

/// The statements of sharing, whole, one per operation.
private enum SharingSQL {
    static let shares = """
        SELECT account, role, allows, created_ms FROM pipeline_share WHERE pipeline_id = :id ORDER BY account
        """
    static let setVisibility = "UPDATE pipeline SET visibility = :visibility WHERE id = :id"
    static let share = """
        INSERT INTO pipeline_share (pipeline_id, account, role, allows, created_ms)
        VALUES (:id, :account, :role, :allows, :created_ms)
        ON CONFLICT (pipeline_id, account) DO UPDATE SET role = excluded.role, allows = excluded.allows
        """
    static let unshare = """
        DELETE FROM pipeline_share
        WHERE pipeline_id = :id AND account NOT IN (SELECT value FROM json_each(:accounts))
        """
    static let links = """
        SELECT * FROM pipeline_share_link WHERE pipeline_id = :id AND expires_ms > :now ORDER BY id
        """
    static let insertLink = """
        INSERT INTO pipeline_share_link (id, pipeline_id, role, allows, token_digest, account, created_ms, expires_ms)
        VALUES (:id, :pipeline, :role, :allows, :digest, :account, :created_ms, :expires_ms)
        """
    static let removeLink = "DELETE FROM pipeline_share_link WHERE id = :link AND pipeline_id = :id"
    static let forgetLinks = "DELETE FROM pipeline_share_link WHERE pipeline_id = :id AND expires_ms <= :now"
    static let link = """
        SELECT pipeline_share_link.id, pipeline_share_link.pipeline_id, pipeline_share_link.role, pipeline_share_link.allows,
            pipeline.owner, pipeline.visibility, pipeline_share.role AS held, pipeline_share.allows AS held_allows
        FROM pipeline_share_link JOIN pipeline ON pipeline.id = pipeline_share_link.pipeline_id
            LEFT JOIN pipeline_share
                ON pipeline_share.pipeline_id = pipeline.id AND pipeline_share.account = :account
        WHERE pipeline_share_link.token_digest = :digest AND pipeline_share_link.expires_ms > :now
            AND pipeline.trashed_ms IS NULL
        """
    static let countAcceptance = """
        UPDATE pipeline_share_link SET accepted_count = accepted_count + 1 WHERE id = :link
        """
}

extension SQLiteStore {
    /// With whom a pipeline is shared, by account.
    public func shares(of id: ID<PipelineRecord>) async throws(StoreError) -> [PipelineShare] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: SharingSQL.shares), arguments: ["id": id.rawValue]).map {
                PipelineShare(
                    account: $0["account"], role: $0["role"], allows: ShareAllowance.set(in: $0["allows"]),
                    createdAt: Timestamp(milliseconds: $0["created_ms"]))
            }
        }
    }

    /// Sets with whom a pipeline is shared and whether every account may see it.
    public func setShares(
        of id: ID<PipelineRecord>, _ shares: [PipelineShare], visibility: Visibility, by account: String,
        at moment: Timestamp
    ) async throws(StoreError) {
        try await change { db in
            let accounts = JSON.array(shares.map { .string($0.account) }).serialized()
            try db.execute(sql: SharingSQL.unshare, arguments: ["id": id.rawValue, "accounts": accounts])
            for share in shares {
                try db.execute(
                    sql: SharingSQL.share,
                    arguments: [
                        "id": id.rawValue, "account": share.account, "role": share.role,
                        "allows": ShareAllowance.text(of: share.allows), "created_ms": share.createdAt.milliseconds,
                    ])
            }
            try db.execute(
                sql: SharingSQL.setVisibility,
                arguments: ["id": id.rawValue, "visibility": visibility.rawValue])
            try Self.note(
                .shared, of: id, by: account, at: moment,
                ["visibility": .string(visibility.rawValue), "people": .int(Int64(shares.count))], in: db)
        }
    }

    /// Links of a pipeline that are still taken, oldest first.
    public func links(of id: ID<PipelineRecord>, now: Timestamp) async throws(StoreError) -> [ShareLink] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(sql: SharingSQL.links), arguments: ["id": id.rawValue, "now": now.milliseconds]
            ).map(Self.link)
        }
    }

    /// Keeps a link, and forgets those of its pipeline that have expired.
    public func add(_ link: ShareLink) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: SharingSQL.forgetLinks,
                arguments: ["id": link.pipeline.rawValue, "now": link.createdAt.milliseconds])
            try db.execute(
                sql: SharingSQL.insertLink,
                arguments: [
                    "id": link.id.rawValue, "pipeline": link.pipeline.rawValue, "role": link.role,
                    "allows": ShareAllowance.text(of: link.allows), "digest": link.tokenDigest, "account": link.account,
                    "created_ms": link.createdAt.milliseconds,
                    "expires_ms": link.expiresAt.milliseconds,
                ])
        }
    }

    /// Removes a link.
    public func removeLink(_ link: ID<ShareLink>, of id: ID<PipelineRecord>) async throws(StoreError) -> Bool {
        let removed = Mutex(false)
        try await queue.submit { db in
            try db.execute(sql: SharingSQL.removeLink, arguments: ["link": link.rawValue, "id": id.rawValue])
            removed.withLock { $0 = db.changesCount > 0 }
        }
        return removed.withLock { $0 }
    }

    /// Shares the pipeline of the link with this token.
    public func accept(
        tokenDigest: String, by account: String, at moment: Timestamp
    ) async throws(StoreError) -> ID<PipelineRecord>? {
        let found = Mutex<ID<PipelineRecord>?>(nil)
        try await change { db in
            let row = try Row.fetchOne(
                db.cachedStatement(sql: SharingSQL.link),
                arguments: ["digest": tokenDigest, "account": account, "now": moment.milliseconds])
            guard let row else { return }
            let id = ID<PipelineRecord>(rawValue: row["pipeline_id"])
            found.withLock { $0 = id }
            let order = ["viewer", "runner", "editor"]
            let held = (row["held"] as String?).flatMap(order.firstIndex(of:)) ?? -1
            let given = order.firstIndex(of: row["role"]) ?? 0
            let heldAllows = (row["held_allows"] as String?).map(ShareAllowance.set) ?? []
            let allows = heldAllows.union(ShareAllowance.set(in: row["allows"]))
            guard row["owner"] as String != account, held < given || allows != heldAllows else { return }
            try db.execute(
                sql: SharingSQL.share,
                arguments: [
                    "id": id.rawValue, "account": account, "role": order[max(held, given)],
                    "allows": ShareAllowance.text(of: allows), "created_ms": moment.milliseconds,
                ])
            try db.execute(sql: SharingSQL.countAcceptance, arguments: ["link": row["id"] as String])
            let visibility: Visibility = try row.state("visibility")
            if visibility == .private {
                try db.execute(
                    sql: SharingSQL.setVisibility,
                    arguments: ["id": id.rawValue, "visibility": Visibility.shared.rawValue])
            }
            try Self.note(
                .shared, of: id, by: account, at: moment, ["link": .string(row["id"]), "role": .string(row["role"])],
                in: db)
        }
        return found.withLock { $0 }
    }

    private static func link(_ row: Row) -> ShareLink {
        ShareLink(
            id: ID(rawValue: row["id"]), pipeline: ID(rawValue: row["pipeline_id"]), role: row["role"],
            allows: ShareAllowance.set(in: row["allows"]),
            tokenDigest: row["token_digest"], account: row["account"],
            createdAt: Timestamp(milliseconds: row["created_ms"]),
            expiresAt: Timestamp(milliseconds: row["expires_ms"]), acceptedCount: row["accepted_count"])
    }
}
