import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryStore

/// A change that was made on an earlier draft, brought together with what was saved since.
struct DraftMerge: Sendable {
    /// The draft that the change was made on.
    let base: PipelineDraftRecord
    let baseDocument: JSON
    /// Both changes; in conflicts the client's side.
    let document: JSON
    let conflicts: [MergeConflict]
    /// ``document`` as text, with comments.
    let text: [UInt8]
    let format: PipelineRecord.Format

    /// - Parameters:
    ///   - match: which draft the client saw.
    ///   - record: the pipeline as it is now.
    ///   - body: the change.
    /// - Returns: nil where that draft is no longer known, or the change cannot be made on it.
    init?(
        _ match: EntityTagCondition, _ record: PipelineRecord, _ store: any PipelineStore,
        _ body: (PipelineRecord) throws(APIProblem) -> PipelineDraft
    ) async throws(APIProblem) {
        guard case .oneOf(let tags) = match, let revision = tags.lazy.compactMap({ Int64($0) }).first else {
            return nil
        }
        let found: PipelineDraftRecord?
        do throws(StoreError) { found = try await store.draft(of: record.id, revision: revision) } catch {
            throw APIProblem(error)
        }
        guard let found else { return nil }
        let reading = DocumentReader().read(Array(found.text.utf8), as: found.format == .yaml ? .yaml : .json)
        guard let document = reading.document else { return nil }
        var seen = record
        (seen.text, seen.format, seen.document) = (found.text, found.format, document)
        guard let mine = try? body(seen) else { return nil }
        let merge = DocumentMerge(base: document, ours: mine.document, theirs: record.document)
        base = found
        baseDocument = document
        self.document = merge.document
        conflicts = merge.conflicts
        // Comments are kept of the side that wrote some: of theirs, unless theirs changed values alone.
        let theirsIsPlain = Self.comments(in: found.text) == Self.comments(in: record.text)
        let (first, second) = (
            (text: String(decoding: mine.text, as: UTF8.self), format: mine.format),
            (text: record.text, format: record.format)
        )
        for side in theirsIsPlain ? [first, second] : [second, first] {
            guard let text = DocumentRewrite.text(of: side.text, rewrittenTo: merge.document) else { continue }
            (self.text, format) = (text, side.format)
            return
        }
        (text, format) = (merge.document.serializedBytes(pretty: true), .json)
    }

    /// What looks like comments in a text, in order. In a text of several lines that is a value it may be none; then a
    /// change of it counts as one.
    private static func comments(in text: String) -> [Substring] {
        text.split(separator: "\n").compactMap { line in
            let content = line.drop { $0 == " " || $0 == "\t" }
            if content.hasPrefix("#") { return content }
            return line.ranges(of: " #").last.map { line[$0.lowerBound...] }
        }
    }

    /// The form sent: `document` and `conflicts`, each with its place, kind and values.
    var json: JSON {
        [
            "clean": .bool(conflicts.isEmpty),
            "document": document,
            "conflicts": .array(
                conflicts.map { conflict in
                    [
                        "kind": .string(conflict.kind.rawValue),
                        "step": conflict.step.map(JSON.string) ?? .null,
                        "path": .string(conflict.path),
                        "base": conflict.base ?? .null,
                        "mine": conflict.ours ?? .null,
                        "theirs": conflict.theirs ?? .null,
                        "message": .string(conflict.description),
                    ]
                }),
        ]
    }
}
