/// Runs a compiled pattern over a text, all alternatives in step.
///
/// Source: R. Cox, *Regular Expression Matching: the Virtual Machine Approach*, 2009 (Pike's machine). Threads are kept
/// in order of preference, and no instruction has two at one place, so the work is at most instructions times code
/// points.
struct PatternMachine {
    private let subject: PatternSubject
    private var current: PatternThreads
    private var next: PatternThreads
    private var round = 0

    init(_ program: PatternProgram, _ text: [UInt8], capturing: Bool) {
        subject = PatternSubject(program: program, text: text, isCapturing: capturing)
        current = PatternThreads(count: program.instructions.count)
        next = current
    }

    /// The leftmost match that begins at `start` or later.
    mutating func firstMatch(from start: Int, steps: inout Int) throws(PatternError) -> PatternMatch? {
        let noSlots = subject.isCapturing ? Array(repeating: -1, count: subject.program.slotCount) : []
        var position = start
        var best: [Int]?
        current.removeAll()
        round += 1
        while true {
            if best == nil { current.follow(0, noSlots, at: position, in: subject, round, &steps) }
            guard !current.order.isEmpty else {
                // Nothing is under way: a pattern that is bound to the beginning may end here.
                guard best == nil, position < subject.text.count else { break }
                position += subject.decode(at: position).length
                round += 1
                guard steps >= 0 else { throw Self.exhausted }
                continue
            }
            let (scalar, length) = subject.decode(at: position)
            round += 1
            for (place, instruction) in current.order.enumerated() {
                steps -= 1
                guard case .set(let set) = subject.program.instructions[instruction] else {
                    // A match: threads after it are less preferred.
                    best = subject.isCapturing ? current.slots[place] : []
                    break
                }
                guard length > 0, subject.program.sets[set].contains(scalar) else { continue }
                let slots = subject.isCapturing ? current.slots[place] : []
                next.follow(instruction + 1, slots, at: position + length, in: subject, round, &steps)
            }
            guard steps >= 0 else { throw Self.exhausted }
            if best != nil, !subject.isCapturing { break }
            swap(&current, &next)
            next.removeAll()
            guard length > 0 else { break }
            position += length
        }
        return best.map(match)
    }

    /// The place after the code point at `position`.
    func position(after position: Int) -> Int {
        position + max(1, subject.decode(at: position).length)
    }

    private func match(_ slots: [Int]) -> PatternMatch {
        var groups: [Range<Int>?] = []
        for group in stride(from: 0, to: slots.count, by: 2) {
            let (start, end) = (slots[group], slots[group + 1])
            groups.append(start >= 0 && end >= start ? start..<end : nil)
        }
        return PatternMatch(groups: groups)
    }

    private static let exhausted = PatternError(
        "matching the pattern takes too many steps on this text")
}

/// What a machine runs, and over what.
struct PatternSubject {
    let program: PatternProgram
    let text: [UInt8]
    let isCapturing: Bool

    /// The code point at `position` and its length in bytes; length 0 at the end. The text is valid UTF-8.
    @inline(__always)
    func decode(at position: Int) -> (scalar: UInt32, length: Int) {
        guard position < text.count else { return (0, 0) }
        let first = UInt32(text[position])
        if first < 0x80 { return (first, 1) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var scalar = first & (0xFF >> UInt32(length + 1))
        for place in 1..<length { scalar = scalar << 6 | UInt32(text[position + place] & 0x3F) }
        return (scalar, length)
    }

    func holds(_ assertion: PatternTree.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == 0
        case .textEnd: position == text.count
        case .lineStart: position == 0 || text[position - 1] == UInt8(ascii: "\n")
        case .lineEnd: position == text.count || text[position] == UInt8(ascii: "\n")
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .notWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        text.indices.contains(position) && text[position].isWordByte
    }
}

/// Alternatives under way at one place of the text, the most preferred first.
struct PatternThreads {
    private(set) var order: [Int] = []
    private(set) var slots: [[Int]] = []
    /// For each instruction, the round it was added in.
    private var added: [Int]
    private var pending: [(instruction: Int, slots: [Int])] = []

    init(count: Int) { added = Array(repeating: 0, count: count) }

    mutating func removeAll() {
        order.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }

    /// Adds a thread at `instruction`, or all that it leads to without reading.
    mutating func follow(
        _ instruction: Int, _ slots: [Int], at position: Int, in subject: PatternSubject, _ round: Int,
        _ steps: inout Int
    ) {
        pending.append((instruction, slots))
        while let (instruction, slots) = pending.popLast() {
            guard added[instruction] != round else { continue }
            added[instruction] = round
            steps -= 1
            switch subject.program.instructions[instruction] {
            case .jump(let target): pending.append((target, slots))
            case .split(let first, let second):
                pending.append((second, slots))
                pending.append((first, slots))
            case .save(let slot):
                var slots = slots
                if subject.isCapturing { slots[slot] = position }
                pending.append((instruction + 1, slots))
            case .assertion(let assertion):
                if subject.holds(assertion, at: position) { pending.append((instruction + 1, slots)) }
            case .set, .match:
                order.append(instruction)
                if subject.isCapturing { self.slots.append(slots) }
            }
        }
    }
}
