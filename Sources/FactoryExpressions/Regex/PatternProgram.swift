/// A pattern compiled for ``PatternMachine``.
struct PatternProgram: Sendable {
    static let sizeLimit = 10_000

    enum Instruction: Sendable {
        /// Goes on at the next instruction where the code point is in the set.
        case set(Int)
        /// Goes on at both, the first before the second.
        case split(Int, Int)
        case jump(Int)
        case save(Int)
        case assertion(PatternTree.Assertion)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []
    let slotCount: Int

    init(_ tree: PatternTree, groupCount: Int) throws(PatternError) {
        slotCount = 2 * groupCount
        try add(.save(0))
        try compile(tree)
        try add(.save(1))
        try add(.match)
    }

    private mutating func compile(_ tree: PatternTree) throws(PatternError) {
        switch tree {
        case .empty: break
        case .set(let set):
            if sets.last != set { sets.append(set) }
            try add(.set(sets.count - 1))
        case .assertion(let assertion): try add(.assertion(assertion))
        case .group(let body, let number):
            try add(.save(2 * number))
            try compile(body)
            try add(.save(2 * number + 1))
        case .sequence(let items): for item in items { try compile(item) }
        case .alternatives(let alternatives): try compile(alternatives)
        case .repeated(let body, let min, let max, let isGreedy):
            try compileRepetition(of: body, min: min, max: max, isGreedy: isGreedy)
        }
    }

    private mutating func compile(_ alternatives: [PatternTree]) throws(PatternError) {
        var exits: [Int] = []
        for (place, alternative) in alternatives.enumerated() {
            guard place < alternatives.count - 1 else {
                try compile(alternative)
                break
            }
            let split = instructions.count
            try add(.split(split + 1, 0))
            try compile(alternative)
            exits.append(instructions.count)
            try add(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func compileRepetition(
        of body: PatternTree, min: Int, max: Int?, isGreedy: Bool
    ) throws(PatternError) {
        for _ in 0..<min { try compile(body) }
        guard let max else {
            let split = instructions.count
            try add(.split(0, 0))
            try compile(body)
            try add(.jump(split))
            instructions[split] = Self.split(into: split + 1, past: instructions.count, isGreedy)
            return
        }
        var splits: [Int] = []
        for _ in 0..<(max - min) {
            splits.append(instructions.count)
            try add(.split(0, 0))
            try compile(body)
        }
        for split in splits {
            instructions[split] = Self.split(into: split + 1, past: instructions.count, isGreedy)
        }
    }

    private static func split(into body: Int, past end: Int, _ isGreedy: Bool) -> Instruction {
        isGreedy ? .split(body, end) : .split(end, body)
    }

    private mutating func add(_ instruction: Instruction) throws(PatternError) {
        guard instructions.count < Self.sizeLimit else {
            throw PatternError(
                "the pattern is too large", hint: "smaller counts in braces make it smaller")
        }
        instructions.append(instruction)
    }
}
