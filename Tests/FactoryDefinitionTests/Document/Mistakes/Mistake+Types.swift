extension Mistake {
    private static func typed(_ name: String, _ inputs: String, _ steps: String, _ expected: String) -> Mistake {
        Mistake(name, "version: 1\nname: demo\ninputs: {\(inputs)}\nsteps:\n\(steps)", expected)
    }

    static let types = [
        typed(
            "a key that an input does not have",
            "limits: {type: object, additionalProperties: false, "
                + "properties: {depth: {type: integer}, width: {type: integer}}}",
            #"""
              - {id: a, type: transform, if: inputs.limits.dept > 3}
              - {id: b, type: transform, with: {input: "{{ inputs.limits.depth.x }}"}}
            """#,
            #"""
            5:48 unknown_name: unknown name `inputs.limits.dept` — did you mean `inputs.limits.depth`?
            6:68 type_mismatch: `inputs.limits.depth` is a number and has no key `x`
            """#),
        typed(
            "numbers and texts together", "count: {type: integer}, name: {type: string}, on: {type: boolean}",
            #"""
              - {id: a, type: transform, with: {input: "{{ inputs.count + 'x' }} {{ inputs.name - 1 }}"}}
              - {id: b, type: transform, with: {input: "{{ inputs.name > inputs.count }}"}}
              - {id: c, type: transform, with: {input: "{{ -inputs.name }}{{ inputs.count ? 1 : 2 }}"}}
            """#,
            #"""
            5:61 type_mismatch: + has no meaning between a number and a string — string(inputs.count) makes a \#
            string
            5:85 type_mismatch: - has no meaning between a string and an int — int(inputs.name) or \#
            double(inputs.name) reads a number from a string
            6:60 type_mismatch: > has no meaning between a string and a number — int(inputs.name) or \#
            double(inputs.name) reads a number from a string
            7:49 type_mismatch: - needs a number, not a string — int(inputs.name) or double(inputs.name) reads a \#
            number from a string
            7:66 type_mismatch: the condition of ? : must be a bool, not a number — compare it, such as \#
            inputs.count > 0
            """#),
        typed(
            "functions of other types", "count: {type: integer}, files: {type: array, items: {type: string}}",
            #"""
              - {id: a, type: transform, with: {input: "{{ inputs.count.trim() }}"}}
              - {id: b, type: transform, with: {input: "{{ inputs.files.contains('a') }}"}}
              - {id: c, type: transform, with: {input: "{{ inputs.files.map(f, f.size()).join(', ') }}"}}
              - {id: d, type: transform, with: {input: "{{ size(inputs.count) }}{{ math.ceil(1) }}"}}
            """#,
            #"""
            5:48 type_mismatch: trim needs a string, not a number — string(inputs.count) makes a string
            6:48 type_mismatch: the first argument of contains needs a string, not a list — inputs.files.join(", \#
            ") joins a list of strings, json(inputs.files) writes it
            7:48 type_mismatch: the first argument of join needs a list of strings, not a list of ints — \#
            x.map(item, string(item)).join(…) makes strings first
            8:53 type_mismatch: size needs a string, bytes, a list or a map, not a number — string(inputs.count) \#
            makes a string
            8:82 type_mismatch: math.ceil needs a double, not an int — double(1) makes a double
            """#),
        typed(
            "conditions that are no bools", "count: {type: integer}, name: {type: string}",
            #"""
              - {id: a, type: transform, if: inputs.count}
              - {id: b, type: condition, with: {if: inputs.name, then: end}}
              - {id: c, type: condition, with: {cases: [{when: size(inputs.name), then: end}]}}
              - {id: d, type: transform, with: {input: [1], ops: [{filter: item}, {filter: inputs.name}]}}
            """#,
            #"""
            5:34 type_mismatch: `if` must be a bool, not a number — compare it, such as inputs.count > 0
            6:41 type_mismatch: `if` must be a bool, not a string — compare it, such as inputs.name != ""
            7:52 type_mismatch: `when` must be a bool, not an int — compare it, such as size(inputs.name) > 0
            8:80 type_mismatch: `filter` must be a bool, not a string — compare it, such as inputs.name != ""
            """#),
        typed(
            "tags over the wrong kind", "name: {type: string}, files: {type: array, items: {type: string}}",
            #"""
              - id: a
                type: prompt
                with:
                  prompt: |
                    {% if inputs.name %}x{% endif %}
                    {% for c in inputs.name %}{{ c }}{% endfor %}
                    {% for i, f in inputs.files %}{{ f.path }} {{ i.x }}{% endfor %}
            """#,
            #"""
            9:15 type_mismatch: the condition of a tag must be a bool, not a string — compare it, such as \#
            inputs.name != ""
            10:21 type_mismatch: {% for %} goes over a list or a map, not a string — lines(inputs.name) and \#
            inputs.name.split(",") make lists of a string
            11:44 type_mismatch: `f` is a string and has no key `path` — parse_json(f) reads JSON from a text
            11:57 type_mismatch: `i` is an int and has no key `x`
            """#),
        typed(
            "names that a step does not give", "x: {type: string}",
            #"""
              - {id: ask, type: prompt, with: {prompt: x, schema: {type: object, required: [files],
                 additionalProperties: false, properties: {files: {type: array, items: {type: object,
                 additionalProperties: false, properties: {path: {type: string}}}}}}}}
              - {id: say, type: prompt, with: {prompt: "{{ steps.ask.output.json.files.map(f, f.paht).join() }}"}}
              - {id: use, type: transform, with: {input: "{{ steps.say.output.json.x }}{{ steps.say.output.txt }}"}}
              - {id: file, type: file, with: {operation: stat, path: a}}
              - {id: late, type: transform, with: {input: "{{ steps.file.output.content }}"}}
              - {id: last, type: transform, with: {input: "{{ steps.say.output.usage.tokens }}{{ steps.say.error.cod }}"}}
            """#,
            #"""
            8:85 unknown_name: unknown name `f.paht` — did you mean `f.path`?
            9:67 unknown_output: step `say` gives no `json` — it gives `json` where `schema` is written
            9:96 unknown_output: step `say` gives no `txt` — did you mean `steps.say.output.text`?
            11:69 unknown_output: step `file` gives no `content` — it gives `content` with `operation: read`
            12:74 unknown_name: unknown name `steps.say.output.usage.tokens` — known: input_tokens, \#
            output_tokens, cached_tokens
            12:102 unknown_name: unknown name `steps.say.error.cod` — did you mean `steps.say.error.code`?
            """#),
        typed(
            "a step's own outputs", "x: {type: string}",
            #"""
              - {id: ask, type: prompt, with: {prompt: x}, outputs: {answer: result.text, long: result.txt}}
              - {id: use, type: transform, with: {input: "{{ steps.ask.output.text }}{{ steps.ask.output.answer + 1 }}"}}
            """#,
            #"""
            5:92 unknown_name: unknown name `result.txt` — did you mean `result.text`?
            6:67 unknown_output: step `ask` gives no `text` — known: answer, long
            6:101 type_mismatch: + has no meaning between a string and an int — string(1) makes a string, \#
            int(steps.ask.output.answer) a number
            """#),
        typed(
            "ops on values they do not take", "x: {type: string}",
            #"""
              - {id: a, type: transform, with: {input: "{{ inputs.x }}", ops: [{trim: true}, {map: item}]}}
              - {id: b, type: transform, with: {ops: [{filter: item > 1}]}}
              - {id: c, type: transform, with: {input: [1, 2], ops: [{map: key}, {hash: sha256}]}}
              - id: d
                type: transform
                with:
                  input: "{{ inputs.x }}"
                  ops:
                    - split: {by: lines}
                    - map: 'item + 1'
                    - take: "{{ inputs.x }}"
                    - aggregate: {n: count(input), sum: input.name}
                    - expression: input.m
            """#,
            #"""
            5:83 type_mismatch: `map` takes a list or an object, and the value so far is a string — split and \#
            extract make lists of a text; convert: {from: …} reads one
            6:44 type_mismatch: `filter` takes a list or an object, and the value so far is null — add `input`: \#
            the value to begin with
            7:64 not_available_here: `key` means something only over an object — here there is `index`
            7:71 type_mismatch: `hash` takes text, and the value so far is a list — convert: {to: json} writes \#
            the value as text
            14:22 type_mismatch: + has no meaning between a string and an int — string(1) makes a string, \#
            int(item) a number
            15:17 type_mismatch: `take` takes an integer, not a string — int(x) makes an integer \#
            of a text
            16:51 type_mismatch: `input` is a list and has no key `name` — input[0] is an element; \#
            input.map(item, item.name) selects from every one
            17:29 unknown_name: unknown name `input.m` — did you mean `input.n`?
            """#),
        typed(
            "a branch that would fail", "count: {type: integer}",
            #"""
              - {id: a, type: transform, with: {input: "{{ inputs.count > 1 ? inputs.count + 'x' : 'y' }}"}}
            outputs: {n: steps.a.output.result + 1, m: "size(steps.a.output.result_type) + 'x'"}
            """#,
            #"""
            5:80 warning type_mismatch: + has no meaning between a number and a string — string(inputs.count) \#
            makes a string
            6:78 type_mismatch: + has no meaning between an int and a string — \#
            string(size(steps.a.output.result_type)) makes a string
            """#),
    ]
}
