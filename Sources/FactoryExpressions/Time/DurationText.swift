/// Durations as text: `1h30m`, `1.5s`, `-250ms` in, seconds such as `3.5s` out.
enum DurationText {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Nanoseconds of `text`; nil when it is no duration or does not fit 64 bits.
    static func parse(_ text: String) -> Int64? {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest = rest.dropFirst() }
        if rest == "0" { return 0 }
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let part = parsePart(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            if overflow { return nil }
            total = sum
        }
        return isNegative ? -total : total
    }

    /// Parses one number with its unit.
    private static func parsePart(_ rest: inout Substring) -> Int64? {
        let whole = takeDigits(&rest)
        var fraction: Substring = ""
        if rest.first == "." {
            rest = rest.dropFirst()
            fraction = takeDigits(&rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let unitName = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
        guard let unit = units.first(where: { $0.name == unitName })?.nanoseconds else { return nil }
        rest = rest.dropFirst(unitName.count)
        guard let count = whole.isEmpty ? 0 : Int64(whole) else { return nil }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        if overflow { return nil }
        let (sum, carry) = product.addingReportingOverflow(scale(fraction, by: unit))
        return carry ? nil : sum
    }

    /// The fraction's digits times the unit, rounded down.
    private static func scale(_ fraction: Substring, by unit: Int64) -> Int64 {
        var result: Int64 = 0
        var place = unit
        for digit in fraction.utf8.prefix(18) {
            place /= 10
            result += Int64(digit - UInt8(ascii: "0")) * place
        }
        return result
    }

    private static func takeDigits(_ rest: inout Substring) -> Substring {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits
    }

    /// Seconds with as many decimals as needed and the unit: `3.5s`.
    static func print(_ nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let fraction = Decimals.fraction(Int32(magnitude % 1_000_000_000))
        return "\(nanoseconds < 0 ? "-" : "")\(magnitude / 1_000_000_000)\(fraction)s"
    }
}

/// Decimal digits for times.
enum Decimals {
    /// `.5` for half a second's nanoseconds, nothing for 0.
    static func fraction(_ nanoseconds: Int32) -> String {
        guard nanoseconds > 0 else { return "" }
        var digits = Substring(padded(Int(nanoseconds), to: 9))
        while digits.last == "0" { digits = digits.dropLast() }
        return ".\(digits)"
    }

    /// `number` with zeros before it up to `width` digits.
    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
