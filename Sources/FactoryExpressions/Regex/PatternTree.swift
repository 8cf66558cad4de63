/// A parsed pattern.
indirect enum PatternTree {
    case empty
    case set(ScalarSet)
    case assertion(Assertion)
    case group(PatternTree, number: Int)
    case sequence([PatternTree])
    case alternatives([PatternTree])
    case repeated(PatternTree, min: Int, max: Int?, isGreedy: Bool)

    enum Assertion: Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, notWordBoundary
    }
}

/// A set of code points as sorted ranges that do not touch.
struct ScalarSet: Sendable, Equatable {
    private(set) var ranges: [ClosedRange<UInt32>]
    /// The bits of the first 128 code points, for speed.
    private var ascii: (UInt64, UInt64)

    static let all: ClosedRange<UInt32> = 0...0x10FFFF

    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
        ascii = (0, 0)
        for range in merged where range.lowerBound < 128 {
            for value in range.lowerBound...min(127, range.upperBound) {
                if value < 64 { ascii.0 |= 1 << UInt64(value) } else { ascii.1 |= 1 << UInt64(value - 64) }
            }
        }
    }

    init(_ scalar: Unicode.Scalar) { self.init([scalar.value...scalar.value]) }

    static func == (left: ScalarSet, right: ScalarSet) -> Bool { left.ranges == right.ranges }

    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        if value < 64 { return ascii.0 >> UInt64(value) & 1 == 1 }
        if value < 128 { return ascii.1 >> UInt64(value - 64) & 1 == 1 }
        return containsAboveASCII(value)
    }

    private func containsAboveASCII(_ value: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    var inverted: ScalarSet {
        var result: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= Self.all.upperBound { result.append(next...Self.all.upperBound) }
        return ScalarSet(result)
    }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    /// With the upper and lower forms of what is in it; forms of more than one code point are left out.
    var foldingCase: ScalarSet {
        var added: [ClosedRange<UInt32>] = []
        for range in ranges {
            // Every cased letter lies below U+1F000; ranges of thousands are made of classes that hold both forms.
            guard range.lowerBound < 0x1F000, range.count <= 3000 else { continue }
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let forms = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
                for form in forms where form.unicodeScalars.count == 1 {
                    added += form.unicodeScalars.map { $0.value...$0.value }
                }
            }
        }
        return ScalarSet(ranges + added)
    }
}

extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let space = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let anything = ScalarSet([all])
    static let anythingButLineEnd = ScalarSet([0x0A...0x0A]).inverted

    /// `[:alpha:]` and the other classes of POSIX, by name.
    static let posix: [String: ScalarSet] = [
        "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]),
        "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A]),
        "ascii": ScalarSet([0x00...0x7F]),
        "blank": ScalarSet([0x09...0x09, 0x20...0x20]),
        "cntrl": ScalarSet([0x00...0x1F, 0x7F...0x7F]),
        "digit": digits,
        "graph": ScalarSet([0x21...0x7E]),
        "lower": ScalarSet([0x61...0x7A]),
        "print": ScalarSet([0x20...0x7E]),
        "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
        "space": ScalarSet([0x09...0x0D, 0x20...0x20]),
        "upper": ScalarSet([0x41...0x5A]),
        "word": word,
        "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
    ]
}
