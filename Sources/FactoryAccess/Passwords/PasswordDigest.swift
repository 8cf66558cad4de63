import Crypto
import CryptoExtras

/// What is kept of a password: the output of scrypt with the salt and the parameters it was made with, as one text
/// `scrypt$17$8$1$SALT$OUTPUT`.
struct PasswordDigest: Sendable {
    let cost: PasswordCost
    private let salt: [UInt8]
    private let output: String

    /// Reads what was kept; nil for text that is none.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let size = Int(parts[2]),
            let parallelism = Int(parts[3]), (1...24).contains(rounds), (1...32).contains(size),
            (1...16).contains(parallelism), let salt = Self.bytes(parts[4])
        else { return nil }
        cost = PasswordCost(logRounds: rounds, blockSize: size, parallelism: parallelism)
        self.salt = salt
        output = String(parts[5])
    }

    /// What is kept of `password`: takes the time and memory that `cost` says.
    init(of password: String, cost: PasswordCost, salt: [UInt8]) throws(PasswordError) {
        self.cost = cost
        self.salt = salt
        output = try Self.output(password, cost, salt)
    }

    /// The form that is kept.
    var text: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(Digest.hex(salt))$\(output)"
    }

    /// Whether `password` is the one: takes the time and memory that making it took.
    func matches(_ password: String) throws(PasswordError) -> Bool {
        Digest.same(try Self.output(password, cost, salt), output)
    }

    /// 128 random bits.
    static func newSalt() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private static func output(
        _ password: String, _ cost: PasswordCost, _ salt: [UInt8]
    ) throws(PasswordError) -> String {
        do {
            let key = try KDF.Scrypt.deriveKey(
                from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds,
                blockSize: cost.blockSize, parallelism: cost.parallelism)
            return key.withUnsafeBytes { Digest.hex($0) }
        } catch { throw .failed }
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[place...(place + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

/// Why a password could not be worked on.
public enum PasswordError: Error, Sendable, Hashable {
    /// Too many wait already.
    case busy
    /// There was not the memory for it.
    case failed
}
