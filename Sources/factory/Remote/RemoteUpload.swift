import FactoryClient
import FactoryDomain
import FactoryJSON
import FactoryNetwork

/// Sends a file in pieces, and goes on where an earlier attempt stopped.
struct RemoteUpload {
    private static let path = "/api/v1/uploads"
    /// How often in a row the server may be out of reach.
    private static let tries = 5

    let client: FactoryClient
    let file: LocalFile
    let target: String

    /// Sends everything, and says on standard error how far it is.
    func send() async throws {
        var upload = try await begin()
        var failures = 0
        var told: Int64 = -1
        while upload["status"]?.stringValue != "complete" {
            let received = upload["received"]?.intValue ?? 0
            told = tell(received, after: told)
            do throws(ClientError) {
                upload = try await piece(of: upload, from: received)
                failures = 0
            } catch {
                failures += 1
                guard Self.isPassing(error), failures <= Self.tries else { throw failure(error) }
                try await Task.sleep(for: .seconds(failures))
                upload = try await standing(of: upload)
            }
        }
        _ = tell(file.size, after: told)
    }

    /// An unfinished upload of this very file, or a new one.
    private func begin() async throws -> JSON {
        let open = try await client.send(.get, Self.path).json()["items"]?.arrayValue ?? []
        for upload in open where upload["path"]?.stringValue == target {
            let isSame =
                upload["size"]?.intValue == file.size && upload["replace"] == true
                && (upload["created_at"]?.stringValue ?? "") > file.modified.description
            if isSame {
                Output.note("going on with \(target) at \(upload["received"]?.intValue ?? 0) bytes")
                return upload
            }
        }
        return try await client.send(
            .post, Self.path,
            body: .json(["path": .string(target), "size": .int(file.size), "replace": true])
        ).json()
    }

    private func piece(of upload: JSON, from offset: Int64) async throws(ClientError) -> JSON {
        let most = min(max(1, upload["piece_bytes"]?.intValue ?? 8 << 20), 64 << 20)
        let bytes: [UInt8]
        do { bytes = try file.bytes(at: offset, Int(min(most, file.size - offset))) } catch {
            throw .unusable(String(describing: error), hint: nil)
        }
        return try await client.send(
            .patch, Self.place(of: upload), body: .bytes(bytes, type: "application/octet-stream"),
            headers: [("Upload-Offset", String(offset))], seconds: 300
        ).json()
    }

    /// The upload as the server has it, also where the server is out of reach for the moment.
    private func standing(of upload: JSON) async throws -> JSON {
        do throws(ClientError) { return try await client.send(.get, Self.place(of: upload)).json() } catch {
            guard case .unreachable = error else { throw failure(error) }
            return upload
        }
    }

    private static func place(of upload: JSON) -> String {
        "\(path)/\(FactoryClient.component(upload["id"]?.stringValue ?? ""))"
    }

    /// Whether sending again helps: the connection broke, the server is busy, or it knows better how much is there.
    private static func isPassing(_ error: ClientError) -> Bool {
        switch error {
        case .unreachable: true
        case .refused(let problem):
            ["upload_offset", "state_conflict", "too_many_requests", "server_stopping"].contains(problem.code)
        case .unusable, .unexpected: false
        }
    }

    private func failure(_ error: ClientError) -> CommandFailure {
        if case .unreachable = error { Output.note("what was sent is kept for 24 hours; the same command goes on") }
        return CommandFailure(client: error)
    }

    /// Says how far it is: each percent on a terminal, each tenth elsewhere. Gives what was said last.
    private func tell(_ received: Int64, after told: Int64) -> Int64 {
        let percent = file.size == 0 ? 100 : Int64(Double(received) / Double(file.size) * 100)
        let step = Output.isLive ? percent : percent / 10 * 10
        guard step != told else { return told }
        if Output.isLive {
            Output.raw("\r\(target) \(step) %" + (step == 100 ? "\n" : ""))
        } else {
            Output.note("\(target) \(step) %")
        }
        return step
    }
}
