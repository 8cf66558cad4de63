/// The functions of the language; raw values are their names.
enum Builtin: String, Sendable, CaseIterable {
    // Types and conversions
    case bool, bytes, double, duration, dyn, int, string, timestamp, type, uint
    // Text
    case charAt, contains, endsWith, format, indexOf, join, lastIndexOf, lowerAscii, matches, replace,
        split
    case startsWith, substring, trim, upperAscii
    case quote = "strings.quote"
    case regexExtract = "regex.extract"
    case regexExtractAll = "regex.extractAll"
    case regexReplace = "regex.replace"
    // Lists and maps
    case distinct, first, flatten, last, reverse, size, slice, sort
    case range = "lists.range"
    // Numbers
    case abs = "math.abs"
    case bitAnd = "math.bitAnd"
    case bitNot = "math.bitNot"
    case bitOr = "math.bitOr"
    case bitShiftLeft = "math.bitShiftLeft"
    case bitShiftRight = "math.bitShiftRight"
    case bitXor = "math.bitXor"
    case ceil = "math.ceil"
    case floor = "math.floor"
    case greatest = "math.greatest"
    case isFinite = "math.isFinite"
    case isInf = "math.isInf"
    case isNaN = "math.isNaN"
    case least = "math.least"
    case round = "math.round"
    case sign = "math.sign"
    case sqrt = "math.sqrt"
    case trunc = "math.trunc"
    case avg, count, max, median, min, percentile, sum
    // Encodings
    case base64Decode = "base64.decode"
    case base64Encode = "base64.encode"
    // Dates and times
    case getDate, getDayOfMonth, getDayOfWeek, getDayOfYear, getFullYear, getHours, getMilliseconds,
        getMinutes
    case getMonth, getSeconds, now
    // Optionals
    case hasValue, or, orValue, value
    case optionalNone = "optional.none"
    case optionalOf = "optional.of"
    case optionalOfNonZeroValue = "optional.ofNonZeroValue"
    case optionalUnwrap = "optional.unwrap"
    case unwrapOpt
    // Pipelines
    case always, failed, fence, indent, json, lines, succeeded, yaml
    case codeBlocks = "code_blocks"
    case parseJSON = "parse_json"
    case urlEncode = "url_encode"

    /// Words before a dot that belong to the name of a function.
    static let namespaces: Set<String> = [
        "base64", "cel", "lists", "math", "optional", "regex", "strings",
    ]

    /// How many arguments it takes as `f(x, y)`; nil when it is not called so.
    var globalArity: ClosedRange<Int>? {
        switch self {
        case .bool, .bytes, .double, .duration, .dyn, .int, .string, .timestamp, .type, .uint, .size,
            .quote:
            1...1
        case .matches: 2...2
        case .regexExtract, .regexExtractAll: 2...2
        case .regexReplace: 3...4
        case .range, .abs, .bitNot, .ceil, .floor, .isFinite, .isInf, .isNaN, .round, .sign, .sqrt,
            .trunc:
            1...1
        case .bitAnd, .bitOr, .bitXor, .bitShiftLeft, .bitShiftRight: 2...2
        case .greatest, .least: 1...Int.max
        case .base64Decode, .base64Encode, .optionalOf, .optionalOfNonZeroValue, .optionalUnwrap: 1...1
        case .optionalNone, .now, .always, .failed, .succeeded: 0...0
        case .avg, .count, .max, .median, .min, .sum: 1...1
        case .percentile: 2...2
        case .json, .lines, .yaml, .codeBlocks, .parseJSON, .urlEncode: 1...1
        case .fence: 1...2
        case .indent: 2...2
        default: nil
        }
    }

    /// How many arguments it takes after the receiver as `x.f(y)`; nil when it is not called so.
    var methodArity: ClosedRange<Int>? {
        switch self {
        case .charAt, .contains, .endsWith, .format, .matches, .startsWith: 1...1
        case .indexOf, .lastIndexOf, .split, .substring: 1...2
        case .join, .flatten: 0...1
        case .lowerAscii, .upperAscii, .trim, .distinct, .first, .last, .reverse, .size, .sort: 0...0
        case .replace: 2...3
        case .slice: 2...2
        case .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear, .getFullYear, .getHours,
            .getMilliseconds,
            .getMinutes, .getMonth, .getSeconds:
            0...1
        case .hasValue, .value, .unwrapOpt: 0...0
        case .or, .orValue: 1...1
        case .avg, .count, .max, .median, .min, .sum: 0...0
        case .percentile, .indent: 1...1
        case .json, .lines, .yaml, .codeBlocks, .parseJSON, .urlEncode: 0...0
        case .fence: 0...1
        default: nil
        }
    }
}
