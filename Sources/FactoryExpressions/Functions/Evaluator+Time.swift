extension Evaluator {
    /// `getFullYear()` and its sisters, of timestamps (in UTC or a time zone) and of durations.
    mutating func applyTime(_ call: Call) throws(Failure) -> Value {
        switch call[0] {
        case .timestamp(let moment): return .int(try part(of: moment, call))
        case .duration(let value): return .int(try part(of: value, call))
        case .string:
            throw Failure(
                .wrongType, "\(call.builtin.rawValue) is called on a timestamp or duration, not a string",
                at: call.span, hint: .text("timestamp(x) reads a timestamp from a string"))
        default: throw call.wrongType(0, "a timestamp or a duration")
        }
    }

    private mutating func part(of moment: Moment, _ call: Call) throws(Failure) -> Int64 {
        let offset = call.count > 1 ? try self.offset(of: try call.string(1), at: moment, call) : 0
        let date = CivilDate(seconds: moment.seconds, offset: offset)
        let part =
            switch call.builtin {
            case .getFullYear: date.year
            case .getMonth: date.month - 1
            case .getDate: date.day
            case .getDayOfMonth: date.day - 1
            case .getDayOfWeek: date.weekday
            case .getDayOfYear: date.dayOfYear
            case .getHours: date.hour
            case .getMinutes: date.minute
            case .getSeconds: date.second
            default: Int(moment.nanoseconds / 1_000_000)
            }
        return Int64(part)
    }

    private func part(of duration: Int64, _ call: Call) throws(Failure) -> Int64 {
        guard call.count == 1 else { throw call.invalid("a duration has no time zone") }
        switch call.builtin {
        case .getHours: return duration / 3_600_000_000_000
        case .getMinutes: return duration / 60_000_000_000
        case .getSeconds: return duration / 1_000_000_000
        case .getMilliseconds: return duration % 1_000_000_000 / 1_000_000
        default:
            throw Failure(
                .wrongType, "\(call.builtin.rawValue) is called on a timestamp, not a duration",
                at: call.span,
                hint: .text("durations have getHours, getMinutes, getSeconds and getMilliseconds"))
        }
    }

    /// Seconds east of UTC that `zone` has at `moment`.
    private mutating func offset(of zone: String, at moment: Moment, _ call: Call) throws(Failure)
        -> Int
    {
        if let known = timeZones[zone] { return known.offset(at: moment.seconds) }
        // Reading a file is worth many steps, and each name is read once.
        try fuel.spend(100, at: call.span)
        guard let rules = TimeZoneRules(zone) else {
            throw call.invalid(
                "there is no time zone \(Value.string(zone).shortText)",
                hint: .text("zones are named like \"Europe/Berlin\", \"UTC\" or \"+02:00\""))
        }
        timeZones[zone] = rules
        return rules.offset(at: moment.seconds)
    }
}
