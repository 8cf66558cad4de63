import ArgumentParser
import FactoryDefinition
import FactoryJSON
import FactoryServer

/// `factory validate FILE…`
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks documents and prints every problem, one per line.",
        discussion: """
            Exits with 3 when a document has an error; warnings alone leave 0. Where providers are configured, models and \
            options that they do not have are warnings.
            """)

    @Argument(help: ArgumentHelp("Documents, YAML or JSON; - is standard input.", valueName: "file"))
    var files: [String]

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var reports: [JSON] = []
        var hasErrors = false
        let reader = DocumentReader(models: try models())
        for file in files {
            let reading = reader.read(try TextFile.bytes(file, of: "validate"), as: .detect)
            hasErrors = hasErrors || reading.pipeline == nil
            if output.output == .text {
                for problem in reading.problems { Output.data(problem.line(inFile: file)) }
            }
            reports.append([
                "file": .string(file), "valid": .bool(reading.pipeline != nil),
                "problems": ProblemPrinter.document(
                    reading.problems, code: "invalid_document", title: "Invalid document")["errors"] ?? [],
            ])
        }
        if output.output != .text { Output.data(output.output.print(["items": .array(reports)])) }
        if hasErrors { throw CommandFailure(.invalid) }
        if output.output == .text { Output.note(files.count == 1 ? "valid" : "all \(files.count) documents are valid") }
    }

    /// A document is checked all the same where there is no usable configuration, unless one was named.
    private func models() throws -> ModelCatalogue? {
        do { return try dataOptions.configuration().models } catch let error as CommandFailure {
            guard dataOptions.data == nil, dataOptions.config == nil else { throw error }
            Output.note("models are not checked: \(error.message ?? "the configuration cannot be read")")
            return nil
        }
    }
}
