import FactoryJSON

/// How one wire format's answers are read. Pure: bytes in, text out.
protocol AnswerStream: Sendable {
    /// Start of the content type of an answer that comes in pieces.
    static var mediaType: String { get }

    /// What came so far.
    var answer: Answer { get }

    /// True after the event that ends every stream of this format.
    var isComplete: Bool { get }

    init()

    /// Takes the next bytes and gives the text they add.
    ///
    /// - Throws: for an error in the stream, and for events that are not the format's.
    mutating func take(_ bytes: [UInt8], provider: String) throws(ModelError) -> String

    /// An answer that came in one piece.
    static func answer(in json: JSON, provider: String) throws(ModelError) -> Answer
}

/// What a model said, as far as it is known.
struct Answer: Sendable, Hashable {
    var text = ""
    var model: String?
    var finishReason: FinishReason?
    var usage: TokenUsage?
}

extension AnswerStream {
    /// `text` as JSON; for events and whole answers alike.
    static func json(_ text: some StringProtocol, from provider: String) throws(ModelError) -> JSON {
        do { return try JSON(parsing: text) } catch {
            throw ModelError(.protocolError, "\(provider) sent an event that is not JSON: \(error.message).")
        }
    }
}

extension JSON {
    /// A count of tokens.
    var countValue: Int? { intValue.flatMap(Int.init(exactly:)).flatMap { $0 >= 0 ? $0 : nil } }
}
