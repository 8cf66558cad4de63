import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryStore

extension API {
    /// Starts a run that goes on from a step of one that has ended, with what the steps before it gave there. Answers as
    /// the start of a run does.
    func forkRun(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard !drain.isOpen else { throw APIProblem(EngineError.isStopping) }
        let asked = try ForkRequest(try request.members(known: ForkRequest.members))
        let id = try request.identity(Run.self)
        // Before the run itself: where somebody has it go on meanwhile, it is seen not to have ended.
        let changes = try await stored { () throws(StoreError) in try await services.runs.changes(of: id) }
        let past = try await report(of: id)
        guard let pipelineID = past.run.pipelineID else {
            throw APIProblem(
                .conflict, "the run is of a file, not of a stored pipeline", hint: "import the file, and run it")
        }
        let grant = try await authorise(.pipeline(.runner, .run), for: request.principal, ["id": pipelineID.rawValue])
        let granted = request.granted(grant)
        let record = try Self.untrashed(try await pipeline(pipelineID))
        let source = try await forkSource(asked, of: past.run, record, for: granted)
        let pipeline = try Self.read(source)
        let recording = try await forkRecording(asked, of: past.run, record, asking: pipeline)
        let fork = try fork(asked, of: past, changes, pipeline, for: granted)
        let given = try given(RunGiven(inputs: [:]), from: past.run, to: pipeline, for: granted, [])
        let lends = fork.readsOnly(version: source.version, lentBy: record.owner)
        let seconds = WaitPreference.seconds(request.header("Prefer"))
        return try await once(request, Run.self) { id throws(APIProblem) in
            if let known = try await reportIfThere(id) { return Self.accepted(known, waited: nil) }
            var start = try await runRequest(
                record, source, pipeline, given, of: request.owner, needing: pipeline.secretNames(ofStep: nil),
                lends: lends)
            (start.id, start.fork, start.cassette) = (id, fork, recording)
            let begun = start
            let run = try await engine { engine throws(EngineError) in try await engine.launch(begun) }
            var detail: JSONObject = [
                "pipeline": .string(record.id.rawValue), "forked_from": .string(past.run.id.rawValue),
            ]
            if let lender = begun.lender { detail["lender"] = .string(lender) }
            try await audit(.runStarted, request, on: id.rawValue, detail)
            if let seconds { await wait(for: run, seconds: seconds) }
            return Self.accepted(try await report(of: id), waited: seconds)
        }
    }

    /// The document that the new run goes on with. To change what the past run did takes who may edit the pipeline.
    private func forkSource(
        _ asked: ForkRequest, of past: RunRecord, _ record: PipelineRecord, for request: APIRequest
    ) async throws(APIProblem) -> RunSource {
        var source = RunSource(version: past.version, format: .json, text: past.document.serialized())
        if let version = asked.version { source = try await runSource(version, of: record, for: request) }
        guard !asked.edits.isEmpty || !asked.values.isEmpty else { return source }
        guard request.pipelineRole >= .editor else {
            throw APIProblem(
                .forbidden, "going on with changes needs the role editor on the pipeline",
                hint: "leave `changes` out, or work on a copy of the pipeline")
        }
        guard !asked.edits.isEmpty else { return source }
        let document = try asked.edited(try Self.read(source).document)
        return RunSource(version: nil, format: .json, text: document.serialized())
    }

    private func fork(
        _ asked: ForkRequest, of past: RunReport, _ changes: [SettledChange], _ pipeline: Pipeline,
        for request: APIRequest
    ) throws(APIProblem) -> RunFork {
        do throws(RunForkProblem) {
            return try RunFork(
                at: asked.step, of: pipeline, from: past, changes: changes, into: services.workspace(request.owner),
                values: asked.values)
        } catch {
            switch error {
            case .unknownStep(let step, _):
                var problem = APIProblem.invalid(
                    field: step == asked.step ? "from" : "changes.\(step)", "names no step: \(error.message)")
                problem.hint = error.hint
                throw problem
            case .runsAnew(let step, _):
                var problem = APIProblem.invalid(field: "changes.\(step).output", "does not fit: \(error.message)")
                problem.hint = error.hint
                throw problem
            case .notEnded, .isAlone: throw APIProblem(.conflict, error.message, hint: error.hint)
            }
        }
    }

    /// The recorded answers for the new run; nil where models are asked.
    private func forkRecording(
        _ asked: ForkRequest, of past: RunRecord, _ record: PipelineRecord, asking pipeline: Pipeline
    ) async throws(APIProblem) -> [UInt8]? {
        guard asked.mode ?? past.mode == .replay else { return nil }
        return try await recording(for: record, asking: pipeline.document).cassette
    }

    private static func read(_ source: RunSource) throws(APIProblem) -> Pipeline {
        let reading = DocumentReader().read(Array(source.text.utf8), as: source.format == .yaml ? .yaml : .json)
        guard let pipeline = reading.pipeline else { throw .invalidDocument(reading.problems) }
        return pipeline
    }
}
