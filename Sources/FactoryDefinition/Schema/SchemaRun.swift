import FactoryJSON

/// One evaluation of a value against a schema, with bounds on its work.
struct SchemaRun {
    static let maxViolations = 50
    /// References that lead to references; a schema that only refers to itself ends here.
    private static let maxDepth = 256
    /// Schemas applied in one run, beside 50 for each value: nested alternatives multiply, and this ends them.
    private static let baseWork = 100_000

    let schema: JSONSchema
    private(set) var violations: [SchemaViolation] = []
    private let maxWork: Int
    private var work = 0
    /// What all patterns of one run may cost together: tens of milliseconds.
    private var patternSteps = 10_000_000

    init(schema: JSONSchema, value: JSON) {
        self.schema = schema
        maxWork = Self.baseWork + 50 * SchemaValue.count(of: value)
    }

    mutating func evaluate(_ value: JSON, against schema: JSON, at path: DocumentPath, depth: Int) {
        work += 1
        guard violations.count < Self.maxViolations, work <= maxWork, depth <= Self.maxDepth else {
            if violations.count < Self.maxViolations {
                add("cannot be checked: the schema asks for too much work", path)
            }
            return
        }
        switch schema {
        case .bool(true): return
        case .bool(false): add("is not allowed", path)
        case .object(let keywords): evaluate(value, against: keywords, at: path, depth: depth)
        default: return
        }
    }

    private mutating func evaluate(
        _ value: JSON, against keywords: JSONObject, at path: DocumentPath, depth: Int
    ) {
        if let reference = keywords["$ref"]?.stringValue, let target = schema.target(of: reference) {
            evaluate(value, against: target, at: path, depth: depth + 1)
        }
        checkType(value, keywords, path)
        if let choices = keywords["enum"]?.arrayValue, !choices.contains(where: { SchemaValue.equal($0, value) }) {
            add("must be one of \(SchemaValue.list(choices))", path)
        }
        if let constant = keywords["const"], !SchemaValue.equal(constant, value) {
            add("must be \(SchemaValue.short(constant))", path)
        }
        switch value {
        case .int, .double: checkNumber(value, keywords, path)
        case .string(let text): checkString(text, keywords, path)
        case .array(let elements): checkArray(elements, keywords, path, depth)
        case .object(let object): checkObject(object, keywords, path, depth)
        case .null, .bool: break
        }
        combine(value, keywords, path, depth)
    }

    // MARK: Any value

    private mutating func checkType(_ value: JSON, _ keywords: JSONObject, _ path: DocumentPath) {
        guard let type = keywords["type"] else { return }
        let names = type.stringValue.map { [$0] } ?? type.arrayValue?.compactMap(\.stringValue) ?? []
        guard !names.contains(where: { SchemaValue.has(value, type: $0) }) else { return }
        add(
            "must be \(names.map(SchemaValue.withArticle).joined(separator: " or ")), not \(SchemaValue.kind(value))",
            path)
    }

    private mutating func combine(_ value: JSON, _ keywords: JSONObject, _ path: DocumentPath, _ depth: Int) {
        for schema in keywords["allOf"]?.arrayValue ?? [] {
            evaluate(value, against: schema, at: path, depth: depth + 1)
        }
        if let schemas = keywords["anyOf"]?.arrayValue {
            let tried = schemas.map { trial(value, $0, path, depth) }
            if !tried.contains(where: \.isEmpty) { report(tried, "fits none of the alternatives", path) }
        }
        if let schemas = keywords["oneOf"]?.arrayValue {
            let tried = schemas.map { trial(value, $0, path, depth) }
            let fitting = tried.count { $0.isEmpty }
            if fitting == 0 { report(tried, "fits none of the alternatives", path) }
            if fitting > 1 { add("fits \(fitting) alternatives; exactly one is allowed", path) }
        }
        if let schema = keywords["not"], trial(value, schema, path, depth).isEmpty {
            add("has a form that is not allowed", path)
        }
        if let condition = keywords["if"] {
            let branch = trial(value, condition, path, depth).isEmpty ? keywords["then"] : keywords["else"]
            if let branch { evaluate(value, against: branch, at: path, depth: depth + 1) }
        }
    }

    /// What would be wrong with `value`, without keeping it.
    private mutating func trial(
        _ value: JSON, _ schema: JSON, _ path: DocumentPath, _ depth: Int
    ) -> [SchemaViolation] {
        let kept = violations
        violations = []
        evaluate(value, against: schema, at: path, depth: depth + 1)
        defer { violations = kept }
        return violations
    }

    /// Names what is nearest to fitting, when one alternative is clearly nearest.
    private mutating func report(_ tried: [[SchemaViolation]], _ message: String, _ path: DocumentPath) {
        let fewest = tried.map(\.count).min() ?? 0
        let nearest = tried.filter { $0.count == fewest }
        guard nearest.count == 1, let reason = nearest.first?.first else { return add(message, path) }
        add("\(message); the nearest: \(reason)", path)
    }

    // MARK: Numbers and strings

    private mutating func checkNumber(_ value: JSON, _ keywords: JSONObject, _ path: DocumentPath) {
        func order(_ keyword: String) -> SchemaValue.Order? {
            keywords[keyword].flatMap { SchemaValue.compare(value, $0) }
        }
        func bound(_ keyword: String) -> String { keywords[keyword].map(SchemaValue.short) ?? "" }
        if order("minimum") == .less { add("must be at least \(bound("minimum"))", path) }
        if order("maximum") == .greater { add("must be at most \(bound("maximum"))", path) }
        if let order = order("exclusiveMinimum"), order != .greater {
            add("must be above \(bound("exclusiveMinimum"))", path)
        }
        if let order = order("exclusiveMaximum"), order != .less {
            add("must be below \(bound("exclusiveMaximum"))", path)
        }
        if let divisor = keywords["multipleOf"], !SchemaValue.isMultiple(value, of: divisor) {
            add("must be a multiple of \(SchemaValue.short(divisor))", path)
        }
    }

    private mutating func checkString(_ text: String, _ keywords: JSONObject, _ path: DocumentPath) {
        if keywords["minLength"] != nil || keywords["maxLength"] != nil {
            checkCount(text.unicodeScalars.count, "character", keywords, "minLength", "maxLength", path)
        }
        if let pattern = keywords["pattern"]?.stringValue, !matches(text, pattern, path) {
            add("must match `\(pattern)`", path)
        }
    }

    /// Whether `pattern` matches; where the run has no steps left for it, that is a violation of its own.
    private mutating func matches(_ text: String, _ pattern: String, _ path: DocumentPath) -> Bool {
        guard let compiled = schema.patterns[pattern] else { return true }
        if let answer = compiled.matches(text, steps: &patternSteps) { return answer }
        add("cannot be checked: `\(pattern)` takes too long on it", path)
        return true
    }

    private mutating func checkCount(
        _ count: Int, _ noun: String, _ keywords: JSONObject, _ low: String, _ high: String, _ path: DocumentPath
    ) {
        func text(_ bound: Double) -> String {
            "\(Int(bound)) \(noun)\(bound == 1 ? "" : noun.hasSuffix("y") ? "" : "s")"
        }
        if let bound = keywords[low]?.doubleValue, Double(count) < bound {
            add("must have at least \(text(bound)), not \(count)", path)
        }
        if let bound = keywords[high]?.doubleValue, Double(count) > bound {
            add("must have at most \(text(bound)), not \(count)", path)
        }
    }

    // MARK: Lists

    private mutating func checkArray(
        _ elements: [JSON], _ keywords: JSONObject, _ path: DocumentPath, _ depth: Int
    ) {
        checkCount(elements.count, "element", keywords, "minItems", "maxItems", path)
        let prefix = keywords["prefixItems"]?.arrayValue ?? []
        for (index, pair) in zip(elements, prefix).enumerated() {
            evaluate(pair.0, against: pair.1, at: path + index, depth: depth + 1)
        }
        if let items = keywords["items"] {
            for (index, element) in elements.enumerated().dropFirst(prefix.count) {
                evaluate(element, against: items, at: path + index, depth: depth + 1)
            }
        }
        if keywords["uniqueItems"] == true, Set(elements.map(SchemaValue.canonical)).count < elements.count {
            add("must not hold an element twice", path)
        }
        if let schema = keywords["contains"] {
            let least = keywords["minContains"]?.doubleValue ?? 1
            let most = keywords["maxContains"]?.doubleValue
            let count = elements.count { trial($0, schema, path, depth).isEmpty }
            if Double(count) < least {
                add("must hold at least \(Int(least)) of the elements asked for, not \(count)", path)
            }
            if let most, Double(count) > most {
                add("must hold at most \(Int(most)) of the elements asked for, not \(count)", path)
            }
        }
    }

    // MARK: Objects

    private mutating func checkObject(
        _ object: JSONObject, _ keywords: JSONObject, _ path: DocumentPath, _ depth: Int
    ) {
        checkCount(object.count, "member", keywords, "minProperties", "maxProperties", path)
        for name in keywords["required"]?.arrayValue?.compactMap(\.stringValue) ?? [] where !object.contains(name) {
            add("misses `\(name)`", path)
        }
        for (key, names) in keywords["dependentRequired"]?.objectValue ?? [:] where object.contains(key) {
            for name in names.arrayValue?.compactMap(\.stringValue) ?? [] where !object.contains(name) {
                add("misses `\(name)`, which `\(key)` needs", path)
            }
        }
        for (key, schema) in keywords["dependentSchemas"]?.objectValue ?? [:] where object.contains(key) {
            evaluate(.object(object), against: schema, at: path, depth: depth + 1)
        }
        if let schema = keywords["propertyNames"] {
            for key in object.keys { evaluate(.string(key), against: schema, at: path + key, depth: depth + 1) }
        }
        checkMembers(object, keywords, path, depth)
    }

    private mutating func checkMembers(
        _ object: JSONObject, _ keywords: JSONObject, _ path: DocumentPath, _ depth: Int
    ) {
        let properties = keywords["properties"]?.objectValue ?? [:]
        let patternProperties = keywords["patternProperties"]?.objectValue ?? [:]
        for (key, value) in object {
            var isKnown = false
            if let schema = properties[key] {
                isKnown = true
                evaluate(value, against: schema, at: path + key, depth: depth + 1)
            }
            for (pattern, schema) in patternProperties where matches(key, pattern, path) {
                isKnown = true
                evaluate(value, against: schema, at: path + key, depth: depth + 1)
            }
            guard !isKnown, let additional = keywords["additionalProperties"] else { continue }
            if additional == false {
                let hint = Suggestion.hint(for: key, among: properties.keys).map { "; \($0)" } ?? ""
                add("has the unknown member `\(key)`\(hint)", path)
            } else {
                evaluate(value, against: additional, at: path + key, depth: depth + 1)
            }
        }
    }

    private mutating func add(_ message: String, _ path: DocumentPath) {
        guard violations.count < Self.maxViolations else { return }
        violations.append(SchemaViolation(path: path.description, message: message))
    }
}
