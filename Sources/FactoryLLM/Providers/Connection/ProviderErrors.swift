import FactoryJSON
import FactoryNetwork

/// What the errors of providers mean: OpenAI's and their many likes, Anthropic's, and Ollama's plain texts.
enum ProviderErrors {
    static func error(_ head: ResponseHead, _ body: [UInt8], provider: String) -> ModelError {
        let json = try? JSON(parsing: body)
        // Gemini's compatible endpoint wraps the object in a list of one.
        let whole = json?[0] ?? json
        let text = String(decoding: body.prefix(300), as: UTF8.self)
        let detail = whole?["error"] ?? whole?["message"] ?? .string(json == nil ? text : "")
        return error(status: head.status, detail, provider: provider, retryAfter: head.headers.retryAfter)
    }

    /// - Parameter status: nil for an error that came within a stream.
    static func error(status: Int?, _ error: JSON, provider: String, retryAfter: Duration?) -> ModelError {
        let words = error.stringValue ?? error["message"]?.stringValue ?? ""
        let names = [error["code"]?.stringValue, error["type"]?.stringValue].compactMap { $0 }
        // llama.cpp and others give the status as a number under `code`.
        let status = status ?? error["code"]?.intValue.flatMap(Int.init(exactly:))
        let said = words.isEmpty ? (status.map { "status \($0)" } ?? "no reason given") : words.prefix(500).description
        let code = code(status: status, names: names, words: words)
        return ModelError(
            code, "\(provider) \(code.clause): \(said)", hint: code.hint,
            retryAfter: code == .rateLimit || code == .serverError ? retryAfter : nil)
    }

    private static func code(status: Int?, names: [String], words: String) -> ModelError.Code {
        for name in names {
            if let code = named[name] { return code }
            if name.hasPrefix("rate_limit") { return .rateLimit }
        }
        let words = words.lowercased()
        switch status {
        case 401, 403: return .authentication
        case 402: return .quotaExhausted
        case 404: return words.contains("model") ? .modelNotFound : .badRequest
        case 408, 504: return .timeout
        case 429: return .rateLimit
        case .some(400...499): return refusal(words)
        default: return names.contains("invalid_request_error") ? refusal(words) : .serverError
        }
    }

    /// What a refused request was refused for, where only its words tell.
    private static func refusal(_ words: String) -> ModelError.Code {
        let tooLong = ["context length", "context size", "prompt is too long"]
        if tooLong.contains(where: words.contains) { return .contextLength }
        return words.contains("credit balance") ? .quotaExhausted : .badRequest
    }

    /// Codes and types that say it all, whatever the status.
    private static let named: [String: ModelError.Code] = [
        "insufficient_quota": .quotaExhausted, "billing_hard_limit_reached": .quotaExhausted,
        "billing_error": .quotaExhausted, "context_length_exceeded": .contextLength,
        "exceed_context_size_error": .contextLength, "model_not_found": .modelNotFound,
        "authentication_error": .authentication, "permission_error": .authentication, "timeout_error": .timeout,
        "overloaded_error": .serverError, "api_error": .serverError,
    ]
}

extension ModelError.Code {
    fileprivate var clause: String {
        switch self {
        case .rateLimit: "has had too many requests"
        case .quotaExhausted: "has no credit left for this key"
        case .authentication: "does not accept the key"
        case .modelNotFound: "does not have the model"
        case .contextLength: "cannot take so long a conversation"
        case .badRequest: "refuses the request"
        default: "failed"
        }
    }

    fileprivate var hint: String? {
        switch self {
        case .rateLimit: "Wait, or lower `max_parallel` of the step; `retry` on the step waits by itself."
        case .quotaExhausted: "Add credit at the provider, or choose another model."
        case .authentication: "Check the key of this provider, and that it may use the model."
        case .modelNotFound: "Check the model's name against the provider's list."
        case .contextLength: "Shorten the prompt, or choose a model with a larger context."
        default: nil
        }
    }
}

extension ModelError {
    /// A call that failed on the way.
    init(_ error: EgressError, provider: String) {
        let code: Code =
            switch error.code {
            case .denied: .denied
            case .network: .network
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .invalidRequest: .badRequest
            case .tooLarge, .redirect: .protocolError
            }
        self.init(code, "\(provider): \(error.message)", hint: error.hint)
    }
}
