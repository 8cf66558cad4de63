import FactoryDefinition
import FactoryDomain
import FactoryJSON
import FactoryLLM

/// The schema an answer must fit, and what is said when it does not.
struct AnswerSchema {
    enum Verdict {
        case fits(JSON)
        /// The answer ended at a limit, so it cannot be whole.
        case cut
        /// What is wrong, in words for a model.
        case wrong(String)
    }

    let document: JSON
    private let schema: JSONSchema

    /// - Throws: `invalid_field` when it is no schema.
    init(_ document: JSON) throws(StepFailure) {
        self.document = document
        do { schema = try JSONSchema(document) } catch {
            throw StepFailure(code: "invalid_field", message: "with.schema is no JSON Schema: \(error)")
        }
    }

    /// For models that take no schema.
    var instruction: String {
        """
        Answer with one JSON value that fits the following JSON Schema. Write nothing before or after it.
        \(document.serialized())
        """
    }

    func check(_ result: ChatResult) -> Verdict {
        guard let value = JSONAnswer.extract(from: result.text) else {
            return result.finishReason == .length ? .cut : .wrong("it holds no JSON value, or more than one")
        }
        let violations = schema.violations(of: value)
        if violations.isEmpty { return .fits(value) }
        if result.finishReason == .length { return .cut }
        return .wrong(violations.prefix(10).map(\.description).joined(separator: "; "))
    }

    /// `request` once more, with the answer that did not fit and what is wrong with it.
    func repair(of answer: ChatResult, in request: ChatRequest, _ words: String) -> ChatRequest {
        var repaired = request
        repaired.messages.append(ChatMessage(.assistant, answer.text))
        repaired.messages.append(
            ChatMessage(
                .user,
                """
                This answer cannot be used: \(words).
                \(instruction)
                """))
        return repaired
    }

    func failure(_ words: String, of answer: PromptAnswer) -> StepFailure {
        StepFailure(
            code: "invalid_output", class: .invalidOutput,
            message: "The model's answer does not fit the schema, also after it was asked once more: \(words).",
            hint: "Simplify the schema, name its fields in the prompt, or choose a stronger model.",
            output: answer.value(json: nil), usage: answer.usage)
    }

    func cutFailure(of answer: PromptAnswer) -> StepFailure {
        StepFailure(
            code: "invalid_output", class: .invalidOutput,
            message:
                "The model's answer was cut at its token limit (finish_reason length) before the JSON was complete.",
            hint: "Raise max_tokens, or bound the schema with maxItems and maxLength.",
            output: answer.value(json: nil), usage: answer.usage)
    }
}
