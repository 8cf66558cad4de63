/// What guessing a password costs: the parameters of scrypt (RFC 7914).
public struct PasswordCost: Sendable, Hashable {
    /// Logarithm to base 2 of N, the number of blocks that are held in memory.
    public var logRounds: Int
    /// r: a block has 128 × r bytes.
    public var blockSize: Int
    /// p: how often it is done.
    public var parallelism: Int

    /// Parameters of these values.
    public init(logRounds: Int, blockSize: Int, parallelism: Int) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// N = 2¹⁷, r = 8, p = 1: 128 MiB and about half a second, as OWASP's cheat sheet on password storage has it.
    public static let standard = PasswordCost(logRounds: 17, blockSize: 8, parallelism: 1)

    /// Bytes that one computation holds.
    var memoryBytes: Int { (1 << logRounds) * blockSize * 128 }
}
