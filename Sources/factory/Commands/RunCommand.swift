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
        let values = try checkedInputs(of: pipeline, sample: source?.sample ?? [:])
        let given = GivenValues(
            secrets: try secretOptions.given(), environment: environment, variables: try givenVariables())
        let workspace = try WorkspaceFolder.resolve(files)
        try WorkspaceFolder.keepApart(workspace, configuration.dataFolder)
        try await RunSession(
            configuration: configuration, holder: "factory run", options: driveOptions, output: outputOptions.output,
            recording: recording
        ).run(
            pipeline, .new(inputs: values, workspace: workspace, cassette: source?.cassette), given)
    }

    private func document(_ models: ModelCatalogue?) throws -> Pipeline {
        let reading = DocumentReader(models: models).read(try TextFile.bytes(file, of: "run"), as: .detect)
        guard let pipeline = reading.pipeline else {
            throw invalid(reading.problems, code: "invalid_document", title: "Invalid document", file: file)
        }
        for warning in reading.problems { Output.note(warning.line(inFile: file)) }
        return pipeline
    }

    /// - Parameter sample: taken where no input is given at all.
    private func checkedInputs(of pipeline: Pipeline, sample: JSONObject) throws -> JSON {
        let check = InputCheck(pipeline.inputs)
        var given: JSONObject = inputs == nil && input.isEmpty ? sample : [:]
        var problems: [Problem] = []
        if let inputs { given = try InputFile.read(inputs) }
        for text in input {
            let (name, value) = try Assignment.split(text, of: "--input")
            do throws(Problem) {
                given[name] = try check.value(fromText: try InputFile.text(value, of: name), for: name)
            } catch { problems.append(error) }
        }
        let reading = check.check(given)
        problems += reading.problems.filter { problem in !problems.contains { $0.path == problem.path } }
        guard problems.allSatisfy({ $0.severity == .warning }), let values = reading.values else {
            throw invalid(problems, code: "invalid_inputs", title: "Invalid inputs", file: "inputs")
        }
        return values
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

    private func invalid(_ problems: [Problem], code: String, title: String, file: String) -> CommandFailure {
        switch outputOptions.output {
        case .text: for problem in problems { Output.note(problem.line(inFile: file)) }
        case .json, .yaml:
            Output.data(outputOptions.output.print(ProblemPrinter.document(problems, code: code, title: title)))
        }
        return CommandFailure(.invalid)
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
