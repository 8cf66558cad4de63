import ArgumentParser
import FactoryDefinition
import FactoryJSON

/// `factory validate FILE…`
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks documents and prints every problem, one per line.",
        discussion: "Exits with 3 when a document has an error; warnings alone leave 0.")

    @Argument(help: ArgumentHelp("Documents, YAML or JSON; - is standard input.", valueName: "file"))
    var files: [String]

    @OptionGroup var output: OutputOptions

    func run() throws {
        var reports: [JSON] = []
        var hasErrors = false
        for file in files {
            let reading = DocumentReader().read(try TextFile.bytes(file, of: "validate"), as: .detect)
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
}
