import FactoryDefinition
import FactoryJSON

/// The inputs that a command line gives a run.
struct GivenInputs: Sendable {
    let fields: [InputField]
    /// How problems are printed.
    let output: OutputFormat
    /// By name; nil where none is given at all.
    private(set) var values: JSONObject?
    private var problems: [Problem] = []

    /// - Parameters:
    ///   - file: a file with an object of them.
    ///   - texts: `name=value`, which go before those in the file.
    init(file: String?, texts: [String], for fields: [InputField], output: OutputFormat) throws {
        (self.fields, self.output) = (fields, output)
        guard file != nil || !texts.isEmpty else { return }
        let check = InputCheck(fields)
        var values = try file.map(InputFile.read) ?? [:]
        for text in texts {
            let (name, value) = try Assignment.split(text, of: "--input")
            do throws(Problem) {
                values[name] = try check.value(fromText: try InputFile.text(value, of: name), for: name)
            } catch { problems.append(error) }
        }
        self.values = values
    }

    /// All of the run's inputs, checked.
    ///
    /// - Parameters:
    ///   - past: what those are that are not given.
    ///   - sample: what they are where none is given and there is nothing else.
    func checked(past: JSONObject? = nil, sample: JSONObject = [:]) throws -> JSON {
        var given = values ?? (past == nil ? sample : [:])
        for field in fields where given[field.name] == nil {
            if let value = past?[field.name] { given[field.name] = value }
        }
        let reading = InputCheck(fields).check(given)
        let all = problems + reading.problems.filter { problem in !problems.contains { $0.path == problem.path } }
        guard all.allSatisfy({ $0.severity == .warning }), let values = reading.values else {
            throw output.invalid(all, code: "invalid_inputs", title: "Invalid inputs", file: "inputs")
        }
        return values
    }
}

extension OutputFormat {
    /// Prints `problems` as this format has them, and gives the exit.
    func invalid(_ problems: [Problem], code: String, title: String, file: String) -> CommandFailure {
        switch self {
        case .text: for problem in problems { Output.note(problem.line(inFile: file)) }
        case .json, .yaml: Output.data(print(ProblemPrinter.document(problems, code: code, title: title)))
        }
        return CommandFailure(.invalid)
    }
}
