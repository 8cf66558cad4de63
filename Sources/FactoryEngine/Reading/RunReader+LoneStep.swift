public import FactoryDefinition
public import FactoryDomain
public import FactoryStore

/// The runs that a step may get what it reads from.
public struct PastRuns: Sendable {
    /// Of this stored pipeline; nil for runs of files.
    public var pipelineID: ID<PipelineRecord>?
    /// The pipeline's name, which tells runs of files.
    public var pipeline: String
    /// Who started them, where none is named.
    public var owner: String

    /// The runs of a pipeline.
    public init(pipelineID: ID<PipelineRecord>?, pipeline: String, owner: String) {
        self.pipelineID = pipelineID
        self.pipeline = pipeline
        self.owner = owner
    }

    fileprivate func holds(_ run: RunRecord) -> Bool {
        pipelineID == nil ? run.pipeline == pipeline : run.pipelineID == pipelineID
    }
}

extension RunReader {
    /// How many of the latest runs are looked through for what a step needs.
    private static let searched = 50

    /// `step` of `pipeline`, to be run alone with what it got in the run `source`.
    ///
    /// Whether somebody may see what that run holds is for the caller to know.
    ///
    /// - Parameter source: nil for the latest run of the owner that has what the step reads; where it reads nothing, and
    ///   there is no run, it does without.
    public func loneStep(
        _ step: String, of pipeline: Pipeline, from source: ID<Run>?, among past: PastRuns
    ) async throws(StoreError) -> Result<LoneStep, LoneStepProblem> {
        guard let source else { return try await latest(step, of: pipeline, among: past) }
        let report = try await report(of: source)
        guard past.holds(report.run) else { return .failure(.otherPipeline(source)) }
        return Self.result { () throws(LoneStepProblem) in
            try LoneStep(step, of: pipeline, from: (report.run, report.steps))
        }
    }

    private func latest(
        _ step: String, of pipeline: Pipeline, among past: PastRuns
    ) async throws(StoreError) -> Result<LoneStep, LoneStepProblem> {
        var filter = RunFilter(
            viewer: past.owner, statuses: Set(RunStatus.allCases.filter(\.isFinal)), limit: Self.searched)
        filter.pipelineID = past.pipelineID
        if past.pipelineID == nil { filter.pipeline = past.pipeline }
        var nearest: LoneStepProblem?
        for run in try await reports(filter).reports.map(\.run) where run.owner == past.owner {
            let report: RunReport
            do throws(StoreError) { report = try await self.report(of: run.id) } catch {
                // Let go of meanwhile.
                if case .notFound = error { continue }
                throw error
            }
            do throws(LoneStepProblem) {
                return .success(try LoneStep(step, of: pipeline, from: (report.run, report.steps)))
            } catch {
                guard case .missing = error else { return .failure(error) }
                nearest = nearest ?? error
            }
        }
        if let nearest { return .failure(nearest) }
        return Self.result { () throws(LoneStepProblem) in try LoneStep(step, of: pipeline, from: nil) }
    }

    private static func result(_ make: () throws(LoneStepProblem) -> LoneStep) -> Result<LoneStep, LoneStepProblem> {
        do throws(LoneStepProblem) { return .success(try make()) } catch { return .failure(error) }
    }
}
