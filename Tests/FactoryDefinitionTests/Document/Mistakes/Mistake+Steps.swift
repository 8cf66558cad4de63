extension Mistake {
    static let steps = [
        Mistake(
            "ids that are none",
            steps: #"""
                  - {id: My Step, type: transform}
                  - {id: end, type: transform}
                  - {type: transform}
                  - {id: a, type: transform}
                  - {id: a, type: transform}
                """#,
            #"""
            4:10 invalid_name: `My Step` is no step id — an id has lower-case letters, digits, `_` and \#
            `-`, begins with a letter and has at most 64
            5:10 invalid_name: `end` is reserved — choose another id
            6:5 missing_key: a step misses `id` — add a name for it, such as `id: plan`
            8:10 duplicate_id: duplicate step id `a` — it stands on line 7 already; ids are unique in \#
            the document
            """#),
        Mistake(
            "unknown types",
            steps: #"""
                  - {id: a, type: promt}
                  - {id: b}
                  - {id: c, type: Code}
                """#,
            #"""
            4:19 unknown_step_type: unknown step type `promt` — did you mean `prompt`? (types are \#
            prompt, code, file, api, condition, transform, loop, pipeline, approval)
            5:5 missing_key: a step misses `type` — one of prompt, code, file, api, condition, \#
            transform, loop, pipeline, approval
            6:19 unknown_step_type: unknown step type `Code` — did you mean `code`? (types are prompt, \#
            code, file, api, condition, transform, loop, pipeline, approval)
            """#),
        Mistake(
            "a field beside `with`",
            steps: #"""
                  - id: a
                    type: prompt
                    prompt: Hello
                    with: {prompt: Hi}
                """#,
            #"""
            6:5 unknown_key: unknown key `prompt` in step `a` — it belongs under `with`
            """#),
        Mistake(
            "bad durations",
            steps: #"""
                  - {id: a, type: transform, timeout: 30}
                  - {id: b, type: transform, timeout: 0s}
                  - {id: c, type: transform, timeout: 1.5h, retry: {max_attempts: 2, delay: soon}}
                """#,
            #"""
            4:39 invalid_duration: `timeout` is no duration — did you mean `30s`? write a number and a \#
            unit: 250ms, 30s, 5m or 2h
            5:39 invalid_duration: `timeout` must be longer than zero — write a number and a unit: \#
            250ms, 30s, 5m or 2h
            6:39 invalid_duration: `timeout` is no duration — write a number and a unit: 250ms, 30s, 5m \#
            or 2h
            6:77 invalid_duration: `retry.delay` is no duration — write a number and a unit: 250ms, \#
            30s, 5m or 2h
            """#),
        Mistake(
            "a retry without attempts",
            steps: #"""
                  - {id: a, type: transform, retry: {delay: 5s}}
                """#,
            #"""
            4:37 warning no_effect: `retry` has no effect with one attempt — add `max_attempts`, the \#
            first attempt included
            """#),
        Mistake(
            "an unknown reaction to errors",
            steps: #"""
                  - {id: a, type: transform, on_error: ignore}
                  - {id: b, type: transform, on_error: {values: 1}}
                """#,
            #"""
            4:40 invalid_value: unknown value `ignore` of `on_error` — it takes `fail`, `continue`, \#
            `{value: …}`
            5:40 missing_key: `on_error` misses `value` — write `fail`, `continue` or `{value: …}`
            5:41 unknown_key: unknown key `values` in `on_error` — did you mean `value`?
            """#),
        Mistake(
            "a quoted bool",
            steps: #"""
                  - {id: a, type: transform, enabled: "no"}
                """#,
            #"""
            4:39 invalid_type: `enabled` takes true or false, not text — write false, in lower case and \#
            without quotes
            """#),
        Mistake(
            "a cycle",
            steps: #"""
                  - {id: a, type: transform, needs: [b]}
                  - {id: b, type: transform, needs: [a]}
                """#,
            #"""
            4:5 cycle: cycle: a → b → a (each needs the next) — remove one of these needs
            """#),
        Mistake(
            "a need that does not exist",
            steps: #"""
                  - {id: plan, type: transform}
                  - {id: b, type: transform, needs: [plam]}
                """#,
            #"""
            5:38 unknown_step: unknown step `plam` in `needs` — did you mean `plan`?
            """#),
        Mistake(
            "a reference downwards",
            steps: #"""
                  - {id: a, type: transform, with: {input: "{{ steps.b.output.result }}"}}
                  - {id: b, type: transform}
                """#,
            #"""
            4:48 forward_reference: step `a` refers to `b`, which does not precede it — move `b` above \#
            it, or name it in `needs`
            """#),
        Mistake(
            "a condition without branches",
            steps: #"""
                  - {id: q, type: condition, with: {if: 'true'}}
                """#,
            #"""
            4:5 invalid_branch: the condition `q` has no branches — add `then` or `else` with step ids, \#
            `end` or `fail`
            """#),
        Mistake(
            "a condition that mixes its forms",
            steps: #"""
                  - id: q
                    type: condition
                    with:
                      if: 'true'
                      then: [a]
                      cases: [{when: 'true', then: a}]
                      message: no
                  - {id: a, type: transform}
                """#,
            #"""
            9:7 conflict: `if` and `cases` cannot stand together — keep one of them
            10:16 warning no_effect: `message` has no effect: no branch of `q` is `fail` — remove it
            """#),
    ]
}
