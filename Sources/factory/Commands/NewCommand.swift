import ArgumentParser
import FactoryDefinition
import FactoryJSON
import FactoryTemplates
import Glibc

/// `factory new TEMPLATE`
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begins a pipeline from a template.",
        discussion: """
            Writes NAME.yaml and, with inputs to try it on, NAME.inputs.yaml, and prints the command that runs it on \
            recorded answers, without a model. A file that is there is never replaced.
            """)

    @Argument(help: ArgumentHelp("The template.", valueName: "template"))
    var template: String?

    @Argument(help: ArgumentHelp("Folder for the files; made where it is not there.", valueName: "dir"))
    var folder: String = "."

    @Option(name: .long, help: ArgumentHelp("Name of the pipeline; the template's by default.", valueName: "name"))
    var name: String?

    @Flag(name: .long, help: "List the templates.")
    var list = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard list == (template == nil) else {
            throw ValidationError(
                list ? "--list takes no template." : "Name a template; factory new --list shows them.")
        }
    }

    func run() throws {
        let library = TemplateLibrary()
        do {
            guard let template else { return show(try library.all()) }
            let found = try library.template(named: template)
            try write(found, try text(of: found))
        } catch let error as TemplateError {
            throw CommandFailure(.usage, error.message, hint: error.hint)
        }
    }

    private func text(of template: PipelineTemplate) throws -> [UInt8] {
        let text = try template.copy(named: name)
        let reading = DocumentReader().read(text, as: .yaml)
        guard reading.pipeline != nil else {
            let problem = reading.problems.first?.message ?? "it is not valid"
            throw CommandFailure(.usage, "--name \(name ?? ""): \(problem)")
        }
        return text
    }

    private func write(_ template: PipelineTemplate, _ text: [UInt8]) throws {
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw CommandFailure(.usage, "cannot make the folder \(folder): \(String(cString: strerror(errno)))")
        }
        let base = (folder == "." ? "" : folder + "/") + (name ?? template.name)
        let (document, inputs) = ("\(base).yaml", "\(base).inputs.yaml")
        for path in [document, inputs] where access(path, F_OK) == 0 {
            throw CommandFailure(
                .usage, "\(path) is there already, and stays as it is",
                hint: "give the pipeline another --name, or name another folder")
        }
        try OutputFile.write(text, to: document, replacing: false)
        try OutputFile.write(
            Array(YAML.print(.object(template.sampleInputs)).utf8), to: inputs, replacing: false)
        for path in [document, inputs] { Output.data(path) }
        Output.note(
            """
            \(template.title): \(template.expected.text)
            Run it on recorded answers, without a model:
              factory run \(document) --inputs \(inputs) --recorded
            """)
    }

    private func show(_ templates: [PipelineTemplate]) {
        guard output.output == .text else {
            let items = templates.map { template -> JSON in
                [
                    "name": .string(template.name), "title": .string(template.title),
                    "description": .string(template.summary), "category": .string(template.category.rawValue),
                    "tags": .array(template.tags.map(JSON.string)),
                ]
            }
            return Output.data(output.output.print(["items": .array(items)]))
        }
        let width = (templates.map(\.name.count).max() ?? 0) + 2
        for category in PipelineTemplate.Category.allCases {
            Output.data(category.rawValue)
            for template in templates where template.category == category {
                Output.data("  \(template.name.padded(to: width))\(template.title)")
            }
        }
        Output.note("begin with one: factory new TEMPLATE")
    }
}
