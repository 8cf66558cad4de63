extension Mistake {
    static let fields = [
        Mistake(
            "missing fields",
            steps: #"""
                  - {id: a, type: code}
                  - {id: b, type: prompt, with: {}}
                  - {id: c, type: file, with: {operation: copy, path: a}}
                """#,
            #"""
            4:5 missing_key: a code step's `with` misses `language` — add `language`: one of python, \#
            javascript
            4:5 missing_key: a code step's `with` misses `code` — add `code`: the program; never rendered
            5:33 missing_key: a prompt step's `with` misses `prompt` or `messages` — add one of them
            6:31 missing_key: a file step's `with` misses `to`, which `operation: copy` needs — add `to`
            """#),
        Mistake(
            "conflicting bodies",
            steps: #"""
                  - id: a
                    type: api
                    with:
                      url: http://x
                      json: {}
                      text: a
                """#,
            #"""
            9:7 conflict: `json` and `text` cannot stand together — keep one of them
            """#),
        Mistake(
            "fields of another operation",
            steps: #"""
                  - {id: a, type: file, with: {operation: read, path: a, content: x, if_exists: fail}}
                """#,
            #"""
            4:58 conflict: `content` means nothing with `operation: read` — remove it; it belongs to \#
            write, append, edit
            4:70 conflict: `if_exists` means nothing with `operation: read` — remove it; it belongs to \#
            write, copy, move
            """#),
        Mistake(
            "values of the wrong kind",
            steps: #"""
                  - {id: a, type: prompt, with: {prompt: 3, temperature: 3, max_tokens: "5", stop: [1], \#
                stream: yes}}
                """#,
            #"""
            4:42 invalid_type: `prompt` takes text, not an integer — quote it to make it text
            4:58 invalid_value: `temperature` is 3.0; it must lie between 0.0 and 2.0
            4:73 invalid_type: `max_tokens` takes an integer, not text — remove the quotes
            4:85 invalid_type: `stop` takes text, not an integer — quote it to make it text
            4:97 invalid_type: `stream` takes true or false, not text — write true, in lower case and \#
            without quotes
            """#),
        Mistake(
            "bad sizes and limits",
            steps: #"""
                  - {id: a, type: code, with: {language: python, code: x, limits: {memory: lots, wall: 5, \#
                cpus: 1}}}
                """#,
            #"""
            4:76 invalid_size: `memory` is no size above zero — write bytes, or a number and a unit: \#
            64KiB, 512MiB or 2GiB
            4:88 invalid_duration: `wall` is no duration — did you mean `5s`? write a number and a \#
            unit: 250ms, 30s, 5m or 2h
            4:91 unknown_key: unknown key `cpus` in `limits` — did you mean `cpu`?
            """#),
        Mistake(
            "a schema that is none",
            steps: #"""
                  - {id: a, type: prompt, with: {prompt: x, schema: {type: object, properties: {n: {type: \#
                int}}}}}
                """#,
            #"""
            4:53 invalid_schema: `schema` is no JSON Schema: unknown type `int`: did you mean \#
            `integer`? — look at `properties.n.type` of the schema
            """#),
        Mistake(
            "an op with two keys and one that does not exist",
            steps: #"""
                  - {id: a, type: transform, with: {ops: [{map: item, filter: 'true'}, {fliter: 'true'}, \#
                {sort: {order: up}}]}}
                """#,
            #"""
            4:43 conflict: `ops` takes one key, not 2 — one of expression, map, filter, sort, \#
            distinct, take, skip, group, aggregate, pick, omit, rename, set, merge, flatten, convert, extract, \#
            split, join, template, trim, replace, diagnostics, validate, diff, hash
            4:73 unknown_key: unknown key `fliter` in `ops` — did you mean `filter`?
            4:97 missing_key: `sort` misses `by` — add `by`: what to compare
            4:105 invalid_value: unknown value `up` of `order` — it takes `asc`, `desc`
            """#),
        Mistake(
            "statuses that are none",
            steps: #"""
                  - {id: a, type: api, with: {url: http://x, expect: [200, 2xx, 700, 300-200]}}
                """#,
            #"""
            4:65 invalid_value: `expect`: 700 is no HTTP status — write 204, `2xx` or `200-299`
            4:70 invalid_value: `expect` takes HTTP statuses — write 204, `2xx` or `200-299`
            """#),
    ]
}
