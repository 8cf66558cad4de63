import FactoryEngine
import FactoryHTTP
import FactorySandbox
import FactoryStore
import FactoryStoreSQLite
import Glibc

/// Looks at what a server needs to do its work. Says nothing about the host that a stranger should not know.
struct Readiness: Sendable {
    /// Free space of the data folder below which the server is not ready: 256 MiB.
    static let freeBytes: UInt64 = 256 << 20

    let store: SQLiteStore
    let engine: Engine
    let sandbox: Sandbox
    let dataFolder: String

    func checks() async -> [HTTPServices.Check] { [await storeCheck(), await sandboxCheck(), disk()] }

    private func storeCheck() async -> HTTPServices.Check {
        // A row may find room where what runs have to write does not.
        if case .diskFull = engine.health {
            return HTTPServices.Check(name: "store", isReady: false, detail: "the disk is full; runs wait for room")
        }
        do throws(StoreError) {
            try await store.checkWritable()
            return HTTPServices.Check(name: "store", isReady: true, detail: "takes writes")
        } catch {
            let detail = if case .diskFull = error { "the disk is full" } else { "does not take writes" }
            return HTTPServices.Check(name: "store", isReady: false, detail: detail)
        }
    }

    private func sandboxCheck() async -> HTTPServices.Check {
        switch await sandbox.readiness() {
        case .full: HTTPServices.Check(name: "sandbox", isReady: true, detail: "full isolation")
        case .unavailable(let problem):
            HTTPServices.Check(
                name: "sandbox", isReady: false,
                detail: "code steps are refused: \(problem.reason); factory doctor says what to do")
        }
    }

    private func disk() -> HTTPServices.Check {
        var status = statvfs()
        guard statvfs(dataFolder, &status) == 0 else {
            return HTTPServices.Check(name: "disk", isReady: false, detail: "cannot be asked")
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        return HTTPServices.Check(
            name: "disk", isReady: free >= Self.freeBytes, detail: "\(free >> 20) MiB free for the data folder")
    }
}
