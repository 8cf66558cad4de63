import FactoryAccess
import FactoryTestKit
import Testing

@Suite("Passwords") struct PasswordsTests {
    /// Sixteen rounds: what costs time is not what is tested here.
    private static let cheap = PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1)

    @Test("are kept as a salted digest with its parameters, and told from others")
    func digests() async throws {
        let passwords = Passwords(cost: Self.cheap)
        let kept = try await passwords.digest(of: "a long enough password")
        #expect(kept.hasPrefix("scrypt$4$8$1$"))
        #expect(try await passwords.digest(of: "a long enough password") != kept)
        #expect(try await passwords.matches("a long enough password", kept))
        #expect(try await !passwords.matches("a long enough passwore", kept))
        #expect(try await !passwords.matches("", kept))
        for nothing in [nil, "", "scrypt$4$8$1$00", "scrypt$99$8$1$00$00", "plain"] {
            #expect(try await !passwords.matches("a long enough password", nothing))
        }
    }

    @Test("have the digest that RFC 7914 gives for its parameters")
    func vector() async throws {
        // The RFC's second vector (N = 1024, r = 8, p = 16), its first 32 bytes.
        let kept =
            "scrypt$10$8$16$4e61436c$fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        #expect(try await Passwords().matches("password", kept))
    }

    @Test("made with other parameters count as outdated, and still match")
    func outdated() async throws {
        let kept = try await Passwords(cost: Self.cheap).digest(of: "a long enough password")
        let now = Passwords(cost: PasswordCost(logRounds: 5, blockSize: 8, parallelism: 1))
        #expect(now.isOutdated(kept))
        #expect(try await now.matches("a long enough password", kept))
        #expect(try await !now.isOutdated(now.digest(of: "a long enough password")))
    }

    @Test("cost by default what OWASP asks for")
    func standard() { #expect(PasswordCost.standard == PasswordCost(logRounds: 17, blockSize: 8, parallelism: 1)) }

    @Test("are worked on in turn, and refused when too many wait")
    func queue() async throws {
        let passwords = Passwords(
            cost: PasswordCost(logRounds: 12, blockSize: 8, parallelism: 1), width: 1, queueLimit: 2)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do throws(PasswordError) {
                        _ = try await passwords.digest(of: "a long enough password")
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(outcomes.contains(true))
        #expect(outcomes.contains(false))
        #expect(try await !passwords.digest(of: "another one, later").isEmpty)
    }

    @Test("have 12 to 256 bytes, whatever they are made of")
    func rules() {
        #expect(PasswordRules.refusal("elevenbytes") != nil)
        #expect(PasswordRules.refusal("twelve bytes") == nil)
        #expect(PasswordRules.refusal("éééééé") == nil)
        #expect(PasswordRules.refusal(String(repeating: "x", count: 256)) == nil)
        #expect(PasswordRules.refusal(String(repeating: "x", count: 257)) != nil)
    }
}
