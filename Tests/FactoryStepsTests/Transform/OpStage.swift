import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

/// Ops run on a value as a `transform` step runs them.
enum OpStage {
    /// The value after `ops`, a list in YAML.
    static func run(_ ops: String, on input: JSON) async throws -> JSON {
        let output = try await WorkspaceStage().run("transform", with(ops), inputs: ["x": input])
        return try #require(output["result"])
    }

    /// The failure of `ops`.
    static func failure(_ ops: String, on input: JSON) async throws -> StepFailure {
        try await WorkspaceStage().failure("transform", with(ops), inputs: ["x": input])
    }

    private static func with(_ ops: String) -> String {
        "input: '{{ inputs.x }}'\nops:\n" + ops.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Values for round trips: what a format cannot hold is left to the caller to leave out.
struct SampleValues {
    static let pieces = [
        "a", "b", " ", "\n", ":", "-", "#", "\"", "'", "|", ">", "{", "[", "]", ",", "&", "<", "]]>", "\\", "0", ".",
        "é", "😀", "\t", "true", "=", "\u{7F}",
    ]

    static func text(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    /// Anything but null, at most `depth` deep.
    static func value(_ depth: Int, _ random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
        case 0: return .bool(Bool.random(using: &random))
        case 1: return .int(Int64.random(in: .min ... .max, using: &random))
        case 2: return .double(Double.random(in: -1e30...1e30, using: &random))
        case 3: return .string(text(&random))
        case 4: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth - 1, &random) })
        default: return object(depth, &random)
        }
    }

    static func object(_ depth: Int, _ random: inout SeededGenerator) -> JSON {
        var members = JSONObject()
        for _ in 0..<Int.random(in: 0...4, using: &random) { members[text(&random)] = value(depth - 1, &random) }
        return .object(members)
    }
}
