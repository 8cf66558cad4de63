import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore
import FactoryTriggers

extension API {
    func listTriggers(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let pipeline = try await pipeline(request)
        let triggers = try await stored { () throws(StoreError) in try await services.triggers.list(of: pipeline.id) }
        return .json(["items": .array(triggers.map { TriggerView($0).json }), "next_cursor": nil])
    }

    func createTrigger(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        let pipeline = try await pipeline(request)
        let made = try await triggers { triggers throws(TriggerError) in
            try await triggers.create(members, of: pipeline.id, for: request.owner)
        }
        var reply = Reply.json(TriggerView(made.trigger, made).json, status: 201)
        reply.headers = TriggerView.tags(of: made.trigger)
        reply.headers.append(
            (name: "Location", value: "/api/v1/pipelines/\(pipeline.id)/triggers/\(made.trigger.id)"))
        return reply
    }

    func getTrigger(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let trigger = try await trigger(request)
        return .json(TriggerView(trigger).json, headers: TriggerView.tags(of: trigger))
    }

    /// A trigger runs as who made it, so nobody else decides what it runs on. Whoever may change the pipeline may
    /// switch it off.
    func changeTrigger(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: nil)
        let trigger = try await trigger(request)
        try Self.check(request, trigger)
        let switchesOff = members.count == 1 && members["enabled"] == .bool(false)
        if !switchesOff { try Self.requireOwn(trigger, request) }
        let made = try await triggers { triggers throws(TriggerError) in try await triggers.change(trigger, members) }
        return .json(TriggerView(made.trigger, made).json, headers: TriggerView.tags(of: made.trigger))
    }

    func removeTrigger(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let trigger = try await trigger(request)
        try Self.check(request, trigger)
        try await triggers { triggers throws(TriggerError) in try await triggers.remove(trigger) }
        return .empty()
    }

    /// When a schedule that is being written would fire.
    func validateSchedule(_ request: APIRequest) throws(APIProblem) -> Reply {
        let members = try request.members(known: ["cron", "timezone"])
        guard let cron = members["cron"]?.stringValue else { throw .invalid(field: "cron", "must be text") }
        let zone = members["timezone"] ?? "UTC"
        guard let name = zone.stringValue else { throw .invalid(field: "timezone", "must be text") }
        do throws(ScheduleError) {
            let schedule = try Schedule(cron: cron, timeZone: name)
            return .json([
                "cron": .string(cron), "timezone": .string(name),
                "next": .array(schedule.next(5, after: services.now()).map { .string($0.description) }),
            ])
        } catch { throw APIProblem(TriggerError.invalid([TriggerProblem(error)])) }
    }

    // MARK: - What the handlers share

    func trigger(_ request: APIRequest) async throws(APIProblem) -> TriggerRecord {
        let pipeline = try await pipeline(request)
        let id = try request.identity(TriggerRecord.self, named: "trigger_id")
        return try await stored { () throws(StoreError) in
            try await services.triggers.trigger(id, of: pipeline.id)
        }
    }

    func triggers<Value: Sendable>(
        _ body: (Triggers) async throws(TriggerError) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(TriggerError) { return try await body(services.triggers) } catch { throw APIProblem(error) }
    }

    static func requireOwn(_ trigger: TriggerRecord, _ request: APIRequest) throws(APIProblem) {
        guard trigger.owner == request.owner else {
            throw APIProblem(
                .forbidden, "somebody else made this trigger, and it runs as them",
                hint: "make one of your own; this one you may switch off with {\"enabled\": false}, or remove")
        }
    }

    private static func check(_ request: APIRequest, _ trigger: TriggerRecord) throws(APIProblem) {
        guard let match = request.match(), !match.matches(EntityTag(revision: trigger.revision)) else { return }
        throw APIProblem(
            .preconditionFailed, "the trigger was changed meanwhile; it has revision \(trigger.revision) now",
            members: ["current": TriggerView(trigger).json], headers: TriggerView.tags(of: trigger))
    }
}

extension APIProblem {
    /// What an error of the triggers means to a client.
    init(_ error: TriggerError) {
        switch error {
        case .invalid(let problems):
            self.init(
                .invalidTrigger, problems.count == 1 ? problems[0].message : "it has \(problems.count) errors",
                hint: problems.count == 1 ? problems[0].hint : nil,
                errors: problems.map { problem in
                    Entry(
                        path: problem.path, code: APIProblemCode.invalidTrigger.rawValue, message: problem.message,
                        hint: problem.hint, line: problem.column.map { _ in 1 }, column: problem.column)
                })
        case .store(.changed): self.init(.preconditionFailed, "the trigger was changed meanwhile")
        case .store(let error): self.init(error)
        case .conflict(let reason): self.init(.conflict, reason)
        case .sealing(let error): self.init(error)
        }
    }
}
