import FactoryDefinition
import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactoryNetwork

/// An answer as the output of an api step, or as its failure.
struct APIAnswer {
    private let response: InboundResponse
    private let expected: [HTTPStatusRange]
    private let parse: String

    init(_ response: InboundResponse, with: JSON) {
        self.response = response
        let written = with["expect"].map { $0.arrayValue ?? [$0] } ?? ["2xx"]
        expected = written.compactMap { HTTPStatusRange($0.stringValue ?? $0.serialized()) }
        parse = with["parse"]?.stringValue ?? "auto"
    }

    /// - Throws: `http_status` for a status that was not expected, `invalid_output` for an answer that is not what
    ///   `parse` says; both with the output.
    func output() throws(StepFailure) -> StepOutput {
        let isExpected = expected.contains { $0.statuses.contains(response.status) }
        var warnings: [String] = []
        var value: JSONObject = ["status": .int(Int64(response.status)), "headers": headers]
        let problem = read(into: &value, &warnings)
        value["url"] = .string("\(response.head.url)")
        value["timing"] = [
            "first_byte_ms": .int(response.timing.firstByte.milliseconds),
            "total_ms": .int(response.timing.total.milliseconds),
        ]
        guard isExpected else { throw unexpectedStatus(.object(value)) }
        if let problem {
            throw StepFailure(
                code: "invalid_output", class: .invalidOutput, message: problem,
                hint: "Set parse: text to see it, or ask the other side for another form with an Accept header.",
                output: .object(value))
        }
        return StepOutput(value: .object(value), warnings: warnings)
    }

    /// Puts the body in as `body` or `text`; gives back why it is not what `parse` asks for.
    private func read(into value: inout JSONObject, _ warnings: inout [String]) -> String? {
        if parse == "base64" {
            value["body"] = .string(Base64.encode(response.body))
            return nil
        }
        guard let text = String(validating: response.body, as: UTF8.self) else {
            value["text"] = .null
            let kind = response.headers["Content-Type"] ?? "no content type"
            let problem = "the answer is not text (\(response.body.count) bytes, \(kind))"
            if parse != "auto" { return problem }
            warnings.append("\(problem) and was not kept; parse: base64 keeps it")
            return nil
        }
        guard let format = ValueFormat(rawValue: parse) ?? (parse == "auto" && saysJSON ? .json : nil) else {
            value["text"] = .string(text)
            return nil
        }
        if response.body.isEmpty {
            value["body"] = .null
            return nil
        }
        do {
            value["body"] = try format.parse(text)
            return nil
        } catch {
            value["text"] = .string(text)
            if parse != "auto" { return "The answer is not what parse says: \(error.message)." }
            warnings.append("the answer says it is JSON, but is not (\(error.message)); given as text")
            return nil
        }
    }

    private var saysJSON: Bool {
        let type = (response.headers["Content-Type"] ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
        return type == "application/json" || type.hasSuffix("+json")
    }

    /// Lower-case names; fields that came more than once are joined by a comma, as HTTP allows.
    private var headers: JSON {
        var object = JSONObject()
        for field in response.headers.fields {
            let name = field.name.lowercased()
            object[name] = .string(object[name]?.stringValue.map { "\($0), \(field.value)" } ?? field.value)
        }
        return .object(object)
    }

    private func unexpectedStatus(_ output: JSON) -> StepFailure {
        let failureClass: StepFailure.Class =
            switch response.status {
            case 429: .rateLimit
            case 408: .timeout
            case 500...599: .serverError
            default: .other
            }
        let asked = expected.map { range in
            range.statuses.count == 1
                ? "\(range.statuses.lowerBound)" : "\(range.statuses.lowerBound)-\(range.statuses.upperBound)"
        }
        return StepFailure(
            code: "http_status", class: failureClass,
            message: "\(response.head.url.authority) answered with status \(response.status), expected was "
                + "\(asked.joined(separator: ", ")).",
            hint: hint, output: output, retryAfter: response.headers.retryAfter)
    }

    private var hint: String? {
        switch response.status {
        case 300...399: "Set follow_redirects: true, or ask the address it redirects to."
        case 401, 403: "Check the credentials under auth, and what they may do."
        case 404: "Check the URL."
        default: "The answer's body is in the step's output."
        }
    }
}
