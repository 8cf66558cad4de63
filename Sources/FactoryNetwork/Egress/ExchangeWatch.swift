import NIOCore
import Synchronization

/// Ends an exchange when one of its times has passed.
///
/// One timer on an event loop looks at the earliest limit and sets itself anew when that limit has moved meanwhile, so
/// that a stream of thousands of pieces costs no timer per piece.
final class ExchangeWatch: Sendable {
    enum Phase: Sendable, Equatable {
        case awaitingHead
        /// Waiting for the next piece of the body, since then.
        case awaitingBody(since: NIODeadline)
        /// The receiver works; only the total counts.
        case receiving
    }

    private struct State {
        var phase = Phase.awaitingHead
        var firstByte: NIODeadline?
        var expiry: EgressError?
        var isOver = false
        var timer: Scheduled<Void>?
        var cancel: (@Sendable () -> Void)?
    }

    private let limits: EgressLimits
    private let eventLoop: any EventLoop
    private let start = NIODeadline.now()
    private let state = Mutex(State())

    init(limits: EgressLimits, eventLoop: any EventLoop) {
        self.limits = limits
        self.eventLoop = eventLoop
    }

    /// Runs `work`, cancelled when a time passes.
    ///
    /// - Throws: what `work` throws; the time-out or the cancellation where that was the reason.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws(EgressError) -> Value
    ) async throws(EgressError) -> Value {
        let task = Task { () async -> Result<Value, EgressError> in
            do throws(EgressError) { return .success(try await work()) } catch { return .failure(error) }
        }
        state.withLock { $0.cancel = { task.cancel() } }
        arm()
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        let expiry = state.withLock { state in
            state.isOver = true
            state.timer?.cancel()
            state.timer = nil
            state.cancel = nil
            return state.expiry
        }
        if let expiry { throw expiry }
        if Task.isCancelled { throw EgressError(.cancelled, "The request was cancelled.") }
        return try result.get()
    }

    func awaitHead() { state.withLock { $0.phase = .awaitingHead } }

    func receivedHead() {
        state.withLock { $0.firstByte = .now() }
    }

    func awaitBody() {
        state.withLock { state in
            let wasAwaitingHead = state.phase == .awaitingHead
            state.phase = .awaitingBody(since: .now())
            return wasAwaitingHead
        } ? arm() : ()
    }

    func pauseForReceiver() { state.withLock { $0.phase = .receiving } }

    func timing() -> ExchangeTiming {
        let now = NIODeadline.now()
        let firstByte = state.withLock { $0.firstByte } ?? now
        return ExchangeTiming(firstByte: Duration(firstByte - start), total: Duration(now - start))
    }

    private func arm() {
        let now = NIODeadline.now()
        let (due, reason) = earliest(now: now)
        guard due > now else { return expire(reason) }
        state.withLock { state in
            guard !state.isOver, state.expiry == nil else { return }
            state.timer?.cancel()
            state.timer = eventLoop.scheduleTask(deadline: due) { self.arm() }
        }
    }

    private func earliest(now: NIODeadline) -> (NIODeadline, String) {
        let total = (start + TimeAmount(limits.total), "The answer was not complete after \(limits.total).")
        let other: (NIODeadline, String)
        switch state.withLock({ $0.phase }) {
        case .awaitingHead:
            other = (start + TimeAmount(limits.firstByte), "No answer came within \(limits.firstByte).")
        case .awaitingBody(let since):
            other = (since + TimeAmount(limits.idle), "The answer stopped coming for \(limits.idle).")
        case .receiving:
            other = (now + TimeAmount(limits.idle), "The answer stopped coming for \(limits.idle).")
        }
        return other.0 < total.0 ? other : total
    }

    private func expire(_ reason: String) {
        let cancel = state.withLock { state in
            guard !state.isOver, state.expiry == nil else { return nil as (@Sendable () -> Void)? }
            state.expiry = EgressError(.timeout, reason, hint: "Try again later, or allow the request more time.")
            return state.cancel
        }
        cancel?()
    }
}

extension Duration {
    init(_ amount: TimeAmount) { self = .nanoseconds(amount.nanoseconds) }
}
