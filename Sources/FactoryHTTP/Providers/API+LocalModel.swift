import FactoryAPI
import FactoryAccess
import FactoryJSON

/// The small model that can be run on the server's machine.
extension API {
    func getLocalModel(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(await services.providers.localModel())
    }

    /// Begins, or says that it is under way. What comes of it is asked for.
    func installLocalModel(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["port"])
        var port: Int?
        switch members["port"] ?? .null {
        case .null: break
        case .int(let number) where (1_024...65_534).contains(number): port = Int(number)
        default: throw .invalid(field: "port", "must be a whole number from 1024 to 65534")
        }
        let state = try await services.providers.installLocalModel(port: port, for: try caller(request)) {
            provider throws(APIProblem) in try await audit(provider, after: nil, request)
        }
        try await audit(.localModelRequested, request)
        return .json(state, status: 202)
    }

    func cancelLocalModel(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let before = await services.providers.localModel()
        let state = await services.providers.cancelLocalModel()
        if before["status"] == "installing" { try await audit(.localModelCancelled, request) }
        return .json(state)
    }
}
