import ArgumentParser
import FactoryDefinition
import FactoryJSON

/// `factory schema`
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of the document format, for editors and forms.",
        discussion: "Each field carries x-kind: static, expression or template.")

    func run() { Output.data(FormatSchema.document().serialized(pretty: true)) }
}
