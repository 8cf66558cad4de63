import FactoryDomain
import FactoryJSON
import FactoryWorkspace

/// The fields of a `file` step, typed.
struct FileRequest {
    enum Operation: String, CaseIterable { case read, write, append, edit, delete, list, copy, move, stat }

    /// How an edit is given.
    enum Edit {
        case pieces([TextEdit])
        case answer(String, EditFormat)
    }

    var operation: Operation
    private let fields: JSON

    /// - Throws: `invalid_field` for what a rendered template made of a field.
    init(_ with: JSON) throws(StepFailure) {
        fields = with
        let name = with["operation"]?.stringValue ?? ""
        guard let operation = Operation(rawValue: name) else {
            throw Self.invalid("operation", "is none of \(Operation.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.operation = operation
    }

    /// The path in `field`.
    func path(_ field: String = "path") throws(StepFailure) -> FactoryWorkspace.WorkspacePath {
        let text = try text(field)
        do {
            return try FactoryWorkspace.WorkspacePath(text)
        } catch {
            throw StepFailure(.invalidPath(error))
        }
    }

    /// The folder to list; nil is the workspace itself, which `.` and no path mean.
    func folder() throws(StepFailure) -> FactoryWorkspace.WorkspacePath? {
        switch fields["path"] {
        case nil, .null?, "."?: nil
        default: try path()
        }
    }

    /// Which entries to list; nil for those directly in the folder.
    func pattern() throws(StepFailure) -> PathPattern? {
        guard let value = fields["pattern"], !value.isNull else { return nil }
        let text = try text("pattern")
        do {
            return try PathPattern(text)
        } catch {
            throw StepFailure(.invalidPath(error))
        }
    }

    var parse: String { fields["parse"]?.stringValue ?? "text" }
    /// Whether the content is written in a format that has a first row of its own.
    var isTable: Bool {
        let format = fields["format"]?.stringValue.flatMap(ValueFormat.init)
        return format == .csv || format == .tsv
    }
    var missingOK: Bool { fields["missing_ok"]?.boolValue ?? false }
    var ifExists: WorkspaceView.IfExists {
        fields["if_exists"]?.stringValue.flatMap(WorkspaceView.IfExists.init) ?? .replace
    }

    /// The bytes to write or append.
    func content(isAddition: Bool) throws(StepFailure) -> [UInt8] {
        guard let content = fields["content"] else { throw Self.invalid("content", "is missing") }
        return try FileContent.bytes(
            of: content, encoding: fields["encoding"]?.stringValue ?? "utf-8", format: fields["format"]?.stringValue,
            isAddition: isAddition)
    }

    /// What to change.
    func edit() throws(StepFailure) -> Edit {
        if let edits = fields["edits"]?.arrayValue {
            var pieces: [TextEdit] = []
            for (place, edit) in edits.enumerated() {
                guard let search = edit["search"]?.stringValue, let replace = edit["replace"]?.stringValue else {
                    throw Self.invalid("edits[\(place)]", "needs a search and a replace that are text")
                }
                pieces.append(TextEdit(search: search, replace: replace))
            }
            return .pieces(pieces)
        }
        guard let format = (fields["format"]?.stringValue ?? "search_replace").asEditFormat else {
            throw Self.invalid("format", "is none of whole, search_replace, unified, which an edit takes")
        }
        return .answer(try text("content"), format)
    }

    private func text(_ field: String) throws(StepFailure) -> String {
        guard let value = fields[field], !value.isNull else { throw Self.invalid(field, "is missing") }
        guard let text = value.stringValue else {
            throw Self.invalid(field, "is a \(value.kindName), and text is wanted")
        }
        return text
    }

    private static func invalid(_ field: String, _ problem: String) -> StepFailure {
        StepFailure(code: "invalid_field", message: "with.\(field) \(problem)")
    }
}

extension String {
    fileprivate var asEditFormat: EditFormat? { EditFormat(rawValue: self) }
}
