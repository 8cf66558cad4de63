import FactoryDomain
import FactoryJSON
import FactorySecrets
import Synchronization
import Testing

@testable import FactoryTelemetry

/// Keeps the lines of a log.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }

    func log(_ levels: String, _ format: LogFormat = .json, secrets: [String: String] = [:]) throws -> Log {
        Log(
            levels: try #require(LogLevels(parsing: levels)), format: format, redactor: Redactor(secrets: secrets),
            now: { Timestamp(milliseconds: 1_700_000_000_000) },
            write: { bytes in self.lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } })
    }
}

@Suite("The log") struct LogTests {
    let lines = Lines()

    @Test("is one JSON object a line, with its fields")
    func json() throws {
        let log = try lines.log("info")
        log(.info, "http", message: "answered", fields: ["request_id": "r1", "level": "forged", "status": 200])
        #expect(
            lines.all == [
                #"{"time":"2023-11-14T22:13:20.000Z","level":"info","message":"answered","request_id":"r1","status":200}"#
                    + "\n"
            ])
    }

    @Test("is readable at a terminal")
    func text() throws {
        let log = try lines.log("info", .text)
        log(.warning, "run", message: "it broke", fields: ["run": "run_1", "reason": "a b", "n": 2])
        #expect(lines.all == ["2023-11-14T22:13:20.000Z WARNI it broke run=run_1 reason=\"a b\" n=2\n"])
    }

    @Test(
        "lets no text begin a line of its own, colour a terminal or turn its direction",
        arguments: [LogFormat.json, .text])
    func injection(_ format: LogFormat) throws {
        let log = try lines.log("info", format)
        let evil = "a\nb\r\u{1B}[31mc\u{85}d\u{2028}e\u{202E}f\u{7F}\u{0}"
        log(.info, "run", message: evil, fields: ["reason": .string(evil), evil: 1])
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        for scalar in line.dropLast().unicodeScalars {
            #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar.value < 0x2000)
        }
        if case .json = format { #expect(try JSON(parsing: line)["reason"]?.stringValue == evil) }
    }

    @Test("shows no secret, in messages and in fields")
    func redaction() throws {
        let log = try lines.log("info", secrets: ["key of x": "sk-very\"secret"])
        log(.error, "http", message: "refused sk-very\"secret", fields: ["reason": "c2stdmVyeSJzZWNyZXQ="])
        let line = try #require(lines.all.first)
        #expect(line.contains("refused [secret key of x]"))
        #expect(!line.contains("very") && !line.contains("c2stdmVyeSJzZWNyZX"))
    }

    @Test("is written from the level on that its topic has")
    func levels() throws {
        let log = try lines.log("warning,attempt=debug,prompt=trace,http=off")
        log(.info, "run", message: "no")
        log(.warning, "run", message: "1")
        log(.debug, "attempt", message: "2")
        log(.trace, "attempt", message: "no")
        log(.trace, "attempt", "prompt", message: "3")
        log(.trace, "step", "prompt", message: "4")
        log(.error, "http", message: "no")
        #expect(log.isEnabled(.error, "step") && !log.isEnabled(.info, "step"))
        #expect(lines.all.compactMap { try? JSON(parsing: $0)["message"]?.stringValue } == ["1", "2", "3", "4"])
    }

    @Test(
        "knows what is no level",
        arguments: ["", "loud", "info,", "attempt=debug", "info,a=b=c", "info,=debug", "INFO"])
    func refuses(_ text: String) { #expect(LogLevels(parsing: text) == nil) }
}
