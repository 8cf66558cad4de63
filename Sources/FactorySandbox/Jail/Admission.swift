/// Lets in as many jobs as the machine holds, in the order they came.
actor Admission {
    /// What one job takes.
    struct Place: Sendable {
        fileprivate let memoryBytes: Int
    }

    private struct Waiting {
        let id: Int
        let memoryBytes: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private let width: Int
    private let memoryBytes: Int
    private var running = 0
    private var usedBytes = 0
    private var line: [Waiting] = []
    private var lastID = 0

    init(width: Int, memoryBytes: Int) {
        self.width = width
        self.memoryBytes = memoryBytes
    }

    /// Waits for a place. A job that asks for more memory than there is runs alone.
    func enter(memoryBytes: Int) async throws(SandboxError) -> Place {
        if line.isEmpty, fits(memoryBytes) {
            take(memoryBytes)
            return Place(memoryBytes: memoryBytes)
        }
        lastID += 1
        let id = lastID
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume(returning: false)
                } else {
                    line.append(Waiting(id: id, memoryBytes: memoryBytes, continuation: continuation))
                }
            }
        } onCancel: {
            Task { await giveUp(id) }
        }
        guard isIn else { throw .cancelled }
        return Place(memoryBytes: memoryBytes)
    }

    func leave(_ place: Place) {
        running -= 1
        usedBytes -= place.memoryBytes
        letIn()
    }

    private func giveUp(_ id: Int) {
        guard let index = line.firstIndex(where: { $0.id == id }) else { return }
        line.remove(at: index).continuation.resume(returning: false)
        letIn()
    }

    private func letIn() {
        while let first = line.first, fits(first.memoryBytes) {
            take(first.memoryBytes)
            line.removeFirst().continuation.resume(returning: true)
        }
    }

    private func fits(_ bytes: Int) -> Bool {
        running == 0 || running < width && usedBytes + bytes <= memoryBytes
    }

    private func take(_ bytes: Int) {
        running += 1
        usedBytes += bytes
    }
}
