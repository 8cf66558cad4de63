/// Makes expressions that can be read, of names that may be there and types that may fit.
struct ExpressionSketch {
    /// Leaves out what hides an error in a part that is evaluated (`&&`, `||`, quantifiers) and what may make a list
    /// empty, over which no body is evaluated.
    let isCautious: Bool

    private static let methods0 = [
        "size", "trim", "lowerAscii", "reverse", "distinct", "sort", "sum", "min", "max", "avg", "count", "json",

        "hasValue", "value", "getFullYear", "getHours", "median",
    ]
    private static let methods1 = [
        "contains", "startsWith", "charAt", "join", "matches", "indexOf", "orValue", "or", "indent", "percentile",
        "format",
    ]
    private static let emptying = [
        "flatten()", "first()", "last()", "split('b')", "slice(0, 1)", "unwrapOpt()", "lines()",
    ]
    private static let functions = [
        "int", "double", "string", "bool", "type", "dyn", "size", "json", "math.abs", "math.ceil", "math.sign", "bytes",
        "duration", "timestamp", "uint", "optional.of", "optional.ofNonZeroValue", "math.greatest", "base64.encode",
        "math.bitNot", "url_encode", "math.sqrt", "math.isNaN", "sum", "parse_json",
    ]
    private static let functions2 = [
        "math.greatest", "math.bitAnd", "math.bitShiftLeft", "percentile", "indent", "fence",
    ]
    private static let macros = ["map", "sortBy", "transformList", "transformMap", "transformMapEntry"]
    private static let literals = [
        "1", "0", "2.5", "1u", "'k'", "'a b'", "true", "null", "b'x'", "[1, 2]", "['x']", "{'k': 1, 'o': 'x'}", "now()",
        "duration('1h')", "{1: 'x'}", "[{'k': 1}]", "int", "[[1], [2]]", "optional.none()", "[optional.of(1)]",
    ]

    func text(depth: Int, locals: [String] = [], _ random: inout SeededRandomness) -> String {
        func inner(_ random: inout SeededRandomness) -> String { text(depth: depth - 1, locals: locals, &random) }
        guard depth > 0 else { return leaf(locals, &random) }
        switch random.below(22) {
        case 0: return leaf(locals, &random)
        case 1, 2: return "(\(inner(&random)) \(random.one(of: ["+", "-", "*", "/", "%"])) \(inner(&random)))"
        case 3: return "(\(inner(&random)) \(random.one(of: ["<", ">=", "==", "!=", "in"])) \(inner(&random)))"
        case 4: return "(\(inner(&random)) ? \(inner(&random)) : \(inner(&random)))"
        case 5: return isCautious ? inner(&random) : logic(inner(&random), inner(&random), &random)
        case 6: return random.below(2) == 0 ? "!(\(inner(&random)))" : "-(\(inner(&random)))"
        case 7, 8: return "\(chain(inner(&random), &random))"
        case 9: return "\(inner(&random))[\(inner(&random))]"
        case 10: return "\(inner(&random)).\(random.one(of: Self.methods0))()"
        case 11: return "\(inner(&random)).\(random.one(of: Self.methods1))(\(inner(&random)))"
        case 12: return "\(random.one(of: Self.functions))(\(inner(&random)))"
        case 13: return "\(random.one(of: Self.functions2))(\(inner(&random)), \(inner(&random)))"
        case 14, 15, 16: return macro(inner(&random), depth, locals, &random)
        case 17: return "has(\(chain(inner(&random), &random)))"
        case 18: return "default(\(inner(&random)), \(inner(&random)))"
        case 19: return collection(inner(&random), inner(&random), &random)
        case 20:
            let body = text(depth: depth - 1, locals: locals + ["v"], &random)
            return "cel.bind(v, \(inner(&random)), \(body))"
        default: return isCautious ? inner(&random) : "\(inner(&random)).\(random.one(of: Self.emptying))"
        }
    }

    private func leaf(_ locals: [String], _ random: inout SeededRandomness) -> String {
        if random.below(4) == 0 { return random.one(of: Self.literals) }
        if !locals.isEmpty, random.below(2) == 0 { return random.one(of: locals) }
        let name = random.one(of: ["a", "b", "c", "d", "a", "b", "c", "d", "e"])
        return random.below(3) == 0 ? chain(name, &random) : name
    }

    private func chain(_ base: String, _ random: inout SeededRandomness) -> String {
        let key = random.one(of: ["k", "m", "n", "o", "z"])
        return switch random.below(8) {
        case 0: "\(base).?\(key)"
        case 1: "\(base)['\(key)']"
        case 2: "\(base)[?'\(key)']"
        default: "\(base).\(key)"
        }
    }

    private func logic(_ left: String, _ right: String, _ random: inout SeededRandomness) -> String {
        "(\(left) \(random.one(of: ["&&", "||"])) \(right))"
    }

    private func macro(
        _ list: String, _ depth: Int, _ locals: [String], _ random: inout SeededRandomness
    ) -> String {
        let body = text(depth: depth - 1, locals: locals + ["x"], &random)
        if random.below(5) == 0 { return "\(list).\(random.one(of: ["optMap", "optFlatMap"]))(x, \(body))" }
        if !isCautious, random.below(3) == 0 {
            let name = random.one(of: ["filter", "all", "exists", "exists_one", "map"])
            return name == "map" ? "\(list).map(x, \(body), x)" : "\(list).\(name)(x, \(body))"
        }
        switch random.one(of: Self.macros) {
        case let name where name.hasPrefix("transform"):
            let wrapped = name == "transformMapEntry" ? "{string(i): \(body)}" : body
            return "\(list).\(name)(i, x, \(wrapped))"
        case let name: return "\(list).\(name)(x, \(body))"
        }
    }

    private func collection(_ first: String, _ second: String, _ random: inout SeededRandomness) -> String {
        switch random.below(4) {
        case 0: "[\(first), \(second)]"
        case 1: "{'k': \(first), 'm': \(second)}"
        case 2: "{\(first): \(second)}"
        default: isCautious ? "[\(first)]" : "[?\(first), \(second)]"
        }
    }
}
