import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON

extension API {
    /// Everything wrong and doubtful in the document of the body. Runs nothing, keeps nothing.
    func validate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try await evaluations.run(for: request.owner) { () async throws(APIProblem) in try validation(request) }
    }

    private func validation(_ request: APIRequest) throws(APIProblem) -> Reply {
        guard let kind = request.kind else {
            throw APIProblem(.badRequest, "the body is empty", hint: "send the document as JSON or YAML")
        }
        guard kind == .json else { return validation(request.body, .yaml) }
        let value = try request.json(limits: JSONLimits(depth: 64, bytes: Self.documentBytes, keys: 500_000))
        guard case .object(let members) = value, let document = members["document"], members["steps"] == nil else {
            return validation(request.body, .json)
        }
        try APIProblem.refuseUnknown(members.keys, known: ["document"])
        // A text in the place of the document is YAML as an editor has it.
        if let text = document.stringValue { return validation(Array(text.utf8), .detect) }
        return validation(document.serializedBytes(), .json)
    }

    /// The same for a stored pipeline, or for what would take its place.
    func validatePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        return try await evaluations.run(for: request.owner) { () async throws(APIProblem) in
            let isEmpty = request.kind == .json && request.body.count < 100 ? try request.json() == [:] : false
            guard request.kind != nil, !request.body.isEmpty, !isEmpty else {
                return validation(Array(record.text.utf8), record.format == .yaml ? .yaml : .json)
            }
            return try validation(request)
        }
    }

    private func validation(_ text: [UInt8], _ format: DocumentFormat) -> Reply {
        let reading = DocumentReader(models: services.models).read(text, as: format)
        func list(_ severity: Problem.Severity) -> JSON {
            .array(reading.problems.filter { $0.severity == severity }.map { APIProblem.Entry($0).json })
        }
        return .json([
            "valid": .bool(reading.isValid), "errors": list(.error), "warnings": list(.warning),
            "problems": .array(reading.problems.map { APIProblem.Entry($0).json }),
        ])
    }
}
