public import FactoryDomain
import FactoryJSON
import FactoryStore

/// What a document needs of its run's values.
public struct ValueNeeds: Sendable {
    /// The secrets it names.
    public var secrets: Set<String>
    /// The variables it cannot do without.
    public var variables: Set<String>
    /// Whether it looks at variables at all.
    public var usesVariables: Bool

    /// Needs of these names.
    public init(secrets: Set<String>, variables: Set<String>, usesVariables: Bool) {
        self.secrets = secrets
        self.variables = variables
        self.usesVariables = usesVariables
    }

    func areMet(by values: RunValues) -> Bool {
        secrets.isSubset(of: values.secrets.names) && variables.isSubset(of: values.variables.keys)
    }
}

/// What a run is of.
public struct LendingCase: Sendable {
    /// The stored pipeline.
    public var pipeline: ID<PipelineRecord>
    /// The published version; nil for the draft, for which nothing is lent.
    public var version: Int64?

    /// A run of this.
    public init(pipeline: ID<PipelineRecord>, version: Int64?) {
        self.pipeline = pipeline
        self.version = version
    }
}

extension OwnedValues {
    /// What a new run of `starter` is given: their own values, where those are all that is needed; else those of the
    /// pipeline's owner, where the owner allowed it and they are.
    ///
    /// It is one or the other, never some of each: with a variable of one's own, one could send somebody else's secret
    /// to oneself.
    public func forRun(
        of starter: String, in environment: String?, needing needs: ValueNeeds, lendingFor run: LendingCase?
    ) async throws(SecretError) -> RunValues {
        let own: Result<RunValues, SecretError>
        do throws(SecretError) {
            let values = try await forRun(
                of: starter, in: environment, naming: needs.secrets, withVariables: needs.usesVariables)
            if needs.areMet(by: values) { return values }
            own = .success(values)
        } catch {
            // The environment may be one of the owner's.
            guard case .store(.notFound) = error else { throw error }
            own = .failure(error)
        }
        if let run, let version = run.version,
            let lender = try await lender(to: starter, for: run.pipeline, version: version),
            let lent = try await lent(by: lender, in: environment, needs)
        {
            return lent
        }
        return try own.get()
    }

    /// The secrets of a run that goes on. What was lent to it is there as long as its owner allows it; afterwards
    /// nothing is, for its variables are those of the other.
    ///
    /// - Parameter names: the secrets that its document names.
    public func vault(of run: RunRecord, naming names: Set<String>) async throws(SecretError) -> SecretVault {
        guard let lender = run.lender else {
            return try await secrets.vault(of: run.owner, in: run.environment, naming: nil)
        }
        var isAllowed = false
        do throws(StoreError) { isAllowed = try await sharing.lender(of: .secrets, to: run.id) == lender } catch {
            throw .store(error)
        }
        return try await secrets.vault(of: lender, in: run.environment, naming: isAllowed ? names : [])
    }

    private func lender(
        to starter: String, for pipeline: ID<PipelineRecord>, version: Int64
    ) async throws(SecretError) -> String? {
        do throws(StoreError) {
            return try await sharing.lender(of: .secrets, to: starter, for: pipeline, version: version)
        } catch { throw .store(error) }
    }

    private func lent(
        by lender: String, in environment: String?, _ needs: ValueNeeds
    ) async throws(SecretError) -> RunValues? {
        do throws(SecretError) {
            var values = try await forRun(
                of: lender, in: environment, naming: needs.secrets, withVariables: needs.usesVariables)
            values.lender = lender
            return needs.areMet(by: values) ? values : nil
        } catch {
            guard case .store(.notFound) = error else { throw error }
            return nil
        }
    }
}
