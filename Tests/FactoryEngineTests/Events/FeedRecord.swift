import FactoryDomain
import FactoryEngine
import FactoryJSON
import Testing

/// What one reader of a feed has been given, checked piece by piece.
struct FeedRecord {
    struct Source: Hashable {
        let step: String
        let attempt: Int64
        let stream: String
    }

    private(set) var position = EventPosition.start
    private(set) var stored: [RunEvent] = []
    private(set) var texts: [Source: String] = [:]
    private(set) var progress = 0
    private(set) var problems: [String] = []

    var hasFinished: Bool { stored.last?.kind == .runFinished }

    /// Takes the next event as a client would that keeps only the text form of its position.
    mutating func take(_ event: FeedEvent) throws {
        position = try #require(EventPosition(parsing: event.position.description), "\(event.position)")
        if let sequence = event.event.sequence {
            if sequence != Int64(stored.count + 1) { problems.append("event \(sequence) after \(stored.count)") }
            stored.append(event.event)
        } else if event.event.kind == .progress {
            progress += 1
        } else {
            let data = event.event.data
            let source = Source(
                step: try #require(event.event.step), attempt: try #require(data["attempt"]?.intValue),
                stream: try #require(data["stream"]?.stringValue))
            let length = Int64(texts[source, default: ""].utf8.count)
            if data["offset"]?.intValue != length {
                problems.append("\(source) at \(data["offset"] ?? .null) after \(length) bytes, \(event.position)")
            }
            texts[source, default: ""] += try #require(data["text"]?.stringValue)
        }
    }

    /// Reads until the feed ends, going away and coming back after a random number of events.
    mutating func read(_ run: ID<Run>, of engine: Engine, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        while true {
            var left = Int.random(in: 1...400, using: &random)
            reading: for try await batch in engine.feed(of: run, after: position) {
                for event in batch {
                    try take(event)
                    left -= 1
                    if left == 0 { break reading }
                }
                if Int.random(in: 0..<8, using: &random) == 0 { await Task.yield() }
            }
            if left > 0 { return }
        }
    }
}

/// SplitMix64, for repeatable tests.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
