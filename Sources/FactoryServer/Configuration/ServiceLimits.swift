/// How much a server gives and takes, where its operator knows better than the program what it is for.
public struct ServiceLimits: Sendable, Hashable {
    /// Requests in a second that one key or session may make in the long run; twice as many at once.
    public var requestsPerSecond = 60
    /// Runs that one account may start in a minute in the long run; half as many at once.
    public var runsPerMinute = 120
    /// Streams of events that one account may have open.
    public var eventStreams = 50
    /// Calls that one webhook takes in a minute, and at once.
    public var callsPerMinute = 60
    /// Bytes that the bodies of all requests that are being answered may have together.
    public var bodyBytes = 64 << 20

    /// The standard limits.
    public init() {}
}

/// A limit by its name in the file, its values, and where it is kept.
struct LimitSetting: Sendable {
    let name: String
    let range: ClosedRange<Int>
    /// True for a size, which may be written with a unit.
    var isSize = false
    let place: @Sendable (inout ServiceLimits, Int) -> Void

    /// The variable of the environment.
    var variable: String { "CODE_FACTORY_LIMIT_\(name.uppercased())" }

    static let all = [
        LimitSetting(name: "requests_per_second", range: 1...100_000) { $0.requestsPerSecond = $1 },
        LimitSetting(name: "runs_per_minute", range: 1...1_000_000) { $0.runsPerMinute = $1 },
        LimitSetting(name: "event_streams", range: 1...100_000) { $0.eventStreams = $1 },
        LimitSetting(name: "calls_per_minute", range: 1...1_000_000) { $0.callsPerMinute = $1 },
        // The largest body alone has to find room.
        LimitSetting(name: "body_bytes", range: 32 << 20...64 << 30, isSize: true) { $0.bodyBytes = $1 },
    ]

    /// The number that `text` is, given under `key`.
    func value(_ text: String, key: String) throws(ConfigurationError) -> Int {
        let number = isSize ? (try? RetentionText.bytes(text)).flatMap { $0.flatMap(Int.init(exactly:)) } : Int(text)
        guard let number, range.contains(number) else {
            let rule =
                isSize
                ? "a size from \(range.lowerBound >> 20)MiB to \(range.upperBound >> 30)GiB"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
            throw ConfigurationError(key: key, message: "\"\(text)\" is not \(rule)")
        }
        return number
    }
}

extension ConfigurationReader {
    /// What the environment, and else the file, says of limits.
    func limits(_ file: ConfigurationFile) throws(ConfigurationError) -> ServiceLimits {
        var limits = ServiceLimits()
        for setting in LimitSetting.all {
            if let text = environment[setting.variable] {
                setting.place(&limits, try setting.value(text, key: setting.variable))
            } else if let text = file.limits[setting.name] {
                setting.place(&limits, try setting.value(text, key: "limits.\(setting.name)"))
            }
        }
        return limits
    }
}
