import Testing

@testable import FactoryNetwork

@Suite("An allowed endpoint") struct AllowEntryTests {
    @Test(
        "is written as host or range with a port",
        arguments: [
            "localhost:11434", "127.0.0.1:8080", "[::1]:11434", "10.0.0.0/8:443", "[fd00::/8]:443", "0.0.0.0/0:9000",
        ])
    func reads(text: String) throws {
        #expect(try AllowEntry(parsing: text).description == text)
    }

    @Test(
        "is refused with a reason otherwise",
        arguments: [
            "localhost", "localhost:", "localhost:0", "localhost:x", "localhost:65536", ":80", "10.0.0.1/8:443",
            "10.0.0.0/33:443", "10.0.0.0/-1:443", "127.1:80", "a b:80", "*:80", "",
        ])
    func refuses(text: String) {
        #expect(throws: URLProblem.self) { try AllowEntry(parsing: text) }
    }

    @Test("opens its own host and port, and nothing beside it")
    func admits() throws {
        let policy = EgressPolicy(allowed: [
            try AllowEntry(parsing: "model.internal:11434"), try AllowEntry(parsing: "10.1.0.0/16:8443"),
        ])
        func admits(_ host: String, _ port: Int, _ address: String) throws -> Bool {
            let address = try #require(IPAddress(address))
            return policy.admits(.name(host), port: port, addresses: [address], ownAddresses: { [] })
        }
        #expect(try admits("model.internal", 11_434, "192.168.1.5"))
        #expect(try !admits("model.internal", 80, "192.168.1.5"))
        #expect(try !admits("other.internal", 11_434, "192.168.1.5"))
        #expect(try admits("any.internal", 8_443, "10.1.255.255"))
        #expect(try !admits("any.internal", 8_443, "10.2.0.0"))
        #expect(try !admits("any.internal", 443, "10.1.0.1"))
        #expect(try admits("public.example", 443, "8.8.8.8"))
        #expect(try !admits("public.example", 8_443, "8.8.8.8"))
        #expect(!policy.admits(.name("model.internal"), port: 11_434, addresses: [], ownAddresses: { [] }))
    }

    @Test("of a range stays closed on every own address and port of the server")
    func ownAddresses() throws {
        let policy = EgressPolicy(
            allowed: [try AllowEntry(parsing: "0.0.0.0/0:7070"), try AllowEntry(parsing: "[::/0]:7070")],
            ownPorts: [7_070])
        let own = try #require(IPAddress("10.0.0.5"))
        for text in ["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.5", "::1", "::", "::ffff:127.0.0.1"] {
            let address = try #require(IPAddress(text))
            #expect(!policy.admits(.address(address), port: 7_070, addresses: [address], ownAddresses: { [own] }))
        }
        let other = try #require(IPAddress("10.0.0.6"))
        #expect(policy.admits(.address(other), port: 7_070, addresses: [other], ownAddresses: { [own] }))
    }
}
