import FactoryDefinition
import FactoryJSON

extension DocumentReading {
    /// Reads YAML text.
    init(yaml text: String) { self = DocumentReader().read(Array(text.utf8), as: .yaml) }

    /// Reads a document with these steps and otherwise what is needed.
    init(steps: String) { self.init(yaml: "version: 1\nname: demo\nsteps:\n\(steps)") }

    /// The codes of all errors.
    var errorCodes: [String] { problems.filter { $0.severity == .error }.map(\.code) }

    /// Each step's needs by its id.
    var needs: [String: [String]] {
        Dictionary(uniqueKeysWithValues: (pipeline?.steps ?? []).map { ($0.id, $0.needs) })
    }

    /// The step with this id.
    func step(_ id: String) -> Step? { pipeline?.steps.first { $0.id == id } }
}
