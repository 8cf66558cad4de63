import FactoryAPI
import FactoryDomain
import FactoryJSON

/// What a request to fork a run asks for.
struct ForkRequest: Sendable {
    static let members = ["from", "changes", "version", "mode"]

    /// The step to go on from.
    let step: String
    /// What the document is to say otherwise: by step id, members to be merged into the step.
    let edits: [String: JSONObject]
    /// Outputs that take the place of those of the past run, by step id.
    let values: [String: JSON]
    /// The document to go on with; nil for that of the past run.
    let version: JSON?
    /// Who answers model calls; nil for who did in the past run.
    let mode: RunMode?

    init(_ members: JSONObject) throws(APIProblem) {
        let longest = OnlyRequest.longestStep
        guard let step = members["from"]?.stringValue, (1...longest).contains(step.unicodeScalars.count) else {
            throw .invalid(field: "from", "must be the id of the step to go on from")
        }
        let changes = members["changes"] ?? [:]
        guard case .object(let changes) = changes else {
            throw .invalid(field: "changes", "must be an object, not a \(changes.kindName)")
        }
        var (edits, values): ([String: JSONObject], [String: JSON]) = ([:], [:])
        for (id, change) in changes {
            guard case .object(let members) = change, !members.isEmpty else {
                throw .invalid(field: "changes.\(id)", "must be an object with what is to be otherwise")
            }
            guard let output = members["output"] else {
                edits[id] = members
                continue
            }
            guard members.count == 1 else {
                throw .invalid(
                    field: "changes.\(id)", "has `output` beside other members: a step with a given output does not run"
                )
            }
            values[id] = output
        }
        let mode = members["mode"]
        if let mode, mode.stringValue.flatMap(RunMode.init(rawValue:)) == nil {
            throw .invalid(field: "mode", "must be normal or replay")
        }
        self.step = step
        self.edits = edits
        self.values = values
        self.version = members["version"].flatMap { $0.isNull ? nil : $0 }
        self.mode = mode?.stringValue.flatMap(RunMode.init(rawValue:))
    }

    /// `document` with the edits in it.
    func edited(_ document: JSON) throws(APIProblem) -> JSON {
        guard case .object(var whole) = document, var steps = whole["steps"]?.arrayValue else { return document }
        for (id, members) in edits {
            guard let place = steps.firstIndex(where: { $0["id"]?.stringValue == id }) else {
                throw .invalid(field: "changes.\(id)", "names no step of the document")
            }
            guard members["id"] == nil else {
                throw .invalid(field: "changes.\(id).id", "cannot be changed: steps are known by it")
            }
            steps[place] = steps[place].merging(.object(members))
        }
        whole["steps"] = .array(steps)
        return .object(whole)
    }
}

extension JSON {
    /// This value with `patch` merged into it, as RFC 7396 says: null takes a member away.
    fileprivate func merging(_ patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var members = objectValue ?? [:]
        for (name, value) in changes {
            members[name] = value.isNull ? nil : (members[name] ?? .null).merging(value)
        }
        return .object(members)
    }
}
