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

    /// The set of a category such as `L`, `Lu` or `Nd`; nil for other names. Costs some ten milliseconds.
    static func named(_ name: String) -> ScalarSet? {
        let wanted = Set(categories.filter { $0.key == name || $0.key.prefix(1) == name }.values)
        guard !wanted.isEmpty else { return nil }
        var ranges: [ClosedRange<UInt32>] = []
        var start: UInt32?
        for value in ScalarSet.all {
            let category = category(of: value)
            if wanted.contains(category) {
                start = start ?? value
            } else if let first = start {
                ranges.append(first...value - 1)
                start = nil
            }
        }
        if let start { ranges.append(start...ScalarSet.all.upperBound) }
        return ScalarSet(ranges)
    }
}
