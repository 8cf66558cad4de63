import FactoryDomain
import FactoryEngine
import FactoryJSON
import FactorySecrets
import FactoryTestKit
import Testing

@Suite("A secret") struct EngineSecretTests {
    let bench = Bench()
    let value = "s3cr3t-value-42"

    @Test("reaches the executor, and nothing that is stored")
    func isNotStored() async throws {
        let value = value
        let executor = ScriptedExecutor(
            type: "api",
            [
                "a": { work throws(StepFailure) in
                    let mark = work.with["headers"]?["X-Key"]?.stringValue ?? ""
                    let destination = SecretDestination(host: "api.example.com", port: 443)
                    let header = (try? work.secrets.reveal(mark, for: destination)) ?? ""
                    work.announce(.log(.stdout, "sending \(header)\n"))
                    work.announce(.log(.stdout, "sending \(header.prefix(9))"))
                    work.announce(.log(.stdout, "\(header.dropFirst(9))\n"))
                    guard header == "Bearer \(value)" else { throw StepFailure(code: "no", message: "not revealed") }
                    return .output(
                        StepOutput(
                            value: ["echo": .string(header), "hex": .string("7333637233742d76616c75652d3432")],
                            warnings: ["sent \(value)"]))
                }
            ])
        let document = """
            steps:
              - id: a
                type: api
                with: {url: "https://example.com/", headers: {X-Key: "Bearer {{ secrets.TOKEN }}"}}
            """
        let report = try await bench.run(document, secrets: ["TOKEN": value], [executor])
        #expect(report.run.status == .succeeded, "\(report.json)")
        #expect(report.attempts.first?.with?.json["headers"] == ["X-Key": "Bearer {{ secrets.TOKEN }}"])
        #expect(report.run.outputs?.json["a"] == ["echo": "Bearer [secret TOKEN]", "hex": "[secret TOKEN]"])
        let bytes = ["factory.sqlite", "factory.sqlite-wal"].map { bench.folder.read($0) ?? "" }.joined()
        #expect(!bytes.contains(value))
        #expect(!bytes.contains("7333637233742d76616c75652d3432"))
        // The control: the same look finds what is there.
        #expect(bytes.contains("[secret TOKEN]"))
    }
}
