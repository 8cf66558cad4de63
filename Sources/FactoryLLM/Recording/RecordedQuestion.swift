import Crypto
public import FactoryJSON

/// Everything that decides what a model answers: the name it was asked by, the conversation, the options. How the
/// answer is brought, whole or in pieces, is no part of it.
public struct RecordedQuestion: Sendable, Hashable {
    /// The name under which the document asks for the model.
    public let model: String
    /// The request in the one form that is kept and compared.
    public let json: JSON

    /// What `request` asks `model`.
    ///
    /// - Parameter conceal: takes secrets out of text.
    public init(_ request: ChatRequest, to model: String, conceal: (String) -> String = { $0 }) {
        var object: JSONObject = ["model": .string(model)]
        object["messages"] = .array(
            request.messages.map { ["role": .string($0.role.rawValue), "content": .string(conceal($0.content))] })
        if let temperature = request.temperature { object["temperature"] = .double(temperature) }
        if let topP = request.topP { object["top_p"] = .double(topP) }
        if let maxTokens = request.maxTokens { object["max_tokens"] = .int(Int64(maxTokens)) }
        if !request.stop.isEmpty { object["stop"] = .array(request.stop.map(JSON.string)) }
        if let seed = request.seed { object["seed"] = .int(seed) }
        if let reasoning = request.reasoning { object["reasoning"] = .string(reasoning) }
        if let schema = request.schema { object["schema"] = schema }
        self.model = model
        json = .object(object)
    }

    init?(json: JSON?) {
        guard let json, let model = json["model"]?.stringValue, json["messages"]?.arrayValue != nil else { return nil }
        self.model = model
        self.json = json
    }

    /// SHA-256 of the request, in hex digits.
    var key: String {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = SHA256.hash(data: json.serializedBytes()).flatMap { byte in
            [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The last thing that was said, in one line of at most 120 letters.
    var gist: String {
        let last = json["messages"]?.arrayValue?.last?["content"]?.stringValue ?? ""
        let line = last.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 120 ? line.prefix(119) + "…" : line
    }

    /// Where this question first differs from `other`, in words; nil where it does not.
    func difference(from other: RecordedQuestion) -> String? {
        let (mine, its) = (json["messages"]?.arrayValue ?? [], other.json["messages"]?.arrayValue ?? [])
        for place in 0..<max(mine.count, its.count) {
            guard place < mine.count, place < its.count else {
                return "has \(mine.count) messages instead of \(its.count)"
            }
            guard mine[place] != its[place] else { continue }
            let (new, old) = (mine[place]["content"]?.stringValue ?? "", its[place]["content"]?.stringValue ?? "")
            let who = mine[place]["role"]?.stringValue ?? "other"
            let common = new.commonPrefix(with: old)
            let line = common.utf8.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            return "differs in line \(line) of its \(who) message"
        }
        let names = Set((json.objectValue?.keys ?? []) + (other.json.objectValue?.keys ?? []))
        return names.sorted().first { json[$0] != other.json[$0] }.map { "differs in \($0)" }
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> Substring {
        var (mine, its) = (startIndex, other.startIndex)
        while mine < endIndex, its < other.endIndex, self[mine] == other[its] {
            formIndex(after: &mine)
            other.formIndex(after: &its)
        }
        return self[..<mine]
    }
}
