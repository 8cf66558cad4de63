import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactorySecrets
import FactoryServer

/// The secrets and variables that a command line gives a run beside those that are stored.
struct GivenValues: Sendable {
    /// Plain values by name; they go before the stored ones.
    var secrets: [String: String] = [:]
    /// The environment of a new run.
    var environment: String?
    /// Values by name; they go before the stored ones.
    var variables: JSONObject = [:]

    private var overriding: [String: RunSecret] { secrets.mapValues { RunSecret(value: $0) } }

    /// What a new run of `pipeline`, or of one of its steps alone, has.
    func values(for pipeline: Pipeline, only step: String? = nil, in factory: LocalFactory) async throws -> RunValues {
        let names = pipeline.secretNames(ofStep: step)
        var values = try await factory.values.forRun(
            of: Owner.local, in: environment, naming: names, withVariables: pipeline.usesVariables,
            overriding: overriding)
        for (name, value) in variables { values.variables[name] = value }
        try Self.check(values.secrets, has: names, step == nil ? "the document uses" : "the step uses")
        return values
    }

    /// The secrets of a run that goes on: those stored now in the environment that it was started in.
    func vault(for run: RunRecord, _ pipeline: Pipeline, in factory: LocalFactory) async throws -> SecretVault {
        let names = pipeline.secretNames(ofStep: run.only?.step)
        let vault = try await factory.values.secrets.vault(
            of: run.owner, in: run.environment, naming: names, overriding: overriding)
        try Self.check(vault, has: names, "the run uses")
        return vault
    }

    private static func check(_ vault: SecretVault, has names: Set<String>, _ who: String) throws {
        let missing = names.subtracting(vault.names).sorted()
        guard missing.isEmpty else {
            throw CommandFailure(
                .invalid, "\(who) secrets that were not given: \(missing.joined(separator: ", "))",
                hint: "add " + missing.map { "--secret \($0)=@FILE" }.joined(separator: " ")
                    + ", or store them with `factory secret set`")
        }
    }
}
