import FactoryDefinition
import FactoryDomain
import FactoryJSON
import Testing

/// A tiny pipeline, what its attempts do, what happens from outside, and how it all ends.
///
/// Played twice: by the pure machine (``Rehearsal``) and by the real engine on a real store (``Stage``); both have to
/// stand in the same place whenever nothing more can happen by itself.
struct Scenario: Sendable, CustomTestStringConvertible {
    /// The behaviour, as a sentence about "it": a run, or a step.
    let name: String
    /// One step each: its id, then its other keys. A line that begins with `?` is a condition, whose `with` stands
    /// behind ` | `.
    let steps: [String]
    /// What the attempts of a step do, one after the other through all runs; further ones succeed.
    var acts: [String: [Act]] = [:]
    /// What happens from outside, each move when nothing more happens by itself.
    var moves: [Move] = []
    /// How every step ends, and its attempts: see ``Notation``.
    let ends: String
    /// The run's status and, when it failed, its error's code.
    let run: String
    /// The steps in the order in which their attempts start, where that is certain.
    var order: String?
    /// What skipped steps say.
    var texts: [String: String] = [:]
    /// How many attempts run at once.
    var width = 32

    var testDescription: String { name }

    init(
        _ name: String, _ steps: [String], acts: [String: [Act]] = [:], moves: [Move] = [], ends: String,
        run: String = "succeeded", order: String? = nil, texts: [String: String] = [:], width: Int = 32
    ) {
        self.name = name
        self.steps = steps
        self.acts = acts
        self.moves = moves
        self.ends = ends
        self.run = run
        self.order = order
        self.texts = texts
        self.width = width
    }
}

/// What an attempt does.
enum Act: Sendable, Hashable {
    case succeed
    case give(JSON)
    case branch(String)
    /// Takes a branch that leads to `fail`, with this message.
    case end(String, message: String)
    /// Fails; the code is the class.
    case fail(StepFailure.Class)
    /// Fails, and the other side asks for a wait.
    case failAsking(StepFailure.Class, wait: Duration)
    /// Goes on until a move ends it.
    case hang
}

/// What happens from outside.
enum Move: Sendable, Hashable {
    /// The hanging attempt of a step does this.
    case now(String, Act)
    case pass(Duration)
    case cancel, pause, resume
    /// Another retry of the whole run; nil: from what failed.
    case retry(String?)
    /// A run of one step alone, with what this one left; from here on that is the run.
    case alone(String)
    /// The engine dies; the next one recovers the run.
    case crash
    /// Every step stands so.
    case check(String)
}

/// How steps are written down: the id, then `+` succeeded, `!` failed, `!h` failed and handled, `x` cancelled, `/why`
/// skipped, `>` running, `~` waiting, `.` queued; then in parentheses its attempts, `?` for a lost one, unless they are
/// what the status alone would say.
enum Notation {
    static func line(_ steps: [StepRunRecord], _ attempts: [AttemptRecord]) -> String {
        let byStep = Dictionary(grouping: attempts, by: \.stepRun)
        return steps.map { step in
            let status = status(of: step)
            let tries = (byStep[step.id] ?? []).sorted { $0.number < $1.number }.map { mark(of: $0.status) }.joined()
            let usual = ["+": "+", "!": "!", "!h": "!", "x": "x", ">": ">"][status] ?? ""
            return step.stepID + status + (tries == usual ? "" : "(\(tries))")
        }.joined(separator: " ")
    }

    static func run(_ record: RunRecord) -> String {
        record.status.rawValue + (record.error.map { " \($0.code)" } ?? "")
    }

    private static func status(of step: StepRunRecord) -> String {
        switch step.status {
        case .queued: "."
        case .running: ">"
        case .waiting: "~"
        case .succeeded: "+"
        case .failed: step.isHandled ? "!h" : "!"
        case .cancelled: "x"
        case .skipped: "/" + (step.skipped?.reason.rawValue ?? "")
        }
    }

    private static func mark(of status: AttemptStatus) -> String {
        switch status {
        case .running: ">"
        case .succeeded: "+"
        case .failed: "!"
        case .cancelled: "x"
        case .lost: "?"
        }
    }
}

extension Scenario {
    func pipeline() throws -> Pipeline {
        let lines = steps.map { line in
            line.hasPrefix("?") ? Self.condition(line.dropFirst()) : Self.transform(line[...])
        }
        return try Bench().pipeline("steps:\n" + lines.joined())
    }

    private static func transform(_ line: Substring) -> String {
        let (id, keys) = split(line)
        return step(id, keys)
    }

    private static func condition(_ line: Substring) -> String {
        let parts = line.split(separator: " | ", maxSplits: 1)
        let (id, keys) = split(parts[0])
        let with = parts[1].hasPrefix("cases") ? String(parts[1]) : "if: \"true\", \(parts[1])"
        return "  - {id: \(id), type: condition, with: {\(with)}\(keys.isEmpty ? "" : ", \(keys)")}\n"
    }

    private static func split(_ line: Substring) -> (id: String, keys: String) {
        let parts = line.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
}
