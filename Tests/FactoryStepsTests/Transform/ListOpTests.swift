import FactoryDomain
import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("Ops on lists and objects") struct ListOpTests {
    @Test(
        "give what they promise",
        arguments: [
            (
                "- distinct: item.k", #"[{"k":1,"n":0},{"k":2,"n":1},{"k":1.0,"n":2}]"#,
                #"[{"k":1,"n":0},{"k":2,"n":1}]"#
            ),
            ("- distinct: item", #"["a","b","a",null,null,[1],[1]]"#, #"["a","b",null,[1]]"#),
            ("- take: 2", "[1,2,3]", "[1,2]"), ("- take: 9", "[1]", "[1]"), ("- take: 0", "[1]", "[]"),
            ("- take: '{{ size(inputs.x) - 1 }}'", "[1,2,3]", "[1,2]"),
            ("- skip: 2", "[1,2,3]", "[3]"), ("- skip: 9", "[1]", "[]"),
            (
                "- group: {by: item.k}", #"[{"k":"b","n":1},{"k":"a","n":2},{"k":"b","n":3}]"#,
                #"[{"key":"b","items":[{"k":"b","n":1},{"k":"b","n":3}]},{"key":"a","items":[{"k":"a","n":2}]}]"#
            ),
            (
                "- aggregate: {n: count(input), sum: sum(input), avg: avg(input), a/b: max(input), m: median(input)}",
                "[1,2,6]", #"{"n":3,"sum":9,"avg":3.0,"a/b":6,"m":2.0}"#
            ),
            ("- aggregate: {top: 'percentile(input.map(o, o.v), 100)'}", #"[{"v":1},{"v":5}]"#, #"{"top":5.0}"#),
            ("- flatten: true", "[[1],2,[[3]],[]]", "[1,2,[3]]"), ("- flatten: false", "[[1]]", "[[1]]"),
            (
                "- omit: [a, b.c, 'l[0]', 'l[2]', none.x]", #"{"a":1,"b":{"c":2,"d":3},"l":[1,2,3]}"#,
                #"{"b":{"d":3},"l":[2]}"#
            ),
            ("- omit: [a]", #"[{"a":1,"b":2},{"b":3}]"#, #"[{"b":2},{"b":3}]"#),
            ("- rename: {a: b, b: a}", #"{"a":1,"b":2,"c":3}"#, #"{"b":1,"a":2,"c":3}"#),
            (
                "- set: {total: item.a * 2, user.name: '\"x\"', 'l[1]': input.a}", #"{"a":2,"l":[0]}"#,
                #"{"a":2,"l":[0,2],"total":4,"user":{"name":"x"}}"#
            ),
            ("- set: {n: index, a: item.a + 1}", #"[{"a":1},{"a":5}]"#, #"[{"a":2,"n":0},{"a":6,"n":1}]"#),
            (
                "- merge: ['{\"b\": {\"y\": 2}, \"c\": [3]}', 'input.b']", #"{"a":1,"b":{"x":1},"c":[1,2]}"#,
                #"{"a":1,"b":{"x":1,"y":2},"c":[3],"x":1}"#
            ),
            ("- merge: ['{\"a\": 1}']", "null", #"{"a":1}"#),
        ])
    func gives(_ ops: String, _ input: String, _ expected: String) async throws {
        #expect(try await OpStage.run(ops, on: JSON(parsing: input)) == JSON(parsing: expected))
    }

    @Test("keep the order of keys that rename and set meet")
    func order() async throws {
        #expect(try await OpStage.run("- rename: {a: z}", on: ["a": 1, "b": 2]).objectValue?.keys == ["z", "b"])
        #expect(try await OpStage.run("- set: {a: '3'}", on: ["a": 1, "b": 2]).objectValue?.keys == ["a", "b"])
    }

    @Test(
        "name themselves, the element and the reason when they fail",
        arguments: [
            ("- distinct: item", #""x""#, "invalid_input", "ops[0] (distinct): it takes a list, not a string"),
            ("- distinct: item.k", #"[{}]"#, "expression_error", "ops[0] (distinct): "),
            ("- take: '{{ -1 + size(inputs.x) }}'", "[]", "invalid_field", "ops[0] (take): take is -1"),
            ("- skip: 1", "{}", "invalid_input", "ops[0] (skip): it takes a list, not an object"),
            ("- group: {by: item.k}", "[{\"k\":1},{}]", "expression_error", "element 1"),
            ("- aggregate: {top: max(input)}", "[]", "expression_error", "ops[0] (aggregate): top: "),
            ("- flatten: true", "{}", "invalid_input", "ops[0] (flatten): "),
            ("- omit: ['a[']", "{}", "invalid_field", "ops[0] (omit): path 0 is no path"),
            ("- omit: [a]", "[1]", "invalid_input", "ops[0] (omit): element 0 is an integer"),
            ("- rename: {a: b}", #"[{"a":1},{"c":1}]"#, "invalid_input", "there is no \"a\" in element 1"),
            ("- rename: {a: b}", #"{"a":1,"b":2}"#, "invalid_input", "two keys would be called \"b\""),
            ("- set: {a.b: '1'}", #"{"a":5}"#, "invalid_input", "ops[0] (set): a.b: \"b\" cannot be set in an integer"),
            ("- set: {'a[3]': '1'}", #"[{"a":[]}]"#, "invalid_input", "index 3 is beyond the end of a list of 0"),
            ("- set: {a: item.z}", "[{}]", "expression_error", "ops[0] (set): a: "),
            ("- merge: ['[1]']", "{}", "invalid_input", "ops[0] (merge): [0] is a list"),
            ("- merge: []", "5", "invalid_input", "ops[0] (merge): it takes an object, not an integer"),
        ])
    func fails(_ ops: String, _ input: String, _ code: String, _ message: String) async throws {
        let failure = try await OpStage.failure(ops, on: JSON(parsing: input))
        #expect(failure.code == code)
        #expect(failure.message.hasPrefix("ops[0] ("), "\(failure.message)")
        #expect(failure.message.contains(message), "\(failure.message)")
    }
}
