import FactoryJSON
import Synchronization
import Testing

@testable import FactoryLLM

@Suite("A cassette") struct CassetteTests {
    private let place = CallPlace(step: "ask", attempt: 1)

    @Test("gives the answers that were recorded, in the pieces in which they came, and asks nobody")
    func replays() async throws {
        let provider = ScriptedProvider(["One, two"])
        let cassette = try await recorded([ChatRequest(model: "m", messages: [ChatMessage(.user, "Count")])], provider)
        #expect(provider.asked == 1)
        let read = try Cassette(parsing: Array(cassette.serialized().utf8))
        #expect(read == cassette)
        let target = try CassettePlayer(read).target(for: "default", at: place) { $0 }
        #expect(target.qualifiedName == "scripted/m")
        #expect(target.provider.features == provider.features)
        let heard = Pieces()
        let result = try await target.provider.complete(
            ChatRequest(model: "m", messages: [ChatMessage(.user, "Count")], isStreamed: false)
        ) { heard.add($0) }
        #expect(result == provider.result("One, two"))
        #expect(heard.all == ["One,", " two"])
        #expect(provider.asked == 1)
    }

    @Test(
        "has no answer to a question that differs in anything that was asked",
        arguments: [
            (
                "differs in line 2 of its user message",
                ChatRequest(model: "m", messages: [ChatMessage(.user, "Count\nslowly")])
            ),
            (
                "has 2 messages instead of 1",
                ChatRequest(
                    model: "m", messages: [ChatMessage(.user, "Count\nfast"), ChatMessage(.assistant, "One")])
            ),
            (
                "differs in temperature",
                ChatRequest(model: "m", messages: [ChatMessage(.user, "Count\nfast")], temperature: 0.5)
            ),
            (
                "differs in schema",
                ChatRequest(model: "m", messages: [ChatMessage(.user, "Count\nfast")], schema: ["type": "array"])
            ),
        ])
    func refuses(difference: String, request: ChatRequest) async throws {
        let cassette = try await recorded(
            [ChatRequest(model: "m", messages: [ChatMessage(.user, "Count\nfast")])], ScriptedProvider(["One"]))
        let target = try CassettePlayer(cassette).target(for: "default", at: place) { $0 }
        do {
            _ = try await target.provider.complete(request) { _ in }
            Issue.record("it answered")
        } catch {
            #expect(error.code == .notRecorded)
            #expect(error.message.contains(difference), "\(error.message)")
            #expect(error.hint?.contains("--record") == true)
        }
    }

    @Test("knows only the models that were asked, by the names they were asked by")
    func unknownModel() async throws {
        let cassette = try await recorded(
            [ChatRequest(model: "m", messages: [ChatMessage(.user, "Count")])], ScriptedProvider(["One"]))
        do {
            _ = try CassettePlayer(cassette).target(for: "strong", at: place) { $0 }
            Issue.record("it knows the model")
        } catch {
            #expect(error.code == .notRecorded)
            #expect(error.message.contains("strong") && error.message.contains("default"))
        }
    }

    @Test("tells the same question of different steps and attempts apart")
    func places() async throws {
        let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Again")])
        let recorder = CassetteRecorder()
        let provider = ScriptedProvider(["a1", "a2", "b1"])
        for place in [("a", 1), ("a", 2), ("b", 1)].map(CallPlace.init(step:attempt:)) {
            _ = try await recording(recorder, provider, at: place).complete(request) { _ in }
        }
        let player = CassettePlayer(recorder.cassette)
        func answer(_ step: String, _ attempt: Int) async throws -> String {
            let place = CallPlace(step: step, attempt: attempt)
            return try await player.target(for: "default", at: place) { $0 }.provider.complete(request) { _ in }.text
        }
        // The third attempt, which was not recorded, is answered as the last one that was; a step of another name as
        // the one that asked the same.
        let answers = [
            try await answer("a", 1), try await answer("a", 2), try await answer("a", 3), try await answer("b", 1),
            try await answer("renamed", 2),
        ]
        #expect(answers == ["a1", "a2", "a2", "b1", "b1"])
    }

    @Test("holds no secret, neither in what was asked nor across two pieces of an answer")
    func secrets() async throws {
        let hide: @Sendable (String) -> String = { $0.replacing("hunter22", with: "[redacted]") }
        let recorder = CassetteRecorder()
        let provider = ScriptedProvider(["It is hunter22, not more"], cut: "It is hunt".count)
        let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Is it hunter22?")])
        let target = recorder.recording(
            ModelRouter.Target(provider: provider, model: "m", facts: ModelRouter.Facts()), as: "default", at: place,
            conceal: hide)
        let live = try await target.provider.complete(request) { _ in }
        #expect(live.text == "It is hunter22, not more")
        let text = recorder.cassette.serialized()
        #expect(!text.contains("hunter22") && !text.contains("er22"))
        let player = try CassettePlayer(recorder.cassette).target(for: "default", at: place, conceal: hide)
        let replayed = try await player.provider.complete(request) { _ in }
        #expect(replayed.text == "It is [redacted], not more")
    }

    @Test("keeps nothing of a call that failed")
    func failures() async throws {
        let recorder = CassetteRecorder()
        let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Count")])
        await #expect(throws: ModelError.self) {
            _ = try await recording(recorder, ScriptedProvider([]), at: place).complete(request) { _ in }
        }
        #expect(recorder.cassette == Cassette())
    }

    @Test("is refused when a question was changed by hand")
    func changedByHand() async throws {
        let cassette = try await recorded(
            [ChatRequest(model: "m", messages: [ChatMessage(.user, "Count")])], ScriptedProvider(["One"]))
        let text = cassette.serialized().replacing("\"Count\"", with: "\"Count!\"")
        let error = #expect(throws: CassetteError.self) { try Cassette(parsing: Array(text.utf8)) }
        #expect(error?.description.contains("calls[0]") == true)
    }

    @Test(
        "is refused when it is something else",
        arguments: ["", "{}", "[1]", "{\"cassette\": 2}", "{\"cassette\": 1, \"calls\": [{}]}", "version: 1"])
    func notACassette(text: String) {
        #expect(throws: CassetteError.self) { try Cassette(parsing: Array(text.utf8)) }
    }

    private func recorded(_ requests: [ChatRequest], _ provider: ScriptedProvider) async throws -> Cassette {
        let recorder = CassetteRecorder()
        for request in requests { _ = try await recording(recorder, provider, at: place).complete(request) { _ in } }
        return recorder.cassette
    }

    private func recording(
        _ recorder: CassetteRecorder, _ provider: ScriptedProvider, at place: CallPlace
    ) -> any ChatProvider {
        recorder.recording(
            ModelRouter.Target(provider: provider, model: "m", facts: ModelRouter.Facts()), as: "default", at: place,
            conceal: { $0 }
        ).provider
    }
}

/// Answers with these texts, in two pieces each, and fails when there are no more.
private final class ScriptedProvider: ChatProvider {
    let name = "scripted"
    let features = ProviderFeatures(takesSeed: false, maxStops: 1, neededTokenLimit: 4_096)
    private let texts: [String]
    private let cut: Int
    private let count = Mutex(0)

    init(_ texts: [String], cut: Int = 4) {
        self.texts = texts
        self.cut = cut
    }

    var asked: Int { count.withLock { $0 } }

    func result(_ text: String) -> ChatResult {
        ChatResult(
            text: text, model: "m-1", finishReason: .stop, usage: TokenUsage(input: 3, output: 2, cached: 1),
            firstToken: .milliseconds(5), total: .milliseconds(9))
    }

    func complete(
        _ request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(ModelError) -> ChatResult {
        let place = count.withLock { count in
            defer { count += 1 }
            return count
        }
        guard place < texts.count else { throw ModelError(.rateLimit, "no more") }
        let text = texts[place]
        onText(String(text.prefix(cut)))
        onText(String(text.dropFirst(cut)))
        return result(text)
    }

    func models() async throws(ModelError) -> [OfferedModel] { [] }
}

private final class Pieces: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func add(_ piece: String) { list.withLock { $0.append(piece) } }
}
