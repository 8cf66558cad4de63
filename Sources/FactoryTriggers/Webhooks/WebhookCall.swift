/// A call as it came in.
public struct WebhookCall: Sendable {
    /// Header fields in order, names in lower case.
    public var headers: [(name: String, value: String)]
    /// The body as it was sent.
    public var body: [UInt8]

    /// A call of these values.
    ///
    /// - Parameter headers: names in any case.
    public init(headers: [(name: String, value: String)], body: [UInt8]) {
        self.headers = headers.map { ($0.name.lowercased(), $0.value) }
        self.body = body
    }

    /// The value of a header; nil where there is none or more than one, which no sender that signs sends.
    func header(_ name: String) -> String? {
        let values = headers.filter { $0.name == name }
        return values.count == 1 ? values[0].value : nil
    }
}
