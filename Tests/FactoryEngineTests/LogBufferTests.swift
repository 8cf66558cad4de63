import FactorySecrets
import Testing

@testable import FactoryEngine

@Suite("The log text of an attempt") struct LogBufferTests {
    @Test("is kept in stretches of 16 KiB, and the rest at the end")
    func stretches() {
        let logs = LogBuffer(redactor: Redactor(secrets: [:]))
        #expect(logs.add(String(repeating: "a", count: LogBuffer.chunkBytes - 1), to: .stdout).chunk == nil)
        #expect(logs.add("b", to: .stdout).chunk?.utf8.count == LogBuffer.chunkBytes)
        #expect(logs.add("c", to: .stdout).chunk == nil)
        #expect(logs.finish().map(\.chunk) == ["c"])
        #expect(logs.finish().isEmpty)
    }

    @Test(
        "is kept up to 1 MiB for each stream, with a line that says so; what is shown is what is kept",
        arguments: [1, 7])
    func limit(_ pieces: Int) {
        let logs = LogBuffer(redactor: Redactor(secrets: [:]))
        let text = String(repeating: "é", count: LogBuffer.limit / 2 + 10)
        var (kept, shown) = ("", "")
        var rest = text[...]
        while !rest.isEmpty {
            let piece = String(rest.prefix(text.count / pieces + 1))
            rest = rest.dropFirst(piece.count)
            let added = logs.add(piece, to: .stdout)
            shown += added.shown
            kept += added.chunk ?? ""
        }
        kept += logs.finish().map(\.chunk).joined()
        let note = "\n[more than 1 MiB of log text; the rest is not kept]\n"
        #expect(kept == String(repeating: "é", count: LogBuffer.limit / 2) + note)
        #expect(shown == kept)
        // The other stream has room of its own.
        _ = logs.add("x", to: .stderr)
        #expect(logs.finish().map(\.chunk) == ["x"])
    }
}
