import FactoryDomain
import FactoryJSON
import FactoryStore

/// Fires schedules when they are due: one timer, for the next of them.
///
/// The timer sleeps a minute at the most and then looks at the wall clock, not at the store: a clock that was set
/// forward is noticed within that minute. One that was set back makes nothing fire again, because what is waited for is
/// the next fire, not a time of day.
struct Scheduler: Sendable {
    /// Why the scheduler looks again.
    enum Ring: Sendable {
        /// A trigger was made, changed or removed.
        case changed
        /// A delivery could not be done for now.
        case pending
        /// The timer has slept.
        case slept
    }

    /// Longest sleep without a look at the wall clock.
    private static let longestSleep = Duration.seconds(60)
    /// When what could not be done for now is tried again.
    private static let pause = Duration.seconds(30)
    /// How many due schedules are read at once.
    private static let page = 100

    private let parts: TriggerParts
    private let finisher: DeliveryFinisher
    private let bell: AsyncStream<Ring>.Continuation

    init(_ parts: TriggerParts, _ finisher: DeliveryFinisher, _ bell: AsyncStream<Ring>.Continuation) {
        self.parts = parts
        self.finisher = finisher
        self.bell = bell
    }

    func run(_ rings: AsyncStream<Ring>) async {
        var timer: Task<Void, Never>?
        defer { timer?.cancel() }
        var next: Timestamp?
        var hasPending = true
        for await ring in rings {
            timer?.cancel()
            if ring == .pending { hasPending = true }
            if ring != .slept || next.map({ $0 <= parts.now() }) == true {
                do throws(StoreError) {
                    if hasPending { hasPending = try await finishPending() }
                    if try await fireDue() { hasPending = true }
                    next = try await parts.store.nextFire()
                } catch {
                    parts.warn("schedules wait, because \(error)")
                    hasPending = true
                    next = nil
                }
                if hasPending {
                    let soon = parts.now().adding(Self.pause)
                    next = min(next ?? soon, soon)
                }
            }
            timer = next.map(sleep)
        }
    }

    /// Rings when `moment` has come, or after a while.
    private func sleep(until moment: Timestamp) -> Task<Void, Never> {
        let length = Duration.milliseconds(max(0, moment.milliseconds(since: parts.now())))
        return Task { [clock = parts.clock, bell] in
            do { try await clock.sleep(for: min(length, Self.longestSleep)) } catch { return }
            bell.yield(.slept)
        }
    }

    /// - Returns: whether something stays pending.
    private func finishPending() async throws(StoreError) -> Bool {
        var stays = false
        for delivery in try await parts.store.pendingDeliveries() {
            if try await !finisher.finish(delivery) { stays = true }
        }
        return stays
    }

    /// - Returns: whether something stays pending.
    private func fireDue() async throws(StoreError) -> Bool {
        var stays = false
        while !Task.isCancelled {
            let due = try await parts.store.dueTriggers(at: parts.now(), limit: Self.page)
            guard !due.isEmpty else { return stays }
            for trigger in due where try await fire(trigger) { stays = true }
        }
        return stays
    }

    private func fire(_ trigger: TriggerRecord) async throws(StoreError) -> Bool {
        guard let first = trigger.nextFireAt else { return false }
        let now = parts.now()
        let deliveries: [DeliveryRecord]
        let next: Timestamp?
        do throws(TriggerError) {
            let settings = try ScheduleSettings(trigger.settings.objectValue ?? [:])
            let due = DueFires(settings, from: first, until: now)
            let missed = due.leftOutFrom.map { leftOut(of: trigger, from: $0, until: now) }
            let made = due.fires.map { fire(of: trigger, at: $0, now) }
            deliveries = (missed.map { [$0] } ?? []) + made
            next = settings.schedule.next(after: now)
        } catch {
            deliveries = [unreadable(trigger, first, now)]
            next = nil
        }
        guard try await parts.store.fire(trigger, deliveries, next: next) else { return false }
        var stays = false
        for delivery in deliveries where delivery.status == .pending {
            if try await !finisher.finish(delivery) { stays = true }
        }
        return stays
    }

    private func fire(of trigger: TriggerRecord, at due: Timestamp, _ now: Timestamp) -> DeliveryRecord {
        DeliveryRecord(
            id: parts.ids.make(), trigger: trigger.id, occasion: "due \(due)", receivedAt: now, dueAt: due,
            run: parts.ids.make())
    }

    private func leftOut(of trigger: TriggerRecord, from first: Timestamp, until now: Timestamp) -> DeliveryRecord {
        DeliveryRecord(
            id: parts.ids.make(), trigger: trigger.id, occasion: "left out from \(first)", receivedAt: now,
            dueAt: first,
            status: .skipped,
            reason: "nobody was there to fire when it was due: fires from \(first) on were left out, as catch_up says")
    }

    private func unreadable(_ trigger: TriggerRecord, _ due: Timestamp, _ now: Timestamp) -> DeliveryRecord {
        DeliveryRecord(
            id: parts.ids.make(), trigger: trigger.id, occasion: "due \(due)", receivedAt: now, dueAt: due,
            status: .failed,
            reason:
                "its schedule cannot be read on this machine any more: look at its cron and timezone and save it anew")
    }
}
