import FactoryDomain
import FactoryJSON
import FactoryStore

/// Brings a delivery that was written down to its end: its run started, or the reason why there is none. What it finds
/// done already it does not do again, so that it can be called after a crash.
struct DeliveryFinisher: Sendable {
    private let parts: TriggerParts

    init(_ parts: TriggerParts) { self.parts = parts }

    /// What a delivery came to.
    private enum End {
        case settled(DeliveryRecord.Status, String?)
        /// It stays pending; why.
        case later(String)
    }

    /// - Returns: false where it stays pending, to be tried again.
    func finish(_ delivery: DeliveryRecord) async throws(StoreError) -> Bool {
        let trigger = try await parts.store.trigger(delivery.trigger)
        switch try await end(of: delivery, trigger) {
        case .settled(let status, let reason):
            try await parts.store.settle(delivery.id, as: status, reason: reason)
            return true
        case .later(let reason):
            parts.warn("\(delivery.id) of \(trigger.id) waits, because \(reason)")
            return false
        }
    }

    private func end(of delivery: DeliveryRecord, _ trigger: TriggerRecord) async throws(StoreError) -> End {
        guard let run = delivery.run else { return .settled(.failed, "no run was foreseen") }
        if try await parts.starter.isStarted(run) { return .settled(.started, nil) }
        let (inputs, value): (JSONObject, JSON)
        do throws(WebhookValue.Outcome) {
            switch trigger.kind {
            case .schedule:
                guard let settings = try? ScheduleSettings(trigger.settings.objectValue ?? [:]) else {
                    return .settled(.failed, "the trigger's settings cannot be read")
                }
                if settings.overlap == .skip,
                    let other = try await unfinished(of: trigger, except: run)
                {
                    return .settled(.skipped, "\(other) has not ended")
                }
                (inputs, value) = (settings.inputs, Self.value(of: delivery, trigger, settings))
            case .webhook:
                guard let settings = try? WebhookSettings(trigger.settings.objectValue ?? [:]) else {
                    return .settled(.failed, "the trigger's settings cannot be read")
                }
                if settings.preset == .github, delivery.event == "ping" {
                    return .settled(.skipped, "GitHub only looked whether somebody is there")
                }
                let call = try WebhookValue(delivery)
                (inputs, value) = (try call.inputs(by: settings, at: delivery.receivedAt), call.json)
            }
        } catch {
            switch error {
            case .skipped(let reason): return .settled(.skipped, reason)
            case .failed(let reason): return .settled(.failed, reason)
            case .store(let error): throw error
            }
        }
        do throws(RunStarter.Failure) {
            try await parts.starter.start(run, of: trigger, inputs: inputs, value: value)
            return .settled(.started, nil)
        } catch {
            switch error {
            case .refused(let reason): return .settled(.failed, reason)
            case .later(let reason): return .later(reason)
            }
        }
    }

    private func unfinished(
        of trigger: TriggerRecord, except run: ID<Run>
    ) async throws(WebhookValue.Outcome) -> ID<Run>? {
        do throws(StoreError) { return try await parts.store.unfinishedRun(of: trigger.id, except: run) } catch {
            throw .store(error)
        }
    }

    /// What `trigger` means in a run that a schedule starts.
    private static func value(
        of delivery: DeliveryRecord, _ trigger: TriggerRecord, _ settings: ScheduleSettings
    ) -> JSON {
        [
            "kind": "schedule", "id": .string(trigger.id.rawValue),
            "due_at": (delivery.dueAt ?? delivery.receivedAt).json, "fired_at": delivery.receivedAt.json,
            "timezone": .string(settings.schedule.timeZone),
        ]
    }
}

extension Timestamp {
    /// RFC 3339 as JSON.
    var json: JSON { .string(description) }
}
