extension Signature {
    private static let any = ExpressionType.dyn
    private static let anyList = ExpressionType.list(of: .dyn)
    private static let anyMap = ExpressionType.map(of: .dyn)
    private static let anyOptional = ExpressionType.optional(of: .dyn)
    private static let numeric = ExpressionType.union([.int, .uint, .double])
    /// What `<` compares and lists are sorted by.
    private static let ordered = ExpressionType.union([
        .bool, .int, .uint, .double, .string, .bytes, .duration, .timestamp,
    ])

    /// What every function takes and gives.
    static let all: [Builtin: Signature] = conversions.merging(texts) { $1 }.merging(lists) { $1 }
        .merging(numbers) { $1 }.merging(times) { $1 }.merging(optionals) { $1 }.merging(documents) { $1 }

    private static let conversions: [Builtin: Signature] = [
        .bool: .of(.union([.bool, .string]), gives: .bool),
        .bytes: .of(.union([.bytes, .string]), gives: .bytes),
        .double: .of(.union([.int, .uint, .double, .string]), gives: .double),
        .duration: .of(.union([.duration, .string]), gives: .duration),
        .dyn: .of(any, gives: .type(any)),
        .int: .of(.union([.int, .uint, .double, .string, .timestamp]), gives: .int),
        .string: .of(
            .union([.string, .bool, .int, .uint, .double, .bytes, .duration, .timestamp, .type]), gives: .string),
        .timestamp: .of(.union([.timestamp, .int, .string]), gives: .timestamp),
        .type: .of(any, gives: .type),
        .uint: .of(.union([.int, .uint, .double, .string]), gives: .uint),
    ]

    private static let texts: [Builtin: Signature] = [
        .charAt: .of(.string, .int, gives: .string),
        .contains: .of(.string, .string, gives: .bool),
        .endsWith: .of(.string, .string, gives: .bool),
        .startsWith: .of(.string, .string, gives: .bool),
        .format: .of(.string, anyList, gives: .string),
        .indexOf: .of(.string, .string, .int, optional: 1, gives: .int),
        .lastIndexOf: .of(.string, .string, .int, optional: 1, gives: .int),
        .join: .of(.list(of: .string), .string, optional: 1, gives: .string),
        .lowerAscii: .of(.string, gives: .string),
        .upperAscii: .of(.string, gives: .string),
        .trim: .of(.string, gives: .string),
        .quote: .of(.string, gives: .string),
        .matches: .of(.string, .string, gives: .bool),
        .replace: .of(.string, .string, .string, .int, optional: 1, gives: .string),
        .split: .of(.string, .string, .int, optional: 1, gives: .list(of: .string)),
        .substring: .of(.string, .int, .int, optional: 1, gives: .string),
        .regexExtract: .of(.string, .string, gives: .optional(of: .string)),
        .regexExtractAll: .of(.string, .string, gives: .list(of: .string)),
        .regexReplace: .of(.string, .string, .string, .int, optional: 1, gives: .string),
    ]

    private static let lists: [Builtin: Signature] = [
        .distinct: .of(anyList, gives: .same),
        .first: .of(anyList, gives: .optionalElement),
        .last: .of(anyList, gives: .optionalElement),
        .flatten: .of(anyList, .int, optional: 1, gives: .flattened),
        .reverse: Signature(.form(.string, gives: .same), .form(anyList, gives: .same)),
        .size: .of(.union([.string, .bytes, anyList, anyMap]), gives: .int),
        .slice: .of(anyList, .int, .int, gives: .same),
        .sort: .of(.list(of: ordered), gives: .same),
        .range: .of(.int, gives: .list(of: .int)),
        .count: .of(.union([anyList, anyMap]), gives: .int),
        .min: .of(.list(of: ordered), gives: .element),
        .max: .of(.list(of: ordered), gives: .element),
        .sum: .of(.list(of: numeric), gives: .sum),
        .avg: .of(.list(of: numeric), gives: .double),
        .median: .of(.list(of: numeric), gives: .double),
        .percentile: .of(.list(of: numeric), numeric, gives: .double),
    ]

    private static let numbers: [Builtin: Signature] = [
        .abs: .of(numeric, gives: .same),
        .sign: .of(numeric, gives: .same),
        .sqrt: .of(numeric, gives: .double),
        .ceil: .of(.double, gives: .double),
        .floor: .of(.double, gives: .double),
        .round: .of(.double, gives: .double),
        .trunc: .of(.double, gives: .double),
        .isFinite: .of(.double, gives: .bool),
        .isInf: .of(.double, gives: .bool),
        .isNaN: .of(.double, gives: .bool),
        .bitAnd: sameIntegers, .bitOr: sameIntegers, .bitXor: sameIntegers,
        .bitNot: .of(.union([.int, .uint]), gives: .same),
        .bitShiftLeft: .of(.union([.int, .uint]), .int, gives: .same),
        .bitShiftRight: .of(.union([.int, .uint]), .int, gives: .same),
        .greatest: extreme, .least: extreme,
    ]

    private static let sameIntegers = Signature(
        .form(.int, .int, gives: .type(.int)), .form(.uint, .uint, gives: .type(.uint)))

    private static let extreme = Signature(
        .form(numeric, isVariadic: true, gives: .anyArgument), .form(.list(of: numeric), gives: .element))

    private static let times: [Builtin: Signature] = [
        .getDate: datePart, .getDayOfMonth: datePart, .getDayOfWeek: datePart, .getDayOfYear: datePart,
        .getFullYear: datePart, .getMonth: datePart,
        .getHours: timePart, .getMilliseconds: timePart, .getMinutes: timePart, .getSeconds: timePart,
        .now: Signature(.form(gives: .type(.timestamp))),
    ]

    private static let datePart = Signature.of(.timestamp, .string, optional: 1, gives: .int)
    private static let timePart = Signature(
        .form(.timestamp, .string, optional: 1, gives: .type(.int)), .form(.duration, gives: .type(.int)))

    private static let optionals: [Builtin: Signature] = [
        .hasValue: .of(anyOptional, gives: .bool),
        .or: .of(anyOptional, anyOptional, gives: .anyArgument),
        .orValue: .of(anyOptional, any, gives: .contentOrSecond),
        .value: .of(anyOptional, gives: .content),
        .optionalNone: Signature(.form(gives: .type(anyOptional))),
        .optionalOf: .of(any, gives: .optional),
        .optionalOfNonZeroValue: .of(any, gives: .optional),
        .optionalUnwrap: .of(.list(of: anyOptional), gives: .listOfContents),
        .unwrapOpt: .of(.list(of: anyOptional), gives: .listOfContents),
    ]

    private static let documents: [Builtin: Signature] = [
        .always: Signature(.form(gives: .type(.bool))),
        .failed: Signature(.form(gives: .type(.bool))),
        .succeeded: Signature(.form(gives: .type(.bool))),
        .base64Decode: .of(.string, gives: .bytes),
        .base64Encode: .of(.bytes, gives: .string),
        .fence: .of(.string, .string, optional: 1, gives: .string),
        .indent: .of(.string, .int, gives: .string),
        .json: .of(any, gives: .string),
        .yaml: .of(any, gives: .string),
        .lines: .of(.string, gives: .list(of: .string)),
        .codeBlocks: .of(
            .string, gives: .list(of: .fields([("language", .string), ("code", .string)]))),
        .parseJSON: .of(.string, gives: .type(any)),
        .urlEncode: .of(.string, gives: .string),
    ]
}
