import FactoryExpressions
import FactoryJSON
import Testing

@Suite("Parsers and evaluator under mutated sources")
struct SyntaxFuzzTests {
    private static let expressions = [
        "inputs.files.filter(f, f.matches('^a.*\\\\.py$')).map(f, {'name': f, ?'x': inputs.?none})[0].name + string(1u)",
        "has(steps.plan.output) ? default(steps.write.output, [1, 2.5e3, 0xFF]) : b'\\x00' == bytes(r\"a\\b\")",
        "cel.bind(x, duration('1h') + duration('5s'), [now() - x, timestamp(0)].exists(t, i, i < now())) && !false",
        "'%s %.3f'.format([yaml({'a': \"\"\"x\ny\"\"\"}), -9223372036854775808 % 7]).split(' ', -1).join('é')",
    ]
    private static let templates = [
        "a {{- inputs.name -}} b {% if inputs.count > 2 %}x{% elif false %}y{% else %}{{ 1 }}{% endif %} {# c #}",
        "{% for i, f in inputs.files -%} {{ i }}: {{ fence(f, 'py') }} {%- endfor %}{% raw %}{{ x }}{% endraw %}",
    ]
    private static let pieces =
        Array("(){}[].?:,|&=!<>+-*/%'\"`\\ \nxbr01e9_#é".utf8)
        + [0xFF, 0x00]

    @Test("end with a value or an error", arguments: 0..<6)
    func ends(seed: UInt64) {
        var random = Randomness(state: seed)
        let limits = EvaluationLimits(steps: 2000, valueBytes: 1 << 16, textBytes: 1 << 14)
        for round in 0..<500 {
            let seeds = round % 2 == 0 ? Self.expressions : Self.templates
            var bytes = Array(seeds[Int(random.next() % UInt64(seeds.count))].utf8)
            for _ in 0...(random.next() % 4) { Self.mutate(&bytes, &random) }
            let source = String(decoding: bytes, as: UTF8.self)
            do throws(ExpressionError) {
                if round % 2 == 0 {
                    _ = try Expression(parsing: source).json(in: .sample, limits: limits)
                } else {
                    _ = try Template(parsing: source).render(in: .sample, limits: limits)
                }
            } catch {
                #expect(!error.message.isEmpty)
                #expect(error.position.offset + error.length <= source.utf8.count)
                #expect(error.description.contains(error.message))
            }
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout Randomness) {
        let place = Int(random.next() % UInt64(bytes.count))
        let piece = pieces[Int(random.next() % UInt64(pieces.count))]
        switch random.next() % 4 {
        case 0: bytes[place] = piece
        case 1: bytes.insert(piece, at: place)
        case 2 where bytes.count > 1: bytes.remove(at: place)
        default:
            let end = min(bytes.count, place + Int(random.next() % 16))
            bytes.insert(contentsOf: bytes[place..<end], at: Int(random.next() % UInt64(bytes.count)))
        }
    }
}

/// Source: S. Vigna, *SplitMix64*, 2015.
private struct Randomness {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
