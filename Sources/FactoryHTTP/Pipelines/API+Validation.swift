import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON

extension API {
    /// Everything wrong and doubtful in the document of the body. Runs nothing, keeps nothing.
    func validate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard let kind = request.kind else {
            throw APIProblem(.badRequest, "the body is empty", hint: "send the document as JSON or YAML")
        }
        guard kind == .json else { return await validation(request.body, .yaml, for: request) }
        let value = try request.json(limits: JSONLimits(depth: 64, bytes: Self.documentBytes, keys: 500_000))
        guard case .object(let members) = value, let document = members["document"], members["steps"] == nil else {
            return await validation(request.body, .json, for: request)
        }
        try APIProblem.refuseUnknown(members.keys, known: ["document"])
        // A text in the place of the document is YAML as an editor has it.
        if let text = document.stringValue { return await validation(Array(text.utf8), .detect, for: request) }
        return await validation(document.serializedBytes(), .json, for: request)
    }

    /// The same for a stored pipeline, or for what would take its place.
    func validatePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        guard request.kind != nil, !request.body.isEmpty else {
            return await validation(Array(record.text.utf8), record.format == .yaml ? .yaml : .json, for: request)
        }
        if request.kind == .json,
            try request.json(
                limits: JSONLimits(depth: 64, bytes: Self.documentBytes, keys: 500_000)) == [:]
        {
            return await validation(Array(record.text.utf8), record.format == .yaml ? .yaml : .json, for: request)
        }
        return try await validate(request)
    }

    private func validation(_ text: [UInt8], _ format: DocumentFormat, for request: APIRequest) async -> Reply {
        let models = await services.providers.catalogue(for: request.owner)
        let reading = DocumentReader(models: models).read(text, as: format)
        func list(_ severity: Problem.Severity) -> JSON {
            .array(reading.problems.filter { $0.severity == severity }.map { APIProblem.Entry($0).json })
        }
        return .json([
            "valid": .bool(reading.isValid), "errors": list(.error), "warnings": list(.warning),
            "problems": .array(reading.problems.map { APIProblem.Entry($0).json }),
        ])
    }
}
