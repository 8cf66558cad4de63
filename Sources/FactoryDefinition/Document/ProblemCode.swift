/// Every kind of problem a document or its inputs can have. The raw values are stable: programs match on them.
public enum ProblemCode: String, Sendable, CaseIterable {
    // Text
    /// The text is not UTF-8, YAML or JSON.
    case syntax
    /// Anchors, aliases, tags, merge keys, further documents.
    case yamlFeature = "yaml_feature"
    /// A number that JSON cannot hold.
    case invalidNumber = "invalid_number"
    /// A limit of size, depth or count is passed.
    case limit

    // Keys and values
    case duplicateKey = "duplicate_key"
    case unknownKey = "unknown_key"
    case missingKey = "missing_key"
    /// A value of the wrong kind: a list where text is expected.
    case invalidType = "invalid_type"
    /// A value of the right kind that is not allowed.
    case invalidValue = "invalid_value"
    /// Keys that cannot stand together, or not with the value of another.
    case conflict
    /// A name or id with characters that are not allowed, or a reserved one.
    case invalidName = "invalid_name"
    case invalidDuration = "invalid_duration"
    case invalidSize = "invalid_size"
    /// A JSON Schema that is none.
    case invalidSchema = "invalid_schema"
    /// An input's default or an input's given value does not fit its schema.
    case invalidInput = "invalid_input"
    case missingInput = "missing_input"
    case unknownInput = "unknown_input"
    /// A part of the format that this build does not have.
    case notInThisBuild = "not_in_this_build"

    // Steps and their order
    case duplicateID = "duplicate_id"
    case unknownStepType = "unknown_step_type"
    case unknownStep = "unknown_step"
    case cycle
    /// A step refers to one that does not precede it.
    case forwardReference = "forward_reference"
    /// A condition's branches are missing or cannot be.
    case invalidBranch = "invalid_branch"

    // Language
    case invalidExpression = "invalid_expression"
    case invalidTemplate = "invalid_template"
    case unknownName = "unknown_name"
    /// An operator, function or field that is given a value of a type it does not take.
    case typeMismatch = "type_mismatch"
    /// A name in the output of a step that gives no such thing.
    case unknownOutput = "unknown_output"
    /// A name or function that exists, in a place where it means nothing.
    case notAvailableHere = "not_available_here"
    /// `{{ … }}` in a field that is never rendered.
    case neverRendered = "never_rendered"

    // Safety
    case secretNotAllowed = "secret_not_allowed"
    /// A literal that looks like a key.
    case secretLiteral = "secret_literal"
    case pathOutsideWorkspace = "path_outside_workspace"

    // Warnings
    case noEffect = "no_effect"
    /// A branch of a condition that is never taken.
    case deadBranch = "dead_branch"
    /// A step that no run comes to.
    case neverRuns = "never_runs"
    /// A model that is not configured where the document is checked.
    case unknownModel = "unknown_model"
    /// A secret that is not kept where the document is checked.
    case unknownSecret = "unknown_secret"
    /// A variable that is not kept where the document is checked.
    case unknownVariable = "unknown_variable"
    /// An option that the model's provider does not take.
    case unsupportedOption = "unsupported_option"
    case tooManyProblems = "too_many_problems"
}
