import Testing

@testable import FactorySandbox

@Suite("Printed text") struct TextTests {
    @Test("is whole up to its limit, and cut between characters above it")
    func cuts() {
        let limit = SandboxText.headBytes + SandboxText.tailBytes
        #expect(!SandboxText([UInt8](repeating: 0x61, count: limit)).isTruncated)
        // Three bytes each, so that both cuts fall into a character.
        let text = SandboxText(Array(String(repeating: "€", count: limit / 3 + 1).utf8))
        #expect(text.isTruncated)
        #expect(text.bytes == (limit / 3 + 1) * 3)
        #expect(!text.text.contains("\u{FFFD}"))
    }

    @Test("comes in pieces that never split a character", arguments: 1...5)
    func streams(size: Int) {
        let whole = "aü€😀\u{10FFFF}z"
        var stream = TextStream()
        var pieces: [String] = []
        let bytes = Array(whole.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            pieces.append(stream.append(bytes[start..<min(start + size, bytes.count)]))
        }
        pieces.append(stream.finish())
        #expect(pieces.joined() == whole)
        #expect(!pieces.contains { $0.contains("\u{FFFD}") })
    }

    @Test("that is no text is shown with marks in its place, none lost")
    func showsBadBytes() {
        var stream = TextStream()
        #expect(stream.append([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
        #expect(stream.append([0x61, 0xE2, 0x82]) == "a")
        #expect(stream.finish() == "\u{FFFD}")
    }

    @Test("of progress is read line by line, and what is none is ignored")
    func readsProgress() {
        var lines = ProgressLines()
        let good = Array("{\"done\":1,\"of\":2,\"note\":\"a\"}\n".utf8)
        #expect(lines.append(good[..<5]) == nil)
        #expect(lines.append(good[5...]) == .progress(done: 1, of: 2, note: "a"))
        #expect(
            lines.append(Array("{\"done\":2}\n{\"done\":3}\n".utf8)[...]) == .progress(done: 3, of: nil, note: nil))
        #expect(lines.append(Array("nonsense\n[1]\n{\"done\":\"x\"}\n".utf8)[...]) == nil)
        #expect(lines.append([UInt8](repeating: 0x20, count: 10_000)[...]) == nil)
        #expect(lines.append(good[...]) == .progress(done: 1, of: 2, note: "a"))
    }

    @Test("of progress is told at most twenty times a second, and its end for certain")
    func boundsProgress() async throws {
        let seen = Seen<Double>()
        let code = """
            import os
            for number in range(20000): os.write(PROGRESS, b'{"done":%d}\\n' % number)
            """
        // The agent keeps a pace of its own; code that writes past it finds the pipe by trying.
        let finding = """
            import os, stat
            pipes = [n for n in range(3, 32) if os.path.exists(f'/proc/self/fd/{n}')
                     and stat.S_ISFIFO(os.stat(f'/proc/self/fd/{n}').st_mode)]
            PROGRESS = max(pipes)

            """
        let outcome = try await Fixture.python(
            finding + code, onOutput: { if case .progress(let done, _, _) = $0 { seen.add(done) } })
        #expect(outcome.exitCode == 0, "\(outcome.stderr.text)")
        #expect(seen.all.last == 19_999)
        #expect(seen.all.count < 200, "\(seen.all.count)")
    }
}
