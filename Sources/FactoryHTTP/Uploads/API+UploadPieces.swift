import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryWorkspace
import HummingbirdCore

extension API {
    static let isBeingPlaced = APIProblem(
        .conflict, "the file is being put in its place", headers: [(name: "Retry-After", value: "1")])

    /// Takes a piece as it comes. What has come before the connection broke is kept.
    func continueUpload(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let workspace = try ownWorkspace(request)
        var upload = try await upload(request, in: workspace)
        guard let offset = request.header("Upload-Offset").flatMap(Self.offset) else {
            throw .invalid(field: "Upload-Offset", "must be a header with the number of bytes that came before")
        }
        guard upload.status == .open else {
            if upload.status == .placing { throw Self.isBeingPlaced }
            guard offset == upload.sizeBytes else { throw APIProblem(.offset(received: upload.sizeBytes)) }
            guard request.kind == nil else { throw APIProblem(.tooLong) }
            return .json(try view(upload, in: workspace))
        }
        let received = try await take(request, upload, at: offset, in: workspace)
        if received == upload.sizeBytes { try await place(&upload, in: workspace) }
        return .json(try view(upload, in: workspace))
    }

    /// Writes the body behind what is there; gives what is there then.
    private func take(
        _ request: APIRequest, _ upload: UploadRecord, at offset: Int64, in workspace: Workspace
    ) async throws(APIProblem) -> Int64 {
        let inlet: UploadInlet
        do throws(WorkspaceError) { inlet = try inlets.enter(upload, in: workspace) } catch { throw APIProblem(error) }
        defer { inlets.leave(upload.id, inlet) }
        do {
            let turn = try inlet.begin(at: offset)
            if let announced = request.header("Content-Length").flatMap({ Int64($0) }) {
                guard announced <= upload.sizeBytes - offset else { throw UploadRefusal.tooLong }
            }
            if request.kind != nil {
                for try await bytes in request.raw.body { try inlet.write(bytes, turn: turn) }
            }
            return try inlet.end(turn: turn)
        } catch let refusal as UploadRefusal {
            throw APIProblem(refusal)
        } catch {
            throw APIProblem(.badRequest, "the body broke off; what came of it is kept")
        }
    }

    /// Puts the whole file in its place; where that is refused the upload stays open with all it has.
    func place(_ upload: inout UploadRecord, in workspace: Workspace) async throws(APIProblem) {
        let id = upload.id
        guard inlets.beginPlacing(id) else { throw Self.isBeingPlaced }
        defer { inlets.endPlacing(id) }
        try await note(.placing, &upload)
        do throws(WorkspaceError) {
            let path = try WorkspacePath(upload.path, in: workspace)
            try workspace.place(part: upload.part, at: path, isReplacing: upload.isReplacing)
        } catch {
            try await note(.open, &upload)
            throw APIProblem(error)
        }
        try await note(.complete, &upload)
    }

    /// Ends what a stop of the server interrupted: with the part there nothing was placed; without it the file was, if
    /// it is there.
    func settle(_ upload: inout UploadRecord, in workspace: Workspace) async throws(APIProblem) {
        let isPlaced: Bool
        do throws(WorkspaceError) {
            let path = try WorkspacePath(upload.path, in: workspace)
            if try workspace.partBytes(upload.part) != nil {
                isPlaced = false
            } else {
                isPlaced = try workspace.status(of: path)?.size == upload.sizeBytes
            }
        } catch { throw APIProblem(error) }
        try await note(isPlaced ? .complete : .open, &upload)
    }

    private func note(_ status: UploadRecord.Status, _ upload: inout UploadRecord) async throws(APIProblem) {
        let id = upload.id
        try await stored { () throws(StoreError) in try await services.uploads.store.note(status, of: id) }
        upload.status = status
    }

    private static func offset(_ text: String) -> Int64? {
        guard (1...16).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}

extension APIProblem {
    /// What a refused piece means to a client.
    init(_ refusal: UploadRefusal) {
        switch refusal {
        case .offset(let received):
            self.init(
                .uploadOffset, "\(received) bytes of the file are there", hint: "go on from there",
                members: ["received": .int(received)])
        case .takenOver: self.init(.conflict, "another request goes on with this upload, or it was dropped")
        case .tooLong:
            self.init(
                .bodyTooLarge, "the piece goes beyond the size that the upload was begun with",
                hint: "begin a new upload of the right size")
        case .workspace(let error): self.init(error)
        }
    }
}
