public import FactoryJSON

/// One thing that `doctor` looked at.
public struct Finding: Sendable, Hashable {
    /// How it stands.
    public enum State: String, Sendable {
        /// It works.
        case works
        /// It does not, and some pipelines do not need it.
        case limited
        /// It does not, and nothing runs without it.
        case broken
    }

    /// What was looked at.
    public var name: String
    /// How it stands.
    public var state: State
    /// What was found.
    public var detail: String
    /// What mends it; nil where nothing needs to be, or is known to.
    public var fix: String?

    /// A finding about `name`.
    public init(_ name: String, _ state: State, _ detail: String, fix: String? = nil) {
        self.name = name
        self.state = state
        self.detail = detail
        self.fix = fix
    }

    /// The form printed by `doctor -o json`.
    public var json: JSON {
        [
            "name": .string(name), "state": .string(state.rawValue), "detail": .string(detail),
            "fix": fix.map(JSON.string) ?? .null,
        ]
    }

    /// One or two lines for people.
    public var text: String {
        let sign =
            switch state {
            case .works: "works   "
            case .limited: "limited "
            case .broken: "broken  "
            }
        let remedy = fix.map { "\n          fix: " + $0.replacing("\n", with: "\n               ") } ?? ""
        return "\(sign)  \(name): \(detail)\(remedy)"
    }
}
