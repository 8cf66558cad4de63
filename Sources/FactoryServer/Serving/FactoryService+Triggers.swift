import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryHTTP
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTelemetry
import FactoryTriggers

extension FactoryService {
    /// What starts pipelines by itself.
    func triggers(_ factory: LocalFactory, _ entry: Entry) -> Triggers {
        let (store, telemetry, values) = (factory.store, factory.telemetry, factory.values)
        let starter = RunStarter(
            engine: factory.engine, runs: store,
            source: { id throws(StoreError) in try await Self.source(of: id, in: store) },
            mayRun: { owner, id throws(StoreError) in
                guard let access = try await store.access(to: id, for: owner) else { return false }
                let principal = Principal(
                    owner: owner, name: owner, role: .member, scopes: [.run], credential: .key("trigger"))
                return Authorisation.role(of: principal, on: access).map { $0 >= .runner } ?? false
            },
            values: { owner, environment, pipeline, source throws(SecretError) in
                try await values.forRun(
                    of: owner, in: environment,
                    needing: ValueNeeds(
                        secrets: pipeline.secretNames, variables: pipeline.variableNames,
                        usesVariables: pipeline.usesVariables),
                    lendingFor: LendingCase(pipeline: source.pipeline.id, version: source.version))
            },
            workspace: entry.folders.path)
        return Triggers(
            TriggerParts(
                store: store, starter: starter,
                keys: signatureKeys(factory), ids: factory.ids,
                now: ProgramClock.now, clock: ContinuousClock(), random: Self.randomBytes,
                callsPerMinute: configuration.limits.callsPerMinute,
                warn: { telemetry.log(.warning, "triggers", message: $0) }))
    }

    /// Fires schedules once interrupted runs go on, until the server stops.
    static func fire(_ triggers: Triggers, after recovered: Latch, until drain: Latch) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await recovered.opened()
                await triggers.run()
            }
            group.addTask { await drain.opened() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Tells other systems of runs.
    func outbox(_ factory: LocalFactory) -> Outbox {
        let telemetry = factory.telemetry
        return Outbox(
            store: factory.store, egress: factory.outside.egress, keys: signatureKeys(factory), ids: factory.ids,
            now: ProgramClock.now, clock: ContinuousClock(), random: Self.randomBytes,
            warn: { telemetry.log(.warning, "webhooks", message: $0) })
    }

    /// Tells people what they want to know of runs.
    func alerts(_ factory: LocalFactory, _ outbox: Outbox, _ live: LiveHub) -> Alerts {
        let (store, telemetry) = (factory.store, factory.telemetry)
        return Alerts(
            store: store, outbox: outbox, ids: factory.ids, now: ProgramClock.now, clock: ContinuousClock(),
            nameOf: { id in try? await store.pipeline(id).name }, told: { live.tell($0, $1) },
            warn: { telemetry.log(.warning, "alerts", message: $0) })
    }

    /// The latest version, and the draft until there is one: what is being edited starts nowhere by itself.
    private static func source(
        of id: ID<PipelineRecord>, in store: SQLiteStore
    ) async throws(StoreError) -> RunStarter.Source {
        var source = RunStarter.Source(draftOf: try await store.pipeline(id))
        guard let latest = source.pipeline.latestVersion else { return source }
        let version = try await store.version(latest, of: id)
        (source.version, source.text, source.format) = (latest, version.text, version.format)
        return source
    }

    private func signatureKeys(_ factory: LocalFactory) -> SignatureKeys {
        SignatureKeys(
            sealer: Sealer(store: factory.store, keys: configuration.masterKey.source(in: configuration.dataFolder)))
    }

    @Sendable private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
