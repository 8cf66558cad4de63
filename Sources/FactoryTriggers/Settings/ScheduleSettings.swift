public import FactoryJSON

/// What a schedule wants to know.
public struct ScheduleSettings: Sendable {
    /// What becomes of fires that were due while the server was not running.
    public enum CatchUp: String, Sendable, CaseIterable {
        /// They are left out.
        case none
        /// The latest is made up for.
        case last
        /// They are made up for, up to a number.
        case all
    }

    /// What a fire does while a run that the trigger started has not ended.
    public enum Overlap: String, Sendable, CaseIterable {
        /// It starts another.
        case allow
        /// It is left out.
        case skip
    }

    /// The names of the members.
    public static let names = ["cron", "timezone", "inputs", "catch_up", "catch_up_limit", "overlap", "environment"]
    /// How many missed fires may be made up for at most.
    public static let longestCatchUp = 50

    /// When it fires.
    public let schedule: Schedule
    /// The inputs of its runs.
    public let inputs: JSONObject
    /// The environment whose secrets and variables its runs have; nil for those of none.
    public let environment: String?
    /// What becomes of missed fires.
    public let catchUp: CatchUp
    /// How many missed fires are made up for where all are: the latest.
    public let catchUpLimit: Int
    /// What a fire does while a run goes on.
    public let overlap: Overlap

    /// Reads settings.
    ///
    /// - Throws: ``TriggerError/invalid(_:)`` with everything that is wrong.
    public init(_ members: JSONObject) throws(TriggerError) {
        var reader = SettingsReader(members, known: Self.names, nullable: ["environment"])
        inputs = reader.object("inputs")
        environment = reader.text("environment", maxBytes: 200)
        catchUp = reader.choice("catch_up", or: .none)
        catchUpLimit = reader.number("catch_up_limit", in: 1...Self.longestCatchUp, or: 10)
        overlap = reader.choice("overlap", or: .allow)
        let zone = reader.text("timezone") ?? "UTC"
        guard let cron = reader.text("cron") else {
            let isThere = reader.problems.contains { $0.path == "cron" }
            let missing = TriggerProblem("cron", "a schedule needs cron", hint: "as in \"30 8 * * MON-FRI\"")
            throw .invalid(reader.problems + (isThere ? [] : [missing]))
        }
        do throws(ScheduleError) { schedule = try Schedule(cron: cron, timeZone: zone) } catch {
            throw .invalid(reader.problems + [TriggerProblem(error)])
        }
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
    }

    /// The settings as they are kept and shown.
    public var json: JSONObject {
        [
            "cron": .string(schedule.cron), "timezone": .string(schedule.timeZone), "inputs": .object(inputs),
            "catch_up": .string(catchUp.rawValue), "catch_up_limit": .int(Int64(catchUpLimit)),
            "overlap": .string(overlap.rawValue), "environment": environment.map(JSON.string) ?? .null,
        ]
    }
}

extension TriggerProblem {
    /// What is wrong with a schedule.
    public init(_ error: ScheduleError) {
        switch error {
        case .cron(let error): self.init("cron", error.message, hint: error.hint, column: error.column)
        case .unknownTimeZone(let name):
            self.init(
                "timezone", "there is no time zone “\(name.prefix(60))”",
                hint: "zones are named like Europe/Berlin, UTC or +02:00; their list is the package tzdata")
        }
    }
}
