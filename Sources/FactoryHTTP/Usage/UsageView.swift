import FactoryDomain
import FactoryJSON
import FactoryStore

/// What runs used and how they went, as the API shows it.
struct UsageView {
    /// The latest runs whose steps are looked at.
    static let stepSample = 500
    /// The most steps of each list.
    private static let listedSteps = 10

    let filter: UsageFilter
    let use: [ModelUseFigures]
    let runs: RunFigures
    let steps: StepSample

    var json: JSON {
        [
            "since": moment(filter.since), "until": moment(filter.until),
            "total": .object(JSONObject(Self.members(total))),
            "by_day": .array(days.map(\.json)),
            "by_model": .array(models.map { Self.entry(["model": $0.model.map(JSON.string) ?? .null], $0.sums) }),
            "by_pipeline": .array(pipelines),
            "runs": .object(
                JSONObject(Self.members(runs.outcomes) + [("duration_ms", Self.durations(runs.durations))])),
            "steps": [
                "of_latest_runs": .int(Int64(steps.runs)),
                "slowest": .array(slowest.map(Self.step)), "most_failing": .array(failing.map(Self.step)),
            ],
        ]
    }

    private var total: CallSums { use.reduce(into: CallSums()) { $0 += $1.sums } }

    private var models: [(model: String?, sums: CallSums)] {
        var sums: [String?: CallSums] = [:]
        for figures in use { sums[figures.model, default: CallSums()] += figures.sums }
        return sums.map { (model: $0.key, sums: $0.value) }
            .sorted { ($1.sums.calls, $0.model ?? "") < ($0.sums.calls, $1.model ?? "") }
    }

    /// Every day on which a model was called or a run ended, the latest first.
    private var days: [(day: Int64, json: JSON)] {
        var sums: [Int64: CallSums] = [:]
        for figures in use { sums[figures.day, default: CallSums()] += figures.sums }
        let outcomes = Dictionary(uniqueKeysWithValues: runs.days.map { ($0.day, $0.outcomes) })
        return Set(sums.keys).union(outcomes.keys).sorted(by: >).map { day in
            let text = Timestamp(milliseconds: day * ModelUseFigures.dayMilliseconds).description.prefix(10)
            let members =
                Self.members(sums[day] ?? CallSums()) + [
                    ("runs", .object(JSONObject(Self.members(outcomes[day] ?? RunFigures.Outcomes()))))
                ]
            return (day, .object(JSONObject([("day", .string(String(text)))] + members)))
        }
    }

    /// Every pipeline that called a model or had runs, those with the most runs first.
    private var pipelines: [JSON] {
        var sums: [UsagePipeline: CallSums] = [:]
        for figures in use { sums[figures.pipeline, default: CallSums()] += figures.sums }
        var shown: [JSON] = []
        for figures in runs.pipelines {
            let used = sums.removeValue(forKey: figures.pipeline) ?? CallSums()
            shown.append(Self.pipeline(figures.pipeline, figures.outcomes, figures.durations, used))
        }
        // Runs that are no longer kept have left what they used.
        for (pipeline, used) in sums.sorted(by: { $0.key.name < $1.key.name }) {
            shown.append(Self.pipeline(pipeline, RunFigures.Outcomes(), RunFigures.Durations(counts: [:]), used))
        }
        return shown
    }

    private static func pipeline(
        _ pipeline: UsagePipeline, _ outcomes: RunFigures.Outcomes, _ durations: RunFigures.Durations, _ used: CallSums
    ) -> JSON {
        let runs =
            members(outcomes) + [
                ("duration_ms", Self.durations(durations)), ("estimate_ms", number(durations.estimate)),
            ]
        return .object(
            JSONObject(
                [
                    ("id", pipeline.id.map { .string($0.rawValue) } ?? .null), ("name", .string(pipeline.name)),
                    ("runs", .object(JSONObject(runs))),
                ] + members(used)))
    }

    private var slowest: [StepFigures] {
        let measured = steps.steps.filter { $0.meanDuration != nil }
        return Array(measured.sorted { $0.meanDuration ?? 0 > $1.meanDuration ?? 0 }.prefix(Self.listedSteps))
    }

    private var failing: [StepFigures] {
        Array(
            steps.steps.filter { $0.failures > 0 }.sorted { ($0.failures, $1.step) > ($1.failures, $0.step) }
                .prefix(Self.listedSteps))
    }

    private static func step(_ step: StepFigures) -> JSON {
        [
            "pipeline": [
                "id": step.pipeline.id.map { .string($0.rawValue) } ?? .null, "name": .string(step.pipeline.name),
            ],
            "step": .string(step.step), "type": .string(step.type), "runs": .int(Int64(step.runs)),
            "failures": .int(Int64(step.failures)), "mean_ms": number(step.meanDuration),
        ]
    }

    private static func entry(_ first: JSONObject, _ sums: CallSums) -> JSON {
        var object = first
        for (name, value) in members(sums) { object[name] = value }
        return .object(object)
    }

    /// What no call told is null; what some told is their sum, beside how many did not.
    private static func members(_ sums: CallSums) -> [(String, JSON)] {
        let isCounted = sums.calls > sums.callsWithoutCounts || sums.calls == 0
        let isPriced = sums.calls > sums.callsWithoutPrice || sums.calls == 0
        return [
            ("calls", .int(sums.calls)), ("input_tokens", isCounted ? .int(sums.inputTokens) : .null),
            ("output_tokens", isCounted ? .int(sums.outputTokens) : .null),
            ("cost_usd", isPriced ? .double(sums.costUSD) : .null),
            ("calls_without_price", .int(sums.callsWithoutPrice)),
            ("calls_without_counts", .int(sums.callsWithoutCounts)),
        ]
    }

    private static func members(_ outcomes: RunFigures.Outcomes) -> [(String, JSON)] {
        [
            ("ended", .int(Int64(outcomes.ended))), ("succeeded", .int(Int64(outcomes.succeeded))),
            ("failed", .int(Int64(outcomes.failed))), ("cancelled", .int(Int64(outcomes.cancelled))),
            ("success_rate", outcomes.successRate.map(JSON.double) ?? .null),
        ]
    }

    private static func durations(_ durations: RunFigures.Durations) -> JSON {
        ["of": .int(Int64(durations.count)), "p50": number(durations.p50), "p95": number(durations.p95)]
    }

    private static func number(_ value: Int64?) -> JSON { value.map(JSON.int) ?? .null }

    private func moment(_ moment: Timestamp?) -> JSON { moment.map { .string($0.description) } ?? .null }
}
