import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryStore

extension API {
    /// Starts a run of a version of the pipeline, or of its draft. Answers when the run is in the store, or, with `Prefer: wait`, when it
    /// ended or the time is over.
    func startRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard !drain.isOpen else { throw APIProblem(EngineError.isStopping) }
        let members = try request.members(known: ["inputs", "version"])
        let given = members["inputs"] ?? [:]
        guard case .object(let inputs) = given else {
            throw .invalid(field: "inputs", "must be an object, not a \(given.kindName)")
        }
        let record = try await pipeline(request)
        let source = try await runSource(members["version"], of: record, for: request)
        let seconds = WaitPreference.seconds(request.header("Prefer"))
        return try await once(request, Run.self) { id throws(APIProblem) in
            if let known = try await reportIfThere(id) { return Self.accepted(known, waited: nil) }
            let start = try runRequest(record, source, inputs, of: request.owner, id: id)
            let run = try await engine { engine throws(EngineError) in try await engine.start(start) }
            if let seconds { await wait(for: run, seconds: seconds) }
            return Self.accepted(try await report(of: id), waited: seconds)
        }
    }

    private static func accepted(_ report: RunReport, waited: Int?) -> Reply {
        var headers = [(name: "Location", value: "/api/v1/runs/\(report.run.id)")]
        if let waited { headers.append((name: "Preference-Applied", value: "wait=\(waited)")) }
        return .json(RunView(report: report).json, status: 202, headers: headers)
    }

    private func runRequest(
        _ record: PipelineRecord, _ source: RunSource, _ inputs: JSONObject, of owner: String, id: ID<Run>
    ) throws(APIProblem) -> RunRequest {
        let reading = DocumentReader().read(Array(source.text.utf8), as: source.format == .yaml ? .yaml : .json)
        guard let pipeline = reading.pipeline else { throw .invalidDocument(reading.problems) }
        let checked = InputCheck(pipeline.inputs).check(inputs)
        guard let values = checked.values else {
            let count = checked.problems.count
            throw APIProblem(
                .invalidInputs, count == 1 ? "the inputs have 1 error" : "the inputs have \(count) errors",
                errors: checked.problems.map(APIProblem.Entry.init))
        }
        let missing = pipeline.secretNames.subtracting(services.secrets.names).sorted()
        guard missing.isEmpty else {
            throw APIProblem(
                .missingSecrets,
                "the document uses secrets that this server was not given: \(missing.joined(separator: ", "))",
                hint: "start the server with " + missing.map { "--secret \($0)=@FILE" }.joined(separator: " "),
                errors: missing.map { name in
                    APIProblem.Entry(
                        path: "secrets.\(name)", code: APIProblemCode.missingSecrets.rawValue,
                        message: "the secret `\(name)` is not there")
                })
        }
        return RunRequest(
            pipeline: pipeline, inputs: values, secrets: services.secrets,
            workspace: services.workspace(owner), owner: owner, trigger: "manual", pipelineID: record.id,
            version: source.version, id: id)
    }

    /// Returns when the run ended, the time is over, or the server stops.
    func wait(for run: DrivenRun, seconds: Int) async {
        let (clock, drain) = (services.clock, drain)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in run.events {} }
            group.addTask { try? await clock.sleep(for: .seconds(seconds)) }
            group.addTask { await drain.opened() }
            await group.next()
            group.cancelAll()
        }
    }

    private func reportIfThere(_ id: ID<Run>) async throws(APIProblem) -> RunReport? {
        do throws(StoreError) { return try await RunReader(services.runs).report(of: id) } catch {
            guard case .notFound = error else { throw APIProblem(error) }
            return nil
        }
    }

    func report(of id: ID<Run>) async throws(APIProblem) -> RunReport {
        try await stored { () throws(StoreError) in try await RunReader(services.runs).report(of: id) }
    }
}
