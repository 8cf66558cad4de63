import FactoryAPI
import FactoryJSON

extension API {
    func listModels(_ request: APIRequest) async throws(APIProblem) -> Reply {
        .json(
            try await services.providers.models(for: try caller(request), refreshes: try request.flag("refresh")))
    }

    func changeModel(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["context", "output_limit", "capabilities", "price"])
        return .json(
            try await services.providers.changeModel(request.parameter("id"), members, for: try caller(request)))
    }

    func setModelAlias(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["model", "for_all"])
        guard let target = try text(members, "model") else {
            throw .invalid(field: "model", "must be the model that the name stands for, as provider/model")
        }
        return .json(
            try await services.providers.setAlias(
                request.parameter("name"), target, isForAll: try flag(members, "for_all") ?? false,
                for: try caller(request)))
    }

    func removeModelAlias(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try await services.providers.removeAlias(
            request.parameter("name"), isForAll: try request.flag("for_all"), for: try caller(request))
        return .empty()
    }
}
