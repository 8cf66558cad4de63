import FactoryAPI

extension API {
    func followRun(_ request: APIRequest) async throws(APIProblem) -> Reply { throw APIProblem(.notFound, "x") }
}
