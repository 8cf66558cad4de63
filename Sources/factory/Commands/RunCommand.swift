import ArgumentParser
import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryServer
import Glibc

/// `factory run FILE`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a document and prints its outputs.",
        discussion: """
            The run is durable: whatever interrupts it, `factory runs resume` goes on from there. The first Ctrl-C \
            cancels it, the second ends the process at once.
            """)

    @Argument(help: ArgumentHelp("The document, YAML or JSON; - is standard input.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("input"),
        help: ArgumentHelp("An input; @file takes the text of a file.", valueName: "name=value|name=@file"))
    var input: [String] = []

    @Option(name: .long, help: ArgumentHelp("Inputs as a JSON or YAML object in a file.", valueName: "file"))
    var inputs: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Folder of the files the run reads and writes; default: the current one.", valueName: "dir"))
    var files: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The environment whose secrets and variables the run has.", valueName: "name"))
    var environment: String?

    @Option(
        name: .customLong("var"),
        help: ArgumentHelp(
            "A variable, `vars.NAME` in the document; goes before the stored one.", valueName: "name=value"))
    var variables: [String] = []

    @OptionGroup var onlyOptions: OnlyOptions
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var secretOptions: SecretOptions
    @OptionGroup var driveOptions: DriveOptions
    @OptionGroup var recordingOptions: RecordingOptions
    @OptionGroup var telemetryOptions: TelemetryOptions
    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        let configuration = try dataOptions.configuration(
            allowedHosts: driveOptions.allowHost, logLevel: telemetryOptions.logLevel,
            traceEndpoint: telemetryOptions.otlpEndpoint)
        let pipeline = try document(recordingOptions.isReplay ? nil : configuration.models)
        let source = try recordingOptions.source(for: pipeline)
        let recording = try recordingOptions.recording()
        let inputs = try GivenInputs(
            file: inputs, texts: input, for: pipeline.inputs, output: outputOptions.output)
        let given = GivenValues(
            secrets: try secretOptions.given(), environment: environment, variables: try givenVariables())
        let workspace = try WorkspaceFolder.resolve(files)
        try WorkspaceFolder.keepApart(workspace, configuration.dataFolder)
        let beginning: RunSession.Beginning
        if let step = onlyOptions.step {
            beginning = .alone(
                step, from: onlyOptions.source, inputs: inputs, sample: source?.sample ?? [:], workspace: workspace,
                cassette: source?.cassette)
        } else {
            beginning = .new(
                inputs: try inputs.checked(sample: source?.sample ?? [:]), workspace: workspace,
                cassette: source?.cassette)
        }
        try await RunSession(
            configuration: configuration, holder: "factory run", options: driveOptions, output: outputOptions.output,
            recording: recording
        ).run(pipeline, beginning, given)
    }

    private func document(_ models: ModelCatalogue?) throws -> Pipeline {
        let reading = DocumentReader(models: models).read(try TextFile.bytes(file, of: "run"), as: .detect)
        guard let pipeline = reading.pipeline else {
            throw outputOptions.output.invalid(
                reading.problems, code: "invalid_document", title: "Invalid document", file: file)
        }
        for warning in reading.problems { Output.note(warning.line(inFile: file)) }
        return pipeline
    }

    private func givenVariables() throws -> JSONObject {
        var values: JSONObject = [:]
        for text in variables {
            let (name, value) = try Assignment.split(text, of: "--var")
            do throws(SecretError) { try ValueRules.checkName(name) } catch {
                throw CommandFailure(.usage, "--var \(name.prefix(80)): \(error.description)", hint: error.hint)
            }
            values[name] = .string(value)
        }
        return values
    }
}

/// The folder that a run takes as its workspace.
enum WorkspaceFolder {
    /// The absolute path of `folder`, or of the current one.
    static func resolve(_ folder: String?) throws -> String {
        guard let path = realpath(folder ?? ".", nil) else {
            throw CommandFailure(.usage, "--files \(folder ?? "."): \(String(cString: strerror(errno)))")
        }
        defer { free(path) }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw CommandFailure(.usage, "--files \(folder ?? "."): not a folder")
        }
        return String(cString: path)
    }

    /// Refuses a workspace that holds the data folder, or lies in it: steps would read and change the store.
    static func keepApart(_ workspace: String, _ data: String) throws {
        let data = absolute(data)
        let (inner, outer) = workspace.count > data.count ? (workspace, data) : (data, workspace)
        guard inner == outer || inner.hasPrefix(outer == "/" ? "/" : outer + "/") else { return }
        throw CommandFailure(
            .usage, "the workspace \(workspace) and the data folder \(data) lie in one another",
            hint: "run in a folder of its own, or name one with --files; steps must not reach the store")
    }

    /// The path with its links resolved as far as it exists.
    private static func absolute(_ path: String) -> String {
        if let found = realpath(path, nil) {
            defer { free(found) }
            return String(cString: found)
        }
        guard let slash = path.lastIndex(of: "/") else { return absolute(".") + "/" + path }
        let folder = slash == path.startIndex ? "/" : absolute(String(path[..<slash]))
        return (folder == "/" ? "" : folder) + path[slash...]
    }
}

/// Inputs from files.
enum InputFile {
    /// The members of the object in the JSON or YAML file at `path`.
    static func read(_ path: String) throws -> JSONObject {
        let value: JSON
        do { value = try YAML.parse(try TextFile.read(path, of: "--inputs")) } catch let error as YAMLError {
            throw CommandFailure(.invalid, "--inputs \(path): \(error)")
        }
        guard case .object(let members) = value else {
            throw CommandFailure(.invalid, "--inputs \(path): expected an object, not a \(value.kindName)")
        }
        return members
    }

    /// `text`, or the text of the file that `@file` names.
    static func text(_ text: String, of name: String) throws(Problem) -> String {
        guard text.hasPrefix("@") else { return text }
        do { return try TextFile.read(String(text.dropFirst()), of: "--input \(name)") } catch {
            let message = (error as? CommandFailure)?.message ?? String(describing: error)
            throw Problem(.invalidInput, message: message, path: name)
        }
    }
}
