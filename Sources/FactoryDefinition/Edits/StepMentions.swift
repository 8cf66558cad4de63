import FactoryExpressions
import FactoryJSON

/// Finds every place that names a step and says what stands there after a renaming.
struct StepMentions {
    /// One scalar that changes.
    struct Change {
        var path: EditPath
        /// The whole text afterwards.
        var text: String
        /// The parts replaced, by their bytes in the text before, in order.
        var parts: [(range: Range<Int>, text: String)]
    }

    private let old: String
    private let new: String
    private var changes: [Change] = []

    static func changes(renaming old: String, to new: String, in document: JSON) throws(EditError) -> [Change] {
        guard StepPlace.index(of: old, in: document) != nil else { throw .unknownStep(old) }
        guard DocumentName.isStepID(new), new != "end", new != "fail" else { throw .invalidID(new) }
        guard old == new || StepPlace.index(of: new, in: document) == nil else { throw .exists(new) }
        var mentions = StepMentions(old: old, new: new)
        if old != new { try mentions.walk(document) }
        return mentions.changes
    }

    private init(old: String, new: String) {
        self.old = old
        self.new = new
    }

    private mutating func walk(_ document: JSON) throws(EditError) {
        try expressions(document["outputs"], ["outputs"])
        if let key = document["concurrency"]?["key"] { try expression(key, ["concurrency", "key"]) }
        try steps(document["steps"], ["steps"])
    }

    private mutating func steps(_ list: JSON?, _ path: EditPath) throws(EditError) {
        for (index, step) in (list?.arrayValue ?? []).enumerated() { try walk(step, path.appending(.index(index))) }
    }

    private mutating func walk(_ step: JSON, _ path: EditPath) throws(EditError) {
        for (key, value) in step.objectValue ?? [:] {
            let place = path.appending(.key(key))
            switch key {
            case "id": name(value, place)
            case "needs": names(value, place)
            case "if", "for_each": try expression(value, place)
            case "outputs": try expressions(value, place)
            case "cache":
                if let key = value["key"] { try expression(key, place.appending("key")) }
            case "with": try fields(value, of: step["type"]?.stringValue.flatMap(StepType.named), place)
            default: continue
            }
        }
    }

    private mutating func fields(_ value: JSON, of type: StepType?, _ path: EditPath) throws(EditError) {
        guard let type else { return try templates(value, path) }
        if type.name == StepType.loop.name {
            try steps(value["steps"], path.appending("steps"))
            if let until = value["until"] { try expression(until, path.appending("until")) }
            return
        }
        try object(value, type.fields, path)
    }

    private mutating func object(_ value: JSON, _ specs: [FieldSpec], _ path: EditPath) throws(EditError) {
        for (key, inner) in value.objectValue ?? [:] {
            let place = path.appending(.key(key))
            guard let spec = specs.first(where: { $0.name == key }), spec.isInThisBuild else {
                try templates(inner, place)
                continue
            }
            try shape(inner, spec.shape, place)
        }
    }

    private mutating func shape(_ value: JSON, _ shape: FieldShape, _ path: EditPath) throws(EditError) {
        switch shape {
        case .value(_, .branchTarget): name(value, path)
        case .value(.expression, _): try expression(value, path)
        case .value(.template, _), .value(.deferredTemplate, _): try templates(value, path)
        case .value(.static, _): return
        case .list(let element, _), .oneOrMany(let element, _):
            guard let elements = value.arrayValue else { return try self.shape(value, element, path) }
            for (index, inner) in elements.enumerated() {
                try self.shape(inner, element, path.appending(.index(index)))
            }
        case .map(let element):
            for (key, inner) in value.objectValue ?? [:] {
                try self.shape(inner, element, path.appending(.key(key)))
            }
        case .object(let specs, _), .oneKey(let specs): try object(value, specs, path)
        }
    }

    // MARK: Single texts

    private mutating func names(_ value: JSON, _ path: EditPath) {
        for (index, element) in (value.arrayValue ?? []).enumerated() { name(element, path.appending(.index(index))) }
    }

    private mutating func name(_ value: JSON, _ path: EditPath) {
        guard value.stringValue == old else { return }
        changes.append(Change(path: path, text: new, parts: [(0..<old.utf8.count, new)]))
    }

    private mutating func expressions(_ value: JSON?, _ path: EditPath) throws(EditError) {
        for (key, inner) in value?.objectValue ?? [:] { try expression(inner, path.appending(.key(key))) }
    }

    private mutating func expression(_ value: JSON, _ path: EditPath) throws(EditError) {
        guard let text = value.stringValue, let expression = try? Expression(parsing: text) else { return }
        try rewrite(text, expression.references, path) { (try? Expression(parsing: $0))?.references }
    }

    private mutating func templates(_ value: JSON, _ path: EditPath) throws(EditError) {
        switch value {
        case .string(let text):
            guard let template = try? Template(parsing: text) else { return }
            try rewrite(text, template.references, path) { (try? Template(parsing: $0))?.references }
        case .array(let elements):
            for (index, inner) in elements.enumerated() { try templates(inner, path.appending(.index(index))) }
        case .object(let members):
            for (key, inner) in members { try templates(inner, path.appending(.key(key))) }
        default: return
        }
    }

    private mutating func rewrite(
        _ text: String, _ references: [Reference], _ path: EditPath, _ parse: (String) -> [Reference]?
    ) throws(EditError) {
        let rewriting = ReferenceRewriting(old: old, new: new, source: Array(text.utf8))
        let concerned = references.filter(rewriting.concerns).sorted { $0.position.offset < $1.position.offset }
        guard !concerned.isEmpty else { return }
        for brackets in [false, true] {
            let parts = concerned.compactMap { rewriting.part(of: $0, brackets: brackets) }
            guard parts.count == concerned.count else { break }
            let result = rewriting.text(replacing: parts)
            guard parse(result)?.map(\.path) == references.map({ rewriting.path(of: $0) }) else { continue }
            changes.append(Change(path: path, text: result, parts: parts))
            return
        }
        throw .unrewritable(path.description)
    }
}

/// Rewrites the references of one text.
struct ReferenceRewriting {
    let old: String
    let new: String
    let source: [UInt8]

    func concerns(_ reference: Reference) -> Bool {
        reference.path.count > 1 && ["steps", "previous"].contains(reference.path[0]) && reference.path[1] == old
    }

    func path(of reference: Reference) -> [String] {
        guard concerns(reference) else { return reference.path }
        return [reference.path[0], new] + reference.path.dropFirst(2)
    }

    func text(replacing parts: [(range: Range<Int>, text: String)]) -> String {
        var bytes = source
        for part in parts.reversed() { bytes.replaceSubrange(part.range, with: part.text.utf8) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes that name the step in `reference` and what takes their place; `brackets` writes `["id"]` for `.id`.
    func part(of reference: Reference, brackets: Bool) -> (range: Range<Int>, text: String)? {
        var place = reference.position.offset + reference.path[0].utf8.count
        skipSpace(&place)
        let start = place
        guard place < source.count else { return nil }
        let isSelection = source[place] == UInt8(ascii: ".")
        guard isSelection || source[place] == UInt8(ascii: "[") else { return nil }
        place += 1
        skipSpace(&place)
        let isOptional = place < source.count && source[place] == UInt8(ascii: "?")
        if isOptional { place += 1 }
        skipSpace(&place)
        if !isSelection { place += 1 }
        let range = place..<(place + old.utf8.count)
        guard range.upperBound <= source.count, source[range].elementsEqual(old.utf8) else { return nil }
        guard isSelection, brackets || new.utf8.contains(UInt8(ascii: "-")) else { return (range, new) }
        return (start..<range.upperBound, "[\(isOptional ? "?" : "")\"\(new)\"]")
    }

    private func skipSpace(_ place: inout Int) {
        while place < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[place]) { place += 1 }
    }
}
