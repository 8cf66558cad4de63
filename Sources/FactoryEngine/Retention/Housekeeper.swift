import FactoryBlobs
import FactoryDomain
import FactoryStore

/// Decides when an engine sweeps. Only work done brings it about: nothing happens while no run ends.
actor Housekeeper {
    /// Ended runs after which there is a thorough pass.
    private static let thoroughAfter = 100
    private static let millisecondsOfDay: Int64 = 86_400_000

    private let retention: Retention
    private let sweep: Sweep
    private let now: @Sendable () -> Timestamp
    /// Ended runs after which there is a pass over the limits alone: the overshoot between two passes.
    private let cadence: Int
    private var endedSinceSweep = 0
    private var endedSinceThorough = 0
    private var day: Int64
    private var isSweeping = false

    init(_ retention: Retention, blobs: BlobStore, now: @escaping @Sendable () -> Timestamp, stop: StopFlag) {
        self.retention = retention
        self.now = now
        sweep = Sweep(store: retention.store, blobs: blobs, policy: retention.policy, now: now, stop: stop)
        cadence = min(
            Self.thoroughAfter, retention.policy.maxRuns.map { max(1, $0 / 10) } ?? Self.thoroughAfter,
            retention.policy.maxBytes == nil ? Self.thoroughAfter : 10)
        day = now().milliseconds / Self.millisecondsOfDay
    }

    /// The engine begins to drive runs.
    func begin() async {
        guard !retention.policy.keepsAll else { return }
        await run(thorough: true)
    }

    /// A run has ended.
    func runEnded() async {
        endedSinceSweep += 1
        endedSinceThorough += 1
        guard !isSweeping else { return }
        let today = now().milliseconds / Self.millisecondsOfDay
        if endedSinceThorough >= Self.thoroughAfter || today != day {
            await run(thorough: true)
        } else if endedSinceSweep >= cadence {
            await run(thorough: false)
        }
    }

    private func run(thorough: Bool) async {
        isSweeping = true
        defer { isSweeping = false }
        endedSinceSweep = 0
        if thorough { endedSinceThorough = 0 }
        day = now().milliseconds / Self.millisecondsOfDay
        do throws(StoreError) {
            retention.report(.success(try await sweep.run(thorough: thorough)))
        } catch { retention.report(.failure(error)) }
    }
}
