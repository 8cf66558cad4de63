import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryExpressions
import FactoryJSON
import FactorySecrets
import FactoryStore

extension API {
    /// The value of an expression, a template or ops on the data of a past run. Runs no step.
    func evaluate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: [
            "expression", "template", "ops", "input", "inputs", "run", "environment",
        ])
        let forms = ["expression", "template", "ops"].filter(members.contains)
        guard let form = forms.first, forms.count == 1 else {
            throw APIProblem(.invalidField, "the body needs exactly one of expression, template and ops")
        }
        if members.contains("input"), form != "ops" { throw .invalid(field: "input", "goes with ops") }
        let record = try await pipeline(request)
        var scope = try await scope(request, members, record)
        scope.now = Self.moment(services.now())
        let names = scope
        return try await evaluations.run(for: request.owner) { () async throws(APIProblem) in
            try await evaluated(members, form, record, names)
        }
    }

    private func evaluated(
        _ members: JSONObject, _ form: String, _ record: PipelineRecord, _ scope: Scope
    ) async throws(APIProblem) -> Reply {
        guard form != "ops" else { return .json(["value": try await transformed(members, record, scope)]) }
        guard let text = members[form]?.stringValue else { throw .invalid(field: form, "must be text") }
        do throws(ExpressionError) {
            let value =
                form == "expression"
                ? try Expression(parsing: text).json(in: scope) : try Template(parsing: text).render(in: scope)
            return .json(["value": value])
        } catch { throw Self.failure(error, in: form) }
    }

    /// What names mean: in the run that is named, or before any run, with the inputs given and the defaults.
    private func scope(
        _ request: APIRequest, _ members: JSONObject, _ record: PipelineRecord
    ) async throws(APIProblem) -> Scope {
        if let named = members["run"], !named.isNull {
            for name in ["inputs", "environment"] where members[name] != nil {
                throw .invalid(field: name, "cannot stand beside run")
            }
            guard let id = named.stringValue.flatMap(ID<Run>.init(parsing:)) else {
                throw .invalid(field: "run", "must be the id of a run")
            }
            try await requireAll(of: id, for: request)
            let run = try await stored { () throws(StoreError) in try await services.runs.run(id) }
            guard run.pipelineID == record.id else {
                throw APIProblem(.notFound, "the pipeline has no run \(id)")
            }
            return try await engine { engine throws(EngineError) in try await engine.scope(of: id) }
        }
        var inputs = members["inputs"]?.objectValue ?? [:]
        let pipeline = DocumentReader().read(Array(record.text.utf8), as: record.format == .yaml ? .yaml : .json)
        for field in pipeline.pipeline?.inputs ?? [] where !inputs.contains(field.name) {
            inputs[field.name] = field.defaultValue ?? .null
        }
        var scope = Scope()
        scope["inputs"] = .object(inputs)
        scope["steps"] = [:]
        let environment = try request.text("environment", of: members)
        scope["vars"] = .object(
            try await kept { () throws(SecretError) in
                try await services.secrets.values.variables(of: request.owner, in: environment)
            })
        scope["trigger"] = [:]
        scope["pipeline"] = ["name": .string(record.name), "version": nil]
        return scope
    }

    /// The ops as a step of the document, so that they are checked and compiled as there.
    private func transformed(
        _ members: JSONObject, _ record: PipelineRecord, _ scope: Scope
    ) async throws(APIProblem) -> JSON {
        let id = "preview-of-ops"
        let others = Self.steps(of: record).compactMap { $0["id"] }
        var document = record.document.objectValue ?? [:]
        var fields: JSONObject = ["ops": members["ops"] ?? []]
        if let input = members["input"] { fields["input"] = input }
        let step: JSON = [
            "id": .string(id), "type": "transform", "needs": .array(others), "with": .object(fields),
        ]
        document["steps"] = .array(Self.steps(of: record) + [step])
        document["outputs"] = nil
        let reading = DocumentReader().read(.object(document))
        guard let compiled = reading.pipeline?.steps.first(where: { $0.id == id }) else {
            throw .invalidDocument(
                reading.problems.filter { $0.severity == .error }.map { problem in
                    var problem = problem
                    // The place is one in a document that only stands here.
                    (problem.line, problem.column) = (nil, nil)
                    let prefix = "steps[\(others.count)].with."
                    if problem.path.hasPrefix(prefix) { problem.path = String(problem.path.dropFirst(prefix.count)) }
                    return problem
                })
        }
        do {
            let with = try compiled.fields.render(in: scope)
            let work = StepWork(
                run: services.ids.make(), stepRun: services.ids.make(), attempt: services.ids.make(),
                attemptNumber: 1, step: compiled, with: with, scope: scope,
                secrets: SecretVault(values: [:], nonce: ""), workspace: "",
                settledChanges: [], announce: { _ in })
            switch try await services.transform.execute(work) {
            case .output(let output), .branches(_, let output): return output.value["result"] ?? .null
            }
        } catch let error as FieldError {
            throw Self.failure(error.error, in: error.path)
        } catch let failure as StepFailure {
            throw APIProblem(
                .invalidEvaluation, failure.message, hint: failure.hint,
                errors: [
                    APIProblem.Entry(path: "ops", code: failure.code, message: failure.message, hint: failure.hint)
                ])
        } catch { throw APIProblem(.internalError, "the ops could not be done") }
    }

    private static func failure(_ error: ExpressionError, in path: String) -> APIProblem {
        APIProblem(
            .invalidEvaluation, error.message, hint: error.hint,
            errors: [
                APIProblem.Entry(
                    path: path, code: "expression_error", message: error.message, hint: error.hint,
                    line: error.position.line, column: error.position.column)
            ])
    }

    private static func moment(_ now: Timestamp) -> Moment {
        let parts = now.milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return Moment(seconds: parts.quotient, nanoseconds: Int32(parts.remainder * 1_000_000))
    }
}
