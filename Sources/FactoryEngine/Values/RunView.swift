import FactoryBlobs
import FactoryDefinition
import FactoryDomain
import FactoryExpressions
import FactoryJSON

/// What names mean in one run at one moment. A value: an attempt keeps the view it started with.
struct RunView: Sendable {
    /// What of a step is visible to others.
    struct StepEntry: Sendable {
        var status: StepStatus
        var output: StoredValue?
        var error: StepFailure?
    }

    /// What every name means, with no step in `steps`; secrets as opaque marks.
    private var scope = Scope(expecting: 8)
    var steps: [String: StepEntry]

    init(
        inputs: JSON, run: JSON, pipeline: JSON, trigger: JSON, variables: JSON, secrets: JSON,
        steps: [String: StepEntry]
    ) {
        self.steps = steps
        scope["inputs"] = inputs
        scope["run"] = run
        scope["pipeline"] = pipeline
        scope["trigger"] = trigger
        scope["vars"] = variables
        scope["secrets"] = secrets
        scope["steps"] = [:]
    }

    /// This view with the run's number, which the store gives when it writes the run.
    func numbered(_ number: Int64) -> RunView {
        var view = self
        guard case .object(var run) = scope["run"] else { return self }
        run["number"] = .int(number)
        view.scope["run"] = .object(run)
        return view
    }

    /// This view with other marks for secrets.
    func with(secrets: JSON) -> RunView {
        var view = self
        view.scope["secrets"] = secrets
        return view
    }

    /// This view with only the steps that `references` name: what an attempt takes along, so that the view of the run
    /// is not copied for each.
    func naming(_ references: some Sequence<Reference>) -> RunView {
        guard let named = Self.steps(namedBy: references) else { return self }
        var view = self
        view.steps = [:]
        for id in named { view.steps[id] = steps[id] }
        return view
    }

    /// A scope in which everything that `references` name has its value; large outputs are read only when named.
    func scope(
        for references: some Sequence<Reference>, values: ValueStore, now: Moment
    ) throws(BlobError) -> Scope {
        var scope = scope
        let entries = try entries(for: references, values: values)
        if !entries.isEmpty { scope["steps"] = .object(entries) }
        scope.now = now
        return scope
    }

    private func entries(
        for references: some Sequence<Reference>, values: ValueStore
    ) throws(BlobError) -> JSONObject {
        let named = Self.steps(namedBy: references) ?? Set(steps.keys)
        var object: JSONObject = [:]
        for id in named.sorted() {
            guard let entry = steps[id] else { continue }
            var step: JSONObject = ["status": .string(entry.status.rawValue)]
            if let output = entry.output { step["output"] = try values.load(output) }
            if let error = entry.error { step["error"] = error.json }
            object[id] = .object(step)
        }
        return object
    }

    /// The steps that `references` name; nil where any may be meant: `steps` alone, or indexed by something computed.
    private static func steps(namedBy references: some Sequence<Reference>) -> Set<String>? {
        var named: Set<String> = []
        for reference in references where reference.path.first == "steps" {
            guard reference.path.count > 1 else { return nil }
            named.insert(reference.path[1])
        }
        return named
    }
}
