import FactoryAccess
import FactoryDomain
import FactoryJSON
import FactoryStore
import NIOCore

/// What happened, written out once for all who may know of it.
struct LiveMessage: Sendable {
    /// Whom it is for.
    enum Audience: Sendable {
        /// Those who may see a pipeline.
        case pipeline(PipelineAudience)
        /// One account, where it listens to everything.
        case account(String)
    }

    let piece: LivePiece
    let audience: Audience
    /// Who started the run that it tells of; nil where it tells of none.
    var runOwner: String?
    /// True where only those are told who listen to this pipeline alone.
    var isLocal = false

    /// Whether a listener wants to know of it, and may.
    func concerns(_ listener: LiveListener) -> Bool {
        let audience: PipelineAudience
        switch self.audience {
        case .account(let owner): return listener.pipeline == nil && listener.principal.owner == owner
        case .pipeline(let one): audience = one
        }
        guard listener.pipeline == audience.id || (listener.pipeline == nil && !isLocal) else { return false }
        let principal = listener.principal
        guard Authorisation.role(of: principal, on: audience.access(for: principal.owner)) != nil else { return false }
        guard let runOwner else { return true }
        let run = RunAccess(owner: runOwner, pipeline: audience.id, pipelineOwner: audience.owner)
        return Authorisation.role(of: principal, on: run) != nil
    }
}

/// What is told of a run.
struct RunNews: Sendable {
    /// What is told: that it begins, ends, waits or goes on.
    static let kinds: Set<RunEvent.Kind> = [
        .runCreated, .runStarted, .runWaiting, .runContinued, .runPaused, .runResumed, .runRetried, .runCancelling,
        .runFinished, .runChanges,
    ]

    let pipeline: ID<PipelineRecord>
    let run: RunRecord
    let kind: RunEvent.Kind
    let at: Timestamp
}

/// Writes out what happened. Keeps what it looked up until it is told to forget.
struct LiveWriter {
    let store: any PipelineStore
    let accounts: any AccountDirectory
    private var audiences: [ID<PipelineRecord>: PipelineAudience?] = [:]
    private var names: [String: String?] = [:]

    init(store: any PipelineStore, accounts: any AccountDirectory) {
        self.store = store
        self.accounts = accounts
    }

    /// Forgets what it looked up, because it may be otherwise by the next time.
    mutating func forget() { (audiences, names) = ([:], [:]) }

    mutating func message(of event: PipelineEvent) async -> LiveMessage? {
        guard let audience = await audience(of: event.pipeline) else { return nil }
        let value: JSON = [
            "id": .int(event.sequence), "type": .string(event.kind.rawValue), "at": .string(event.at.description),
            "pipeline": Self.json(of: audience), "by": await person(event.account), "data": event.data,
        ]
        return LiveMessage(
            piece: Self.piece(event.kind.rawValue, value, sequence: event.sequence), audience: .pipeline(audience))
    }

    mutating func message(of news: RunNews) async -> LiveMessage? {
        guard let audience = await audience(of: news.pipeline) else { return nil }
        let run = news.run
        let value: JSON = [
            "type": .string(news.kind.rawValue), "at": .string(news.at.description),
            "pipeline": Self.json(of: audience),
            "run": [
                "id": .string(run.id.rawValue), "number": .int(run.number), "status": .string(run.status.rawValue),
                "owner": .string(run.owner), "trigger": .string(run.trigger),
                "version": run.version.map(JSON.int) ?? .null, "created_at": .string(run.createdAt.description),
                "duration_ms": duration(of: run),
            ],
        ]
        return LiveMessage(
            piece: Self.piece(news.kind.rawValue, value, sequence: nil), audience: .pipeline(audience),
            runOwner: run.owner)
    }

    /// Who has the pipeline open now, each person once: editing, where one of their windows is.
    mutating func presence(
        of people: [(Principal, LivePresence)], in pipeline: ID<PipelineRecord>
    ) async -> LiveMessage? {
        guard let audience = await audience(of: pipeline) else { return nil }
        var modes: [String: (name: String, mode: LivePresence)] = [:]
        for (principal, mode) in people where modes[principal.owner]?.mode != .editing {
            modes[principal.owner] = (principal.name, mode)
        }
        let value: JSON = [
            "type": "presence", "pipeline": Self.json(of: audience),
            "people": .array(
                modes.sorted { $0.key < $1.key }.map { id, person in
                    ["id": .string(id), "name": .string(person.name), "mode": .string(person.mode.rawValue)]
                }),
        ]
        forget()
        return LiveMessage(
            piece: Self.piece("presence", value, sequence: nil), audience: .pipeline(audience), isLocal: true)
    }

    private mutating func audience(of pipeline: ID<PipelineRecord>) async -> PipelineAudience? {
        if let known = audiences[pipeline] { return known }
        // Out of reach is told to nobody: the next change is.
        guard let found = try? await store.audience(of: pipeline) else { return nil }
        audiences[pipeline] = found
        return found
    }

    private mutating func person(_ id: String) async -> JSON {
        if names[id] == nil { names[id] = .some((try? await accounts.names(of: [id]))?[id]) }
        return ["id": .string(id), "name": (names[id] ?? nil).map(JSON.string) ?? .null]
    }

    private func duration(of run: RunRecord) -> JSON {
        guard let start = run.startedAt, let end = run.finishedAt else { return .null }
        return .int(max(0, end.milliseconds(since: start)))
    }

    private static func json(of audience: PipelineAudience) -> JSON {
        ["id": .string(audience.id.rawValue), "name": .string(audience.name)]
    }

    static func piece(_ kind: String, _ value: JSON, sequence: Int64?) -> LivePiece {
        let id = sequence.map { "id: \($0)\n" } ?? ""
        var buffer = ByteBuffer(string: "\(id)event: \(kind)\ndata: ")
        buffer.writeBytes(value.serializedBytes())
        buffer.writeStaticString("\n\n")
        return LivePiece(sequence: sequence, buffer: buffer)
    }
}
