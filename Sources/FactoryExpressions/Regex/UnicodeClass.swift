/// The classes `\p{…}` by Unicode's general category.
enum UnicodeClass {
    private static let categories: [String: Unicode.GeneralCategory] = [
        "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter, "Lm": .modifierLetter,
        "Lo": .otherLetter, "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark,
        "Nd": .decimalNumber,
        "Nl": .letterNumber, "No": .otherNumber, "Pc": .connectorPunctuation, "Pd": .dashPunctuation,
        "Ps": .openPunctuation, "Pe": .closePunctuation, "Pi": .initialPunctuation,
        "Pf": .finalPunctuation,
        "Po": .otherPunctuation, "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol,
        "So": .otherSymbol,
        "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator, "Cc": .control,
        "Cf": .format,
        "Cs": .surrogate, "Co": .privateUse, "Cn": .unassigned,
    ]

    /// The category of a code point. Planes 4 to 13 are unassigned, 15 and 16 private but for their last two places:
    /// they are three quarters of Unicode, and looking them up would take as much of the time.
    private static func category(of value: UInt32) -> Unicode.GeneralCategory {
        switch value {
        case 0x40000...0xDFFFF: .unassigned
        case 0xF0000...: value & 0xFFFF < 0xFFFE ? .privateUse : .unassigned
        default: Unicode.Scalar(value)?.properties.generalCategory ?? .surrogate
        }
    }

    /// Code points of one category beside each other. Worked out once: that takes some ten milliseconds.
    private static let runs: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = {
        var runs: [(range: ClosedRange<UInt32>, category: Unicode.GeneralCategory)] = []
        var start = ScalarSet.all.lowerBound
        var current = category(of: start)
        for value in ScalarSet.all.dropFirst() {
            let category = category(of: value)
            guard category != current else { continue }
            runs.append((start...value - 1, current))
            (start, current) = (value, category)
        }
        runs.append((start...ScalarSet.all.upperBound, current))
        return runs
    }()

    /// The set of a category such as `L`, `Lu` or `Nd`; nil for other names.
    static func named(_ name: String) -> ScalarSet? {
        let wanted = Set(categories.filter { $0.key == name || $0.key.prefix(1) == name }.values)
        guard !wanted.isEmpty else { return nil }
        var ranges: [ClosedRange<UInt32>] = []
        for run in runs where wanted.contains(run.category) {
            if let last = ranges.last, last.upperBound + 1 == run.range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...run.range.upperBound
            } else {
                ranges.append(run.range)
            }
        }
        return ScalarSet(ranges)
    }
}
