import CFaultyVFS
import FactoryTestKit

/// The disk beneath one folder, as SQLite sees it; it fails when a test says so.
final class FaultyDisk: @unchecked Sendable {
    // The C side has a lock of its own.
    private let disk: OpaquePointer

    /// The disk beneath `folder`.
    init(_ folder: TemporaryFolder) {
        guard let disk = faulty_watch(folder.path) else { preconditionFailure("too many watched folders") }
        self.disk = disk
    }

    /// No file of the folder is open any more.
    deinit { faulty_forget(disk) }

    /// How it fails.
    enum Fault: String, CaseIterable {
        /// An error; nothing is done.
        case error
        /// Half a write, and an error.
        case short
        /// No room for a write.
        case full
        /// The power goes; what was not synced may be lost, torn or there.
        case power

        fileprivate var kind: faulty_kind {
            switch self {
            case .error: FAULTY_ERROR
            case .short: FAULTY_SHORT
            case .full: FAULTY_FULL
            case .power: FAULTY_POWER
            }
        }
    }

    /// Fails the write, sync or truncation number `place` from now on, and with `lasting` all that follow.
    func fail(_ fault: Fault, at place: Int, lasting: Bool = false, seed: UInt64 = 0) {
        faulty_fail(disk, faulty_operations(disk) + place, fault.kind, lasting ? 1 : 0, seed)
    }

    /// Notes writes as a power cut needs them, without one: for counting a run that goes well.
    func mend() { faulty_mend(disk) }

    /// Writes, syncs and truncations so far.
    var operations: Int { faulty_operations(disk) }
    /// Those that failed.
    var failures: Int { faulty_failures(disk) }
}
