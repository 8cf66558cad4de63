import FactoryJSON

/// One call of a model: the question, where in a run it was asked, and the answer.
public struct RecordedCall: Sendable, Hashable {
    /// What was asked.
    public var question: RecordedQuestion
    /// Where it was asked.
    public var place: CallPlace
    /// The answer's text, in the pieces in which it came.
    public var pieces: [String]
    /// The model that said it answered.
    public var model: String
    /// Why the answer ended.
    public var finishReason: FinishReason
    /// Tokens used; nil where the provider did not say.
    public var usage: TokenUsage?
    /// How long the model took to its first text; nil where it came in one piece.
    public var firstToken: Duration?
    /// How long it took in all.
    public var total: Duration

    /// The hash by which the answer is found.
    public var key: String { question.key }

    /// A call that gave `result` in `pieces`; secrets are taken out of its text.
    init(
        _ question: RecordedQuestion, at place: CallPlace, _ result: ChatResult, pieces: [String],
        conceal: (String) -> String
    ) {
        let text = conceal(result.text)
        self.question = question
        self.place = place
        // A secret may lie across two pieces.
        self.pieces = pieces.joined() == text ? pieces : [text]
        model = result.model
        finishReason = result.finishReason
        usage = result.usage
        firstToken = result.firstToken
        total = result.total
    }

    /// What the model answered then.
    var result: ChatResult {
        ChatResult(
            text: pieces.joined(), model: model, finishReason: finishReason, usage: usage, firstToken: firstToken,
            total: total)
    }
}

/// Where in a run a model is asked. Steps may ask the same, and an attempt that is made again may get another answer.
public struct CallPlace: Sendable, Hashable {
    /// The step's id.
    public var step: String
    /// The attempt, from 1.
    public var attempt: Int

    /// A place.
    public init(step: String, attempt: Int) {
        self.step = step
        self.attempt = attempt
    }
}

// MARK: - The file

extension RecordedCall {
    var json: JSON {
        var answer: JSONObject = [
            "pieces": .array(pieces.map(JSON.string)), "model": .string(model),
            "finish_reason": .string(finishReason.rawValue), "usage": .null,
        ]
        if let usage {
            var counts: JSONObject = [
                "input_tokens": .int(Int64(usage.input)), "output_tokens": .int(Int64(usage.output)),
            ]
            if let cached = usage.cached { counts["cached_tokens"] = .int(Int64(cached)) }
            answer["usage"] = .object(counts)
        }
        if let firstToken { answer["first_token_ms"] = .int(firstToken.inMilliseconds) }
        answer["total_ms"] = .int(total.inMilliseconds)
        return [
            "key": .string(key), "step": .string(place.step), "attempt": .int(Int64(place.attempt)),
            "request": question.json, "answer": .object(answer),
        ]
    }

    init?(json: JSON) {
        guard let question = RecordedQuestion(json: json["request"]), let step = json["step"]?.stringValue,
            let attempt = json["attempt"]?.intValue.flatMap(Int.init(exactly:)), let answer = json["answer"],
            let pieces = answer["pieces"]?.arrayValue, let model = answer["model"]?.stringValue,
            let reason = answer["finish_reason"]?.stringValue.flatMap(FinishReason.init(rawValue:)),
            let total = answer["total_ms"]?.intValue
        else { return nil }
        self.question = question
        place = CallPlace(step: step, attempt: attempt)
        self.pieces = pieces.compactMap(\.stringValue)
        guard self.pieces.count == pieces.count else { return nil }
        self.model = model
        finishReason = reason
        if let input = answer["usage"]?["input_tokens"]?.intValue,
            let output = answer["usage"]?["output_tokens"]?.intValue
        {
            usage = TokenUsage(
                input: Int(input), output: Int(output),
                cached: answer["usage"]?["cached_tokens"]?.intValue.map { Int($0) })
        }
        firstToken = answer["first_token_ms"]?.intValue.map { .milliseconds($0) }
        self.total = .milliseconds(total)
    }
}

extension Duration {
    fileprivate var inMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
