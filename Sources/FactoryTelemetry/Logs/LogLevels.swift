/// How much a line of the log matters.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    /// Everything there is.
    case trace
    /// What helps to find out why something happened: every step and attempt.
    case debug
    /// What an operator wants to read later: runs begin and end.
    case info
    /// Something failed and is tried again, or may become a problem.
    case warning
    /// Something failed.
    case error

    /// Orders levels by how much they matter.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// From which level on lines are written: one level for all, others for single topics.
///
/// The text form is `info`, or `warning,attempt=debug,prompt=trace`, or `off`. Topics are the areas `run`, `step`,
/// `attempt`, `http`, `trace` and every step type; what a line is about by its type goes before its area.
public struct LogLevels: Sendable, Hashable {
    private var general: LogLevel?
    private var byTopic: [String: LogLevel?] = [:]

    /// `level` for everything; nil for no lines at all.
    public init(_ level: LogLevel?) { general = level }

    /// Reads the text form; nil where a level is not one of ``LogLevel`` or `off`, or the general one is not first.
    public init?(parsing text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        guard let first = parts.first, let general = Self.level(first) else { return nil }
        self.general = general
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, let level = Self.level(pair[1]), !pair[0].isEmpty,
                pair[0].utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x5F })
            else { return nil }
            byTopic[pair[0]] = level
        }
    }

    /// True when a line of `level` about `topics` is written: the last topic that has a level of its own decides.
    func includes(_ level: LogLevel, _ topics: [String]) -> Bool {
        let wanted = topics.reversed().lazy.compactMap { byTopic[$0] }.first ?? general
        return wanted.map { level >= $0 } ?? false
    }

    /// A level inside another optional: `.some(nil)` is `off`.
    private static func level(_ text: String) -> LogLevel?? {
        if text == "off" { return .some(nil) }
        return LogLevel(rawValue: text).map { .some($0) }
    }
}
