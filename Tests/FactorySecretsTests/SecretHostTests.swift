import FactorySecrets
import Testing

@Suite("The host of a secret") struct SecretHostTests {
    @Test(
        "is read and printed in its usual form",
        arguments: [
            ("api.example.com", "api.example.com"), ("API.Example.Com.", "api.example.com"),
            ("api.example.com:8443", "api.example.com:8443"), ("*.example.com", "*.example.com"),
            ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:8080", "[::1]:8080"), ("[0:0:0:0:0:0:0:1]", "[::1]"),
            ("localhost", "localhost"),
        ])
    func forms(_ text: String, _ usual: String) throws {
        #expect(try SecretHost(parsing: text).description == usual)
    }

    @Test(
        "is refused where it is none, or too wide",
        arguments: [
            "", "https://example.com", "example.com/path", "a b", "*", "*.com", "a.*.com", "example.com:0",
            "example.com:65536", "example.com:x", "user@example.com", "-a.example", "0x7f.1", "127.1", "[::1", "[x]",
            "bücher.example", "*.10.0.0.1",
        ])
    func refused(_ text: String) {
        #expect(throws: SecretHostProblem.self) { try SecretHost(parsing: text) }
    }

    @Test("with a port means that port, without one every port")
    func ports() throws {
        let any = try SecretHost(parsing: "example.com")
        let one = try SecretHost(parsing: "example.com:8443")
        #expect(any.admits(SecretDestination(host: "example.com", port: 8443)))
        #expect(any.admits(SecretDestination(host: "example.com", port: 443)))
        #expect(one.admits(SecretDestination(host: "example.com", port: 8443)))
        #expect(!one.admits(SecretDestination(host: "example.com", port: 443)))
    }
}
