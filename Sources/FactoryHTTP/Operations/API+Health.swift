import FactoryAPI
import FactoryJSON

extension API {
    /// Alive: the process answers.
    func health() -> Reply { .json(["status": "ok"]) }

    /// Ready to do its work, or the reasons why not.
    func readiness() async -> Reply {
        var checks = await ready.checks()
        if drain.isOpen {
            checks.append(HTTPServices.Check(name: "server", isReady: false, detail: "it is stopping"))
        }
        let isReady = checks.allSatisfy(\.isReady)
        let list = checks.map { check -> JSON in
            ["name": .string(check.name), "ready": .bool(check.isReady), "detail": .string(check.detail)]
        }
        return .json(
            ["status": isReady ? "ready" : "not_ready", "checks": .array(list)], status: isReady ? 200 : 503)
    }

    /// The figures of this server in Prometheus' text format.
    func metrics() async -> Reply {
        let text = await services.metrics()
        return Reply(
            status: 200, headers: [],
            content: .file(Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8"))
    }
}
