import FactoryAPI
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore

extension API {
    /// Cancels; what runs is stopped at once. A run that has been cancelled stays so.
    func cancelRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let id = try request.identity(Run.self)
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        if run.status != .cancelled {
            try await engine { engine throws(EngineError) in try await engine.cancel(id) }
        }
        return try await accepted(id)
    }

    /// Lets what runs end and starts nothing more.
    func pauseRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let id = try request.identity(Run.self)
        try await engine { engine throws(EngineError) in try await engine.pause(id) }
        return try await accepted(id)
    }

    /// Goes on with a run that was paused, interrupted, cancelled or failed.
    func resumeRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        _ = try request.members(known: [])
        let id = try request.identity(Run.self)
        let vault = try await vault(of: id)
        _ = try await engine { engine throws(EngineError) in
            try await engine.resume(id, secrets: vault).id
        }
        return try await accepted(id)
    }

    /// Runs an ended run once more: from `step`, or from everything that did not succeed.
    func retryRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["step", "from"])
        let id = try request.identity(Run.self)
        guard members["step"] == nil || members["from"] == nil else {
            throw .invalid(field: "from", "means the same as step; send one of them")
        }
        let named = members["step"] ?? members["from"] ?? .null
        guard named.isNull || named.stringValue != nil else { throw .invalid(field: "step", "must be a step's id") }
        let step = named.stringValue
        let vault = try await vault(of: id)
        _ = try await engine { engine throws(EngineError) in
            try await engine.retry(id, from: step, secrets: vault).id
        }
        return try await accepted(id)
    }

    /// The secrets of who started the run, or of who lends it theirs, as they are now in the environment it was started
    /// in.
    private func vault(of id: ID<Run>) async throws(APIProblem) -> SecretVault {
        let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
        return try await kept { () throws(SecretError) in
            try await services.secrets.values.vault(of: run, naming: run.secretNames)
        }
    }

    private func accepted(_ id: ID<Run>) async throws(APIProblem) -> Reply {
        .json(
            RunView(report: try await report(of: id)).json, status: 202,
            headers: [(name: "Location", value: "/api/v1/runs/\(id)")])
    }
}
