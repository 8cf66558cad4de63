import FactoryJSON

/// Reads the document's `inputs`: a JSON Schema for each name.
struct InputsReader {
    let log: ProblemLog

    /// Keywords of JSON Schema and those that an input has beside them.
    static let keywords: Set<String> = [
        "type", "enum", "const", "properties", "required", "additionalProperties", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "items",
        "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format",
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$defs", "$anchor", "$id", "$schema",
        "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
        "contentEncoding", "contentMediaType", "contentSchema", "optional",
    ]

    func read(_ node: Node, _ path: DocumentPath) -> [InputField] {
        guard !node.isNull, let members = log.object(node, path, "`inputs`") else { return [] }
        return members.compactMap { member in
            let place = path + member.key
            guard DocumentName.isFieldName(member.key) else {
                log.add(
                    .invalidName, at: member.keyRange.lowerBound, place,
                    "`\(member.key.prefix(80))` is no name of an input",
                    hint: "a name has letters, digits, `_` and `-`, and begins with a letter")
                return nil
            }
            return read(member, place)
        }
    }

    private func read(_ member: Node.Member, _ path: DocumentPath) -> InputField? {
        guard let keywords = member.value.members else {
            log.wrongKind(
                member.value, path, "the input `\(member.key)`", takes: "a JSON Schema",
                hint: "write `\(member.key): {type: string}`")
            return nil
        }
        checkKeywords(keywords, path, member.key)
        let schemaJSON = member.value.json
        var field = InputField(name: member.key, schema: schemaJSON)
        if let node = member.value["optional"] {
            field.isOptional = log.bool(node, path + "optional", "`optional`") ?? false
        }
        if let node = member.value["required"], node.scalar?.boolValue != nil {
            log.add(
                .invalidValue, at: node, path + "required",
                "`required` of input `\(member.key)` lists keys of an object",
                hint: "remove it: an input without `default` is required; `optional: true` makes it null instead")
            return field
        }
        do {
            let schema = try JSONSchema(schemaJSON)
            if let node = member.value["default"] {
                field.defaultValue = node.json
                checkDefault(node, schema, path + "default", field)
            }
        } catch {
            log.add(
                .invalidSchema, at: member.value, path,
                "the input `\(member.key)` has no JSON Schema: \(error.message)",
                hint: error.place)
        }
        if field.isFile, field.schema["type"] != "string" {
            log.add(
                .invalidSchema, at: member.value, path, "the input `\(member.key)` is a file and must be a string",
                hint: "write `type: string` beside `format: file`; the value is the file's path in the workspace")
        }
        return field
    }

    private func checkKeywords(_ members: [Node.Member], _ path: DocumentPath, _ name: String) {
        for member in members where !Self.keywords.contains(member.key) && !member.key.hasPrefix("x-") {
            let hint =
                member.key == "nullable"
                ? "write `optional: true`" : Suggestion.hint(for: member.key, among: Self.keywords.sorted())
            log.add(
                .unknownKey, at: member.keyRange.lowerBound, path + member.key,
                "unknown key `\(member.key.prefix(80))` in input `\(name)`",
                hint: hint ?? "an input is a JSON Schema with `default` and `optional`")
        }
    }

    private func checkDefault(_ node: Node, _ schema: JSONSchema, _ path: DocumentPath, _ field: InputField) {
        if node.isNull, field.isOptional { return }
        for violation in schema.violations(of: node.json) {
            log.add(
                .invalidInput, at: node, path, "the default of input `\(field.name)` does not fit: \(violation)",
                hint: "mend the default or the schema")
        }
    }
}
