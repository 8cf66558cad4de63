import FactoryAPI
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryStore

extension API {
    /// Everything wrong and doubtful in the document of the body. Runs nothing, keeps nothing.
    func validate(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try await evaluations.run(for: request.owner) { () async throws(APIProblem) in
            try await validation(request)
        }
    }

    private func validation(_ request: APIRequest) async throws(APIProblem) -> Reply {
        guard let kind = request.kind else {
            throw APIProblem(.badRequest, "the body is empty", hint: "send the document as JSON or YAML")
        }
        guard kind == .json else { return try await validation(request, request.body, .yaml) }
        let value = try request.json(limits: JSONLimits(depth: 64, bytes: Self.documentBytes, keys: 500_000))
        guard case .object(let members) = value, let document = members["document"], members["steps"] == nil else {
            return try await validation(request, request.body, .json)
        }
        try APIProblem.refuseUnknown(members.keys, known: ["document"])
        // A text in the place of the document is YAML as an editor has it.
        if let text = document.stringValue { return try await validation(request, Array(text.utf8), .detect) }
        return try await validation(request, document.serializedBytes(), .json)
    }

    /// The same for a stored pipeline, or for what would take its place.
    func validatePipeline(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        return try await evaluations.run(for: request.owner) { () async throws(APIProblem) in
            let isEmpty = request.kind == .json && request.body.count < 100 ? try request.json() == [:] : false
            guard request.kind != nil, !request.body.isEmpty, !isEmpty else {
                return try await validation(request, Array(record.text.utf8), record.format == .yaml ? .yaml : .json)
            }
            return try await validation(request)
        }
    }

    private func validation(
        _ request: APIRequest, _ text: [UInt8], _ format: DocumentFormat
    ) async throws(APIProblem) -> Reply {
        let reading = DocumentReader(
            models: await services.providers.catalogue(for: request.owner),
            stored: try await storedNames(of: request.owner)
        ).read(text, as: format)
        func list(_ severity: Problem.Severity) -> JSON {
            .array(reading.problems.filter { $0.severity == severity }.map { APIProblem.Entry($0).json })
        }
        return .json([
            "valid": .bool(reading.isValid), "errors": list(.error), "warnings": list(.warning),
            "problems": .array(reading.problems.map { APIProblem.Entry($0).json }),
        ])
    }

    /// The secrets and variables of an owner, whatever environment they belong to.
    private func storedNames(of owner: String) async throws(APIProblem) -> StoredNames {
        let (values, store) = (services.secrets.values, services.secrets.store)
        let secrets = try await kept { () throws(SecretError) in try await values.secrets.names(of: owner) }
        let variables = try await stored { () throws(StoreError) in try await store.variables(of: owner, in: .all) }
        return StoredNames(secrets: secrets, variables: Set(variables.map(\.key.name)))
    }
}
