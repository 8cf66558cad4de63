import FactoryDomain
import FactoryEngine
import FactoryStore

/// What is counted about runs, steps, attempts, models and the store.
final class RunMetrics: Sendable {
    private let runsStarted, runsEnded, stepsEnded, attemptsStarted, attemptsEnded, attemptFailures, retries: Counter
    private let modelCalls, modelTokens, modelCost, events: Counter
    private let runSeconds, stepSeconds, commitSeconds: Histogram

    /// Seconds from what a transform takes to what a long run takes.
    private static let workBuckets = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200]
    private static let commitBuckets = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

    init(_ metrics: MetricsRegistry) {
        runsStarted = metrics.counter("code_factory_runs_started_total", "Runs started.", labels: ["trigger"])
        runsEnded = metrics.counter("code_factory_runs_ended_total", "Runs ended, by final status.", labels: ["status"])
        runSeconds = metrics.histogram(
            "code_factory_run_duration_seconds", "From the start of a run to its end.", labels: ["status"],
            buckets: Self.workBuckets)
        stepsEnded = metrics.counter(
            "code_factory_steps_ended_total", "Steps ended, by type and final status.", labels: ["type", "status"])
        stepSeconds = metrics.histogram(
            "code_factory_step_duration_seconds", "From the first attempt of a step to its end, waits included.",
            labels: ["type"], buckets: Self.workBuckets)
        attemptsStarted = metrics.counter(
            "code_factory_attempts_started_total", "Attempts started.", labels: ["type"])
        attemptsEnded = metrics.counter(
            "code_factory_attempts_ended_total", "Attempts ended; lost ones are those another process left running.",
            labels: ["type", "status"])
        attemptFailures = metrics.counter(
            "code_factory_attempt_failures_total", "Failed attempts, by error code.", labels: ["type", "code"])
        retries = metrics.counter(
            "code_factory_retries_total", "Failed attempts that are followed by another.", labels: ["type"])
        modelCalls = metrics.counter("code_factory_model_calls_total", "Model calls made.", labels: ["model"])
        modelTokens = metrics.counter(
            "code_factory_model_tokens_total", "Tokens sent (input) and generated (output), where the provider said.",
            labels: ["model", "direction"])
        modelCost = metrics.counter(
            "code_factory_model_cost_usd_total", "US dollars, for models with a price.", labels: ["model"])
        commitSeconds = metrics.histogram(
            "code_factory_commit_duration_seconds",
            "From asking the store to keep a decision to its being on the disk.",
            buckets: Self.commitBuckets)
        events = metrics.counter("code_factory_events_total", "Events stored.", labels: ["type"])
    }

    func note(_ decision: KeptDecision) {
        commitSeconds.observe(decision.latency.seconds)
        for event in decision.commit.events {
            events.add(1, event.kind.rawValue)
            if event.kind == .attemptLost {
                let type = decision.commit.steps.first { $0.path == event.step }?.type
                attemptsEnded.add(1, type ?? "unknown", AttemptStatus.lost.rawValue)
            }
        }
    }

    func note(_ fact: RunFact, of run: RunRecord) {
        switch fact {
        case .runBegan(let isNew): if isNew { runsStarted.add(1, run.trigger) }
        case .runEnded:
            runsEnded.add(1, run.status.rawValue)
            if let start = run.startedAt, let end = run.finishedAt {
                runSeconds.observe(end.seconds(since: start), run.status.rawValue)
            }
        case .stepEnded(let step):
            stepsEnded.add(1, step.type, step.status.rawValue)
            if let start = step.startedAt, let end = step.finishedAt {
                stepSeconds.observe(end.seconds(since: start), step.type)
            }
        case .attemptBegan(let attempt): attemptsStarted.add(1, attempt.step.type)
        case .attemptEnded(let attempt):
            attemptsEnded.add(1, attempt.step.type, attempt.status.rawValue)
            if let error = attempt.error { attemptFailures.add(1, attempt.step.type, error.code) }
            if let usage = attempt.usage { count(usage) }
        case .retryDue(let step): retries.add(1, step.type)
        case .other: break
        }
    }

    /// What is not known is not counted.
    private func count(_ usage: Usage) {
        guard let model = usage.model else { return }
        modelCalls.add(Double(usage.calls), model)
        if let tokens = usage.inputTokens { modelTokens.add(Double(tokens), model, "input") }
        if let tokens = usage.outputTokens { modelTokens.add(Double(tokens), model, "output") }
        if let cost = usage.costUSD { modelCost.add(cost, model) }
    }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension Timestamp {
    /// Seconds from `other` to this moment; never negative, clocks may be set back.
    func seconds(since other: Timestamp) -> Double { max(0, Double(milliseconds(since: other)) / 1_000) }
}
