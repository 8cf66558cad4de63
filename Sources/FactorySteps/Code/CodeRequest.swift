import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySandbox
import FactorySecrets

/// The fields of a `code` step.
struct CodeRequest {
    /// How much of the workspace the code gets.
    enum Files: String { case none, read, write }

    let language: SandboxLanguage
    let code: String
    /// What the code sees as `inputs`, its secrets among them.
    let inputs: JSONObject
    let files: Files
    let limits: SandboxLimits
    /// Whether a non-zero exit fails the step.
    let isChecked: Bool
}

extension CodeRequest {
    init(_ work: StepWork, maximum: SandboxLimits) throws(StepFailure) {
        let with = work.with
        guard let language = with["language"]?.stringValue.flatMap(SandboxLanguage.init) else {
            throw Self.invalid("language", "is not one of \(SandboxLanguage.allCases.map(\.rawValue))")
        }
        guard let code = with["code"]?.stringValue else { throw Self.invalid("code", "is no text") }
        guard let files = Files(rawValue: with["files"]?.stringValue ?? "none") else {
            throw Self.invalid("files", "is not none, read or write")
        }
        self.language = language
        self.code = code
        self.files = files
        inputs = try Self.inputs(work)
        limits = try Self.limits(work, language: language, maximum: maximum)
        isChecked = with["check"]?.boolValue ?? true
    }

    private static func inputs(_ work: StepWork) throws(StepFailure) -> JSONObject {
        var inputs: JSONObject = [:]
        if let given = work.with["inputs"], !given.isNull {
            guard let members = given.objectValue else { throw invalid("inputs", "is no map") }
            inputs = members
        }
        let names = (work.with["secrets"]?.arrayValue ?? []).compactMap(\.stringValue)
        guard !names.isEmpty else { return inputs }
        guard inputs["secrets"] == nil else {
            throw invalid("inputs", "has a member `secrets`, whose place the step's secrets take")
        }
        var secrets: JSONObject = [:]
        for name in names {
            do throws(SecretRefusal) { secrets[name] = .string(try work.secrets.value(named: name)) } catch {
                throw StepFailure(error)
            }
        }
        inputs["secrets"] = .object(secrets)
        return inputs
    }

    private static func limits(
        _ work: StepWork, language: SandboxLanguage, maximum: SandboxLimits
    ) throws(StepFailure) -> SandboxLimits {
        var limits = SandboxLimits.standard(for: language)
        // The step's own timeout says how long it may take; `limits.wall` can only be narrower.
        limits.wall = min(work.step.timeout, maximum.wall)
        guard let given = work.with["limits"], !given.isNull else { return limits }
        if let wall = try duration(given, "wall") { limits.wall = min(limits.wall, wall) }
        if let cpu = try duration(given, "cpu") {
            // The kernel counts whole seconds; a part of one is given in full.
            limits.cpuSeconds = Int(cpu.components.seconds) + (cpu.components.attoseconds > 0 ? 1 : 0)
        }
        if let memory = try bytes(given, "memory") { limits.memoryBytes = memory }
        if let output = try bytes(given, "output") { limits.outputBytes = output }
        if let processes = given["processes"]?.intValue { limits.processes = Int(processes) }
        return limits
    }

    private static func duration(_ limits: JSON, _ name: String) throws(StepFailure) -> Duration? {
        guard let value = limits[name], !value.isNull else { return nil }
        guard let duration = value.stringValue.flatMap(Duration.init(documentText:)) else {
            throw invalid("limits.\(name)", "is no duration like 30s")
        }
        return duration
    }

    private static func bytes(_ limits: JSON, _ name: String) throws(StepFailure) -> Int? {
        guard let value = limits[name], !value.isNull else { return nil }
        guard let bytes = value.intValue ?? value.stringValue.flatMap(ByteSize.bytes(in:)) else {
            throw invalid("limits.\(name)", "is no size like 512MiB")
        }
        return Int(bytes)
    }

    private static func invalid(_ field: String, _ problem: String) -> StepFailure {
        StepFailure(code: "invalid_field", message: "with.\(field) \(problem)")
    }
}
