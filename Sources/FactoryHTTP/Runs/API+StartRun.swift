import FactoryAPI
import FactoryAccess
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
        let members = try request.members(known: ["inputs", "environment", "mode", "version", "only"])
        let only = try OnlyRequest(members["only"])
        let given = members["inputs"] ?? [:]
        guard case .object(let inputs) = given else {
            throw .invalid(field: "inputs", "must be an object, not a \(given.kindName)")
        }
        let environment = try request.text("environment", of: members)
        let mode = (members["mode"] ?? "normal").stringValue.flatMap(RunMode.init(rawValue:))
        guard let mode else { throw .invalid(field: "mode", "must be normal or replay") }
        let record = try await pipeline(request)
        let source = try await runSource(members["version"], of: record, for: request)
        let recording = mode == .replay ? try await recording(for: record) : nil
        // Who gives no input at all to a recorded run wants to see the sample.
        let values = members["inputs"] == nil ? recording?.sampleInputs ?? inputs : inputs
        let seconds = WaitPreference.seconds(request.header("Prefer"))
        return try await once(request, Run.self) { id throws(APIProblem) in
            if let known = try await reportIfThere(id) { return Self.accepted(known, waited: nil) }
            let pipeline = try compiledPipeline(source, of: record.id)
            var given = RunGiven(inputs: values, environment: environment)
            var step: LoneStep?
            if let only {
                let lone = try await loneStep(only, of: pipeline, record, for: request)
                if lone.source != nil { given.inputs = inputs }
                if let past = lone.source {
                    given = try self.given(given, from: past, to: pipeline, for: request, members.keys)
                }
                step = lone
            }
            var start = try await runRequest(
                record, source, pipeline, given, of: request.owner,
                needing: pipeline.secretNames(ofStep: step?.step),
                lends: step.map { $0.readsOnly(version: source.version, lentBy: record.owner) } ?? true)
            (start.id, start.only, start.cassette) = (id, step, recording?.cassette)
            let begun = start
            let run = try await engine { engine throws(EngineError) in try await engine.launch(begun) }
            var detail: JSONObject = ["pipeline": .string(record.id.rawValue)]
            if let step { detail["only"] = .string(step.step) }
            if let lender = begun.lender { detail["lender"] = .string(lender) }
            try await audit(.runStarted, request, on: id.rawValue, detail)
            if let seconds { await wait(for: run, seconds: seconds) }
            return Self.accepted(try await report(of: id), waited: seconds)
        }
    }

    static func accepted(_ report: RunReport, waited: Int?) -> Reply {
        var headers = [(name: "Location", value: "/api/v1/runs/\(report.run.id)")]
        if let waited { headers.append((name: "Preference-Applied", value: "wait=\(waited)")) }
        return .json(RunView(report: report).json, status: 202, headers: headers)
    }

    /// A run of `pipeline` with values of `owner`, or of who owns the pipeline where these may be lent.
    func runRequest(
        _ record: PipelineRecord, _ source: RunSource, _ pipeline: Pipeline, _ given: RunGiven, of owner: String,
        needing names: Set<String>, lends: Bool
    ) async throws(APIProblem) -> RunRequest {
        let checked = InputCheck(pipeline.inputs).check(given.inputs)
        guard let values = checked.values else {
            let count = checked.problems.count
            throw APIProblem(
                .invalidInputs, count == 1 ? "the inputs have 1 error" : "the inputs have \(count) errors",
                errors: checked.problems.map(APIProblem.Entry.init))
        }
        let needs = ValueNeeds(
            secrets: names, variables: pipeline.variableNames, usesVariables: pipeline.usesVariables)
        let own = try await kept { () throws(SecretError) in
            try await services.secrets.values.forRun(
                of: owner, in: given.environment, needing: needs,
                lendingFor: lends ? LendingCase(pipeline: record.id, version: source.version) : nil)
        }
        let missing = names.subtracting(own.secrets.names).sorted()
        guard missing.isEmpty else {
            throw APIProblem(
                .missingSecrets,
                "the document uses secrets that you have not stored: \(missing.joined(separator: ", "))",
                hint: "store them with " + missing.map { "PUT /api/v1/secrets/\($0)" }.joined(separator: ", "),
                errors: missing.map { name in
                    APIProblem.Entry(
                        path: "secrets.\(name)", code: APIProblemCode.missingSecrets.rawValue,
                        message: "the secret `\(name)` is not there")
                })
        }
        return RunRequest(
            pipeline: pipeline, inputs: values, secrets: own.secrets, environment: given.environment,
            lender: own.lender, variables: own.variables, workspace: services.workspace(owner), owner: owner,
            trigger: "manual", triggerValue: given.trigger, pipelineID: record.id, version: source.version)
    }

    /// What the text of `source` describes.
    private func compiledPipeline(_ source: RunSource, of id: ID<PipelineRecord>) throws(APIProblem) -> Pipeline {
        if let known = compiled.pipeline(of: id, text: source.text, source.format) { return known }
        let reading = DocumentReader().read(Array(source.text.utf8), as: source.format == .yaml ? .yaml : .json)
        guard let pipeline = reading.pipeline else { throw .invalidDocument(reading.problems) }
        compiled.keep(pipeline, of: id, text: source.text, source.format)
        return pipeline
    }

    /// Returns when the run ended, the time is over, or the server stops.
    func wait(for run: ID<Run>, seconds: Int) async {
        let (engine, clock, drain) = (services.engine, services.clock, drain)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await engine.end(of: run) }
            group.addTask { try? await clock.sleep(for: .seconds(seconds)) }
            group.addTask { await drain.opened() }
            await group.next()
            group.cancelAll()
        }
    }

    func reportIfThere(_ id: ID<Run>) async throws(APIProblem) -> RunReport? {
        do throws(StoreError) { return try await RunReader(services.runs).report(of: id) } catch {
            guard case .notFound = error else { throw APIProblem(error) }
            return nil
        }
    }

    func report(of id: ID<Run>) async throws(APIProblem) -> RunReport {
        try await stored { () throws(StoreError) in try await RunReader(services.runs).report(of: id) }
    }
}
