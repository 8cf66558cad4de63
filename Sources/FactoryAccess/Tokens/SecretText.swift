/// 256 random bits as text: what whoever has it is known by.
public struct SecretText: Sendable {
    /// The text, 64 hexadecimal digits. It is shown once and not kept.
    public let text: String

    /// A new one, of the system's random source.
    public init() {
        var generator = SystemRandomNumberGenerator()
        text = Digest.hex((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// What is kept of it.
    public var digest: String { Digest.of(text) }
}
