public import FactoryDomain
import FactoryJSON
public import FactoryStore
import GRDB

extension SQLiteStore: TemplateStore {
    private static let insert = """
        INSERT INTO template (name, owner, category, readme, inputs, format, text, document, created_ms)
        VALUES (:name, :owner, :category, :readme, :inputs, :format, :text, :document, :created_ms)
        ON CONFLICT (name) DO NOTHING
        """
    private static let one = "SELECT * FROM template WHERE name = ?"
    private static let page = "SELECT * FROM template WHERE name > ? ORDER BY name LIMIT ?"
    private static let delete = "DELETE FROM template WHERE name = ?"

    /// Keeps a new template.
    public func publish(_ template: TemplateRecord) async throws(StoreError) {
        try await queue.submit { db in
            try db.execute(
                sql: Self.insert,
                arguments: [
                    "name": template.name, "owner": template.owner, "category": template.category,
                    "readme": template.readme, "inputs": JSON.object(template.sampleInputs).serialized(),
                    "format": template.format.rawValue, "text": template.text,
                    "document": template.document.serialized(), "created_ms": template.createdAt.milliseconds,
                ])
            guard db.changesCount == 1 else { throw StoreError.nameTaken(template.name) }
        }
    }

    /// The template `name`.
    public func template(named name: String) async throws(StoreError) -> TemplateRecord? {
        try await read { db in try Row.fetchOne(db.cachedStatement(sql: Self.one), arguments: [name]).map(Self.template)
        }
    }

    /// Templates behind the name `name`.
    public func templates(after name: String, limit: Int) async throws(StoreError) -> [TemplateRecord] {
        try await read { db in
            try Row.fetchAll(db.cachedStatement(sql: Self.page), arguments: [name, limit]).map(Self.template)
        }
    }

    /// Removes the template `name`.
    public func removeTemplate(named name: String) async throws(StoreError) {
        try await queue.submit { db in try db.execute(sql: Self.delete, arguments: [name]) }
    }

    private static func template(_ row: Row) throws -> TemplateRecord {
        TemplateRecord(
            name: row["name"], owner: row["owner"], category: row["category"], readme: row["readme"],
            sampleInputs: try JSON(column: row["inputs"]).objectValue ?? [:], format: try row.state("format"),
            text: row["text"], document: try JSON(column: row["document"]),
            createdAt: Timestamp(milliseconds: row["created_ms"]))
    }
}
