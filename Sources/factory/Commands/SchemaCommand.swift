import ArgumentParser
import FactoryAPI
import FactoryDefinition
import FactoryJSON
import Glibc

/// `factory schema`
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Prints the JSON Schema of the document format, for editors and forms.",
        discussion: "Each field carries x-kind: static, expression or template.")

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Instead of printing, bring the marked tables of the Markdown pages in this folder up to date.",
            discussion: "For those who work on Code Factory itself: the folder is docs/steps.", valueName: "folder"))
    var reference: String?

    @Flag(
        name: .long, help: ArgumentHelp("Print the routes of the server with their rules instead.", visibility: .hidden)
    )
    var routes = false

    func run() throws {
        if routes { return Output.data(Self.routeTable.serialized(pretty: true)) }
        guard let reference else { return Output.data(FormatSchema.document().serialized(pretty: true)) }
        let names = StepType.all.filter(\.isInThisBuild).map(\.name) + ["README"]
        for name in names {
            let path = "\(reference)/\(name).md"
            let old = try TextFile.read(path, of: "--reference")
            let new: String
            do throws(ReferencePage.Problem) { new = try ReferencePage.page(old, named: name) } catch {
                throw CommandFailure(.invalid, error.description)
            }
            guard new != old else { continue }
            guard let file = fopen(path, "w") else {
                throw CommandFailure(.usage, "\(path): \(String(cString: strerror(errno)))")
            }
            let isWritten = fputs(new, file) >= 0
            guard fclose(file) == 0, isWritten else {
                throw CommandFailure(.usage, "\(path): \(String(cString: strerror(errno)))")
            }
            Output.note("brought up to date: \(path)")
        }
    }

    /// Every route, for the tests that ask each of them.
    private static var routeTable: JSON {
        .array(
            RouteTable.all.map { route in
                [
                    "operation": .string(route.operation.rawValue), "method": .string(route.method.rawValue),
                    "path": .string(route.path), "rule": .string(String(describing: route.rule)),
                    "scope": route.rule.scope.map { .string($0.rawValue) } ?? .null,
                ]
            })
    }
}
