import ArgumentParser
import FactoryDefinition
import FactoryJSON

/// How data is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, yaml

    /// `value` in this format; as text it is printed as YAML, the more readable of the two.
    func print(_ value: JSON) -> String {
        switch self {
        case .json: value.serialized(pretty: true)
        case .yaml, .text: YAML.print(value).trimmingLineEnds()
        }
    }
}

/// `-o`, as every command that prints data takes it.
struct OutputOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .long], help: "How to print data: text, json or yaml.")
    var output: OutputFormat = .text
}

extension String {
    /// This text without line ends at its end.
    func trimmingLineEnds() -> String {
        var text = self[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
