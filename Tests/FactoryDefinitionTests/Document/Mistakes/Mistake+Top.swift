extension Mistake {
    static let top = [
        Mistake(
            "nothing but a name",
            #"""
            name: Demo_1
            """#,
            #"""
            1:1 missing_key: the document misses `version` — begin with `version: 1`
            1:1 missing_key: the document misses `steps` — add at least one step
            1:7 invalid_name: `Demo_1` is no pipeline's name — a name has lower-case letters, digits \#
            and `-` between them, at most 64; `title` is free text
            """#),
        Mistake(
            "unknown keys",
            #"""
            version: 2
            name: demo
            step: []
            ouputs: {}
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            1:10 invalid_value: `version` is the format's version, and must be 1 — write `version: 1`
            3:1 unknown_key: unknown key `step` in the document — did you mean `steps`?
            4:1 unknown_key: unknown key `ouputs` in the document — did you mean `outputs`?
            """#),
        Mistake(
            "no steps in the list",
            #"""
            version: 1
            name: demo
            steps: []
            """#,
            #"""
            3:8 invalid_value: the document has no steps — add at least one step
            """#),
        Mistake(
            "defaults that are none",
            #"""
            version: 1
            name: demo
            defaults: {timeout: 5, retry: {max_attempts: 0, on: [timeot]}, temperature: 1}
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            3:21 invalid_duration: `defaults.timeout` is no duration — did you mean `5s`? write a \#
            number and a unit: 250ms, 30s, 5m or 2h
            3:46 invalid_value: `retry.max_attempts` is 0; it must lie between 1 and 100
            3:54 invalid_value: unknown value `timeot` of `retry.on` — did you mean `timeout`? (it \#
            takes `rate_limit`, `timeout`, `server_error`, `network`, `invalid_output`, `any`)
            3:64 unknown_key: unknown key `temperature` in `defaults` — known: model, timeout, retry, cache
            """#),
        Mistake(
            "an unknown change policy",
            #"""
            version: 1
            name: demo
            changes: aply
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            3:10 invalid_value: unknown value `aply` of `changes` — did you mean `apply`? (it takes \#
            `auto`, `apply`, `review`, `discard`)
            """#),
        Mistake(
            "outputs that name no step",
            #"""
            version: 1
            name: demo
            steps:
              - {id: plan, type: transform}
            outputs:
              x: steps.plam.output.result
              y: plan
            """#,
            #"""
            6:6 unknown_step: unknown step `plam` — did you mean `plan`?
            7:6 unknown_name: unknown name `plan` — did you mean `steps.plan.output`?
            """#),
    ]
}
