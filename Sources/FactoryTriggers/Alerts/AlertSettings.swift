import FactoryDomain
public import FactoryJSON
public import FactoryStore

/// What a person says of an alert.
public enum AlertSettings {
    /// The member that holds the threshold of a kind, and what it may be.
    static func threshold(of kind: AlertRecord.Kind) -> (name: String, range: ClosedRange<Int64>) {
        switch kind {
        case .failure: ("failures", 1...100)
        case .duration: ("duration_ms", 1...2_592_000_000)
        case .cost: ("cost_usd", 1...1_000_000_000_000)
        case .silence: ("silence_ms", 60_000...31_536_000_000)
        }
    }

    private static let names = [
        "kind", "name", "pipeline", "enabled", "failures", "duration_ms", "cost_usd", "silence_ms",
    ]

    /// `alert` with what `members` name; the rest stays.
    ///
    /// - Throws: ``TriggerError/invalid(_:)`` with everything that is wrong.
    static func apply(_ members: JSONObject, to alert: AlertRecord, isNew: Bool) throws(TriggerError) -> AlertRecord {
        var (reader, alert) = (SettingsReader(members, known: names, nullable: ["name", "pipeline"]), alert)
        let kind = reader.choice("kind", or: alert.kind)
        if isNew, members["kind"] == nil {
            reader.note(TriggerProblem("kind", "kind must be failure, duration, cost or silence"))
        }
        let hasChanged = isNew || kind != alert.kind
        alert.kind = kind
        if members.contains("name") { alert.name = reader.text("name", maxBytes: 200) }
        alert.isEnabled = reader.flag("enabled", or: alert.isEnabled)
        if let value = members["pipeline"] {
            alert.pipeline = reader.text("pipeline").flatMap(ID.init(parsing:))
            if alert.pipeline == nil, !value.isNull {
                reader.note(TriggerProblem("pipeline", "pipeline must be the id of a pipeline"))
            }
        }
        let (name, range) = threshold(of: kind)
        for other in AlertRecord.Kind.allCases where other != kind {
            let foreign = threshold(of: other).name
            guard let value = members[foreign], !value.isNull else { continue }
            reader.note(TriggerProblem(foreign, "\(foreign) belongs to alerts of the kind \(other.rawValue)"))
        }
        if let value = members[name], !value.isNull {
            if let threshold = number(value, of: kind), range.contains(threshold) {
                alert.threshold = threshold
            } else {
                reader.note(TriggerProblem(name, "\(name) must be \(words(for: kind))"))
            }
        } else if hasChanged {
            guard kind == .failure else {
                reader.note(TriggerProblem(name, "an alert of the kind \(kind.rawValue) needs \(name)"))
                throw .invalid(reader.problems)
            }
            alert.threshold = 1
        }
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
        return alert
    }

    /// The threshold of `alert` as people write it.
    public static func json(of alert: AlertRecord) -> (name: String, value: JSON) {
        let name = threshold(of: alert.kind).name
        return (name, alert.kind == .cost ? .double(Double(alert.threshold) / 1_000_000) : .int(alert.threshold))
    }

    private static func number(_ value: JSON, of kind: AlertRecord.Kind) -> Int64? {
        guard kind == .cost else { return value.intValue }
        guard let dollars = value.doubleValue, dollars >= 0, dollars <= 1_000_000 else { return nil }
        return Int64((dollars * 1_000_000).rounded())
    }

    private static func words(for kind: AlertRecord.Kind) -> String {
        switch kind {
        case .failure: "how many runs fail in a row, from 1 to 100"
        case .duration: "milliseconds, from 1 to 2592000000 (30 days)"
        case .cost: "dollars, from 0.000001 to 1000000"
        case .silence: "milliseconds, from 60000 (a minute) to 31536000000 (a year)"
        }
    }
}
