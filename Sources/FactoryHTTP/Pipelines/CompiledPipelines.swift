import FactoryDefinition
import FactoryDomain
import Synchronization

/// The pipelines that were started lately, as their documents were read: reading and checking a document takes longer
/// than to start its run.
///
/// An entry is good for exactly the text it was read from, so nobody has to say when a document changed. What has not
/// been used for longest makes room.
final class CompiledPipelines: Sendable {
    private struct Entry {
        let format: PipelineRecord.Format
        let text: String
        let pipeline: Pipeline
        var lastUse: Int
    }

    private struct State {
        var entries: [ID<PipelineRecord>: Entry] = [:]
        var bytes = 0
        var uses = 0
    }

    private let limitBytes: Int
    private let state = Mutex(State())

    /// - Parameter limitBytes: texts of documents whose pipelines are kept; a pipeline takes a multiple of its text.
    init(limitBytes: Int = 4 << 20) { self.limitBytes = limitBytes }

    /// Texts that pipelines are kept of.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The pipeline that `text` of `id` was read as; nil where it has to be read.
    func pipeline(of id: ID<PipelineRecord>, text: String, _ format: PipelineRecord.Format) -> Pipeline? {
        state.withLock { state in
            guard let entry = state.entries[id], entry.format == format, entry.text == text else { return nil }
            state.uses += 1
            state.entries[id]?.lastUse = state.uses
            return entry.pipeline
        }
    }

    /// Keeps what `text` of `id` was read as, unless it alone takes all the room there is.
    func keep(_ pipeline: Pipeline, of id: ID<PipelineRecord>, text: String, _ format: PipelineRecord.Format) {
        guard text.utf8.count <= limitBytes else { return }
        state.withLock { state in
            Self.remove(id, from: &state)
            while state.bytes + text.utf8.count > limitBytes,
                let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                Self.remove(oldest.key, from: &state)
            }
            state.uses += 1
            state.bytes += text.utf8.count
            state.entries[id] = Entry(format: format, text: text, pipeline: pipeline, lastUse: state.uses)
        }
    }

    private static func remove(_ id: ID<PipelineRecord>, from state: inout State) {
        guard let entry = state.entries.removeValue(forKey: id) else { return }
        state.bytes -= entry.text.utf8.count
    }
}
