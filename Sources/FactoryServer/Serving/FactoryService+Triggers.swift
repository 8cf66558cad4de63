import FactoryAPI
import FactoryAccess
import FactoryDomain
import FactoryHTTP
import FactorySecrets
import FactoryStore
import FactoryStoreSQLite
import FactoryTelemetry
import FactoryTriggers

extension FactoryService {
    /// What starts pipelines by itself.
    func triggers(_ factory: LocalFactory, workspace: @escaping @Sendable (String) -> String) throws(ServerError)
        -> Triggers
    {
        let (store, telemetry, secrets) = (factory.store, factory.telemetry, secrets)
        let starter = RunStarter(
            engine: factory.engine, runs: store,
            document: { id throws(StoreError) in try await store.pipeline(id) },
            mayRun: { owner, id throws(StoreError) in
                guard let access = try await store.access(to: id, for: owner) else { return false }
                let principal = Principal(
                    owner: owner, name: owner, role: .member, scopes: [.run], credential: .key("trigger"))
                return Authorisation.role(of: principal, on: access).map { $0 >= .runner } ?? false
            },
            secrets: { _ throws(StoreError) in secrets }, workspace: workspace)
        return Triggers(
            TriggerParts(
                store: store, starter: starter,
                sealing: try webhookKeys(), ids: factory.ids,
                now: ProgramClock.now, clock: ContinuousClock(), random: Self.randomBytes,
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
    func outbox(_ factory: LocalFactory) throws(ServerError) -> Outbox {
        let telemetry = factory.telemetry
        return Outbox(
            store: factory.store, egress: factory.outside.egress, sealing: try webhookKeys(), ids: factory.ids,
            now: ProgramClock.now, clock: ContinuousClock(), random: Self.randomBytes,
            warn: { telemetry.log(.warning, "webhooks", message: $0) })
    }

    private func webhookKeys() throws(ServerError) -> KeySealing {
        KeySealing(key: try AccessKeyFile(path: configuration.dataFolder + "/webhooks.key").readOrMake().key)
    }

    @Sendable private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
