import FactoryDomain
import FactoryStore
import FactoryWorkspace
import NIOCore
import Synchronization

/// Why a piece of an upload is not taken.
enum UploadRefusal: Error, Sendable {
    /// So many bytes are there, and the piece begins elsewhere.
    case offset(received: Int64)
    /// A later request goes on with the upload.
    case takenOver
    /// The piece goes beyond the end of the file.
    case tooLong
    /// The workspace refused.
    case workspace(WorkspaceError)
}

/// The uploads that pieces come in for right now.
final class UploadInlets: Sendable {
    private struct State {
        var inlets: [ID<UploadRecord>: (inlet: UploadInlet, users: Int)] = [:]
        var placing: Set<ID<UploadRecord>> = []
    }

    private let state = Mutex(State())

    /// The inlet of `upload`, the same for all requests that are under way; ``leave(_:)`` gives it back.
    func enter(_ upload: UploadRecord, in workspace: Workspace) throws(WorkspaceError) -> UploadInlet {
        try state.withLock { state throws(WorkspaceError) in
            if let known = state.inlets[upload.id] {
                state.inlets[upload.id] = (known.inlet, known.users + 1)
                return known.inlet
            }
            let there = try workspace.partBytes(upload.part) ?? 0
            let part = try workspace.part(upload.part, rest: max(0, upload.sizeBytes - there))
            let inlet = UploadInlet(part, sizeBytes: upload.sizeBytes)
            state.inlets[upload.id] = (inlet, 1)
            return inlet
        }
    }

    /// The request that entered is done with the inlet.
    func leave(_ id: ID<UploadRecord>, _ inlet: UploadInlet) {
        state.withLock { state in
            guard let known = state.inlets[id], known.inlet === inlet else { return }
            state.inlets[id] = known.users == 1 ? nil : (inlet, known.users - 1)
        }
    }

    /// Takes the upload from everybody who is sending; false where its file is being put in its place.
    func shut(_ id: ID<UploadRecord>) -> Bool {
        state.withLock { state in
            guard !state.placing.contains(id) else { return false }
            state.inlets[id]?.inlet.shut()
            state.inlets[id] = nil
            return true
        }
    }

    /// True for the one who may put the file in its place; ``endPlacing(_:)`` ends that.
    func beginPlacing(_ id: ID<UploadRecord>) -> Bool { state.withLock { $0.placing.insert(id).inserted } }

    /// Nobody puts the file in its place any more.
    func endPlacing(_ id: ID<UploadRecord>) { state.withLock { _ = $0.placing.remove(id) } }
}

/// Where the bytes of one upload go in. Who came last with the right offset writes; who came before is told so with its
/// next bytes, so that a client goes on at once although the server still waits for its broken connection.
final class UploadInlet: Sendable {
    private struct State {
        var turn = 0
        var received: Int64
    }

    private let part: PartFile
    private let sizeBytes: Int64
    private let state: Mutex<State>

    init(_ part: PartFile, sizeBytes: Int64) {
        self.part = part
        self.sizeBytes = sizeBytes
        state = Mutex(State(received: part.bytes))
    }

    /// Begins with a piece at `offset`; gives the turn in which its bytes are taken.
    func begin(at offset: Int64) throws(UploadRefusal) -> Int {
        try state.withLock { state throws(UploadRefusal) in
            guard offset == state.received else { throw .offset(received: state.received) }
            state.turn += 1
            return state.turn
        }
    }

    /// Writes the next bytes of the turn's piece.
    func write(_ buffer: ByteBuffer, turn: Int) throws(UploadRefusal) {
        try state.withLock { state throws(UploadRefusal) in
            guard state.turn == turn else { throw .takenOver }
            let count = Int64(buffer.readableBytes)
            guard count <= sizeBytes - state.received else { throw .tooLong }
            let offset = state.received
            let failure: WorkspaceError? = buffer.withUnsafeReadableBytes { bytes in
                do throws(WorkspaceError) {
                    try part.write(bytes, at: offset)
                    return nil
                } catch { return error }
            }
            if let failure { throw .workspace(failure) }
            state.received += count
        }
    }

    /// Ends the turn's piece; gives what is there, which is on the disk then.
    func end(turn: Int) throws(UploadRefusal) -> Int64 {
        let received = try state.withLock { state throws(UploadRefusal) in
            guard state.turn == turn else { throw .takenOver }
            return state.received
        }
        do throws(WorkspaceError) { try part.sync() } catch { throw .workspace(error) }
        return received
    }

    /// Takes nothing more from anybody.
    fileprivate func shut() { state.withLock { $0.turn = .min } }
}
