extension Mistake {
    static let reach = [
        Mistake(
            "branches that are never taken",
            steps: #"""
                  - {id: a, type: condition, with: {if: 1 > 2, then: [b], else: [c]}}
                  - {id: b, type: transform}
                  - {id: c, type: condition, with: {if: 'true', then: [d], else: fail, message: no}}
                  - {id: d, type: transform}
                """#,
            #"""
            4:54 warning dead_branch: `then` of the condition `a` is never taken: `if` is always false \#
            — let `if` ask for something that a run decides, or remove the branch
            5:10 warning never_runs: step `b` never runs: the condition `a` never takes the branch it \#
            stands in — mend the condition, or remove the step
            6:66 warning dead_branch: `else` of the condition `c` is never taken: `if` is always true — \#
            let `if` ask for something that a run decides, or remove the branch
            """#),
        Mistake(
            "cases after one that is always true",
            #"""
            version: 1
            name: demo
            inputs: {n: {type: integer}}
            steps:
              - id: size
                type: condition
                with:
                  cases:
                    - {when: inputs.n < 0, then: end}
                    - {when: '"a" == "b"', then: [never]}
                    - {when: inputs.n < 0, then: [twice]}
                    - {when: size("abc") == 3, then: [some]}
                    - {when: inputs.n > 9, then: [many]}
                  else: [other]
              - {id: never, type: transform}
              - {id: twice, type: transform}
              - {id: some, type: transform}
              - {id: many, type: transform}
              - {id: other, type: transform}
              - {id: join, type: transform, needs: [many, other]}
              - {id: all, type: transform, needs: [some, join]}
            """#,
            #"""
            10:18 warning dead_branch: `cases[1]` of the condition `size` is never taken: `when` is \#
            always false — mend `when`, change the order, or remove the case
            11:18 warning dead_branch: `cases[2]` of the condition `size` is never taken: `cases[0]` \#
            before it asks the same — mend `when`, change the order, or remove the case
            13:18 warning dead_branch: `cases[4]` of the condition `size` is never taken: `cases[3]` \#
            before it is always true — mend `when`, change the order, or remove the case
            14:13 warning dead_branch: `else` of the condition `size` is never taken: `cases[3]` is \#
            always true — mend that case, or remove `else`
            15:10 warning never_runs: step `never` never runs: the condition `size` never takes the \#
            branch it stands in — mend the condition, or remove the step
            16:10 warning never_runs: step `twice` never runs: the condition `size` never takes the \#
            branch it stands in — mend the condition, or remove the step
            18:10 warning never_runs: step `many` never runs: the condition `size` never takes the \#
            branch it stands in — mend the condition, or remove the step
            19:10 warning never_runs: step `other` never runs: the condition `size` never takes the \#
            branch it stands in — mend the condition, or remove the step
            20:10 warning never_runs: step `join` never runs: nothing that it needs ever runs — mend \#
            the condition, or remove the step
            """#),
        Mistake(
            "steps behind the end of the run",
            #"""
            version: 1
            name: demo
            inputs: {n: {type: integer}}
            steps:
              - {id: a, type: condition, with: {if: inputs.n > 1, then: end, else: fail, message: no}}
              - {id: b, type: transform}
              - {id: c, type: transform, if: always()}
              - {id: d, type: transform, needs: []}
              - {id: e, type: condition, needs: [d], with: {if: inputs.n > 2, then: [f]}}
              - {id: f, type: condition, with: {cases: [{when: inputs.n > 3, then: end}], else: end}}
              - {id: g, type: transform, needs: [d, f]}
            """#,
            #"""
            6:10 warning never_runs: step `b` never runs: the condition `a` before it always ends the \#
            run — let a branch lead on, or move the step above the condition
            7:10 warning never_runs: step `c` never runs: the condition `a` before it always ends the \#
            run — let a branch lead on, or move the step above the condition
            """#),
        Mistake(
            "an `if` that is always false",
            steps: #"""
                  - {id: a, type: transform, if: "1 + 1 == 3"}
                  - {id: b, type: transform}
                  - {id: c, type: condition, if: "false", with: {if: has(steps.b.output), then: [d]}}
                  - {id: d, type: transform}
                  - {id: e, type: transform, if: "false", enabled: false}
                  - {id: f, type: transform, if: "true || failed()"}
                """#,
            #"""
            4:10 warning never_runs: step `a` never runs: its `if` is always false — write `enabled: \#
            false` to switch it off, or remove it
            6:10 warning never_runs: step `c` never runs: its `if` is always false — write `enabled: \#
            false` to switch it off, or remove it
            7:10 warning never_runs: step `d` never runs: the condition `c` never takes the branch it \#
            stands in — mend the condition, or remove the step
            """#),
    ]

    static let places = [
        Mistake(
            "times that cannot pass",
            steps: #"""
                  - {id: a, type: code, timeout: 1h, with: {language: python, code: x, limits: {wall: 10m}}}
                  - {id: b, type: code, with: {language: python, code: x, limits: {wall: 1m}}}
                  - {id: c, type: transform, retry: {max_attempts: 3, delay: 10m}}
                  - {id: d, type: transform, timeout: 1001h, retry: {max_attempts: 101, max_delay: 99999999h}}
                """#,
            #"""
            4:34 warning no_effect: `timeout` is 1h, and a code step ends after 15m at the latest — \#
            write 15m, or do the work in several steps
            5:74 warning no_effect: `wall` is 1m, and the step's `timeout` ends it after 30s — raise \#
            `timeout` of the step; `wall` can only be shorter
            6:62 warning no_effect: `delay` is 10m, and no wait is longer than `max_delay`, 5m — raise \#
            `max_delay`, or shorten `delay`
            7:39 invalid_duration: `timeout` is 1001h — it goes from 1ms to 1000h
            7:68 invalid_value: `retry.max_attempts` is 101; it must lie between 1 and 100
            7:84 invalid_duration: `retry.max_delay` is 99999999h — it goes from 1ms to 1000h
            """#),
        Mistake(
            "limits that the sandbox does not have",
            steps: #"""
                  - {id: a, type: code, with: {language: python, code: x, limits: {wall: 16m, cpu: 1h, memory: \#
                1MiB, processes: 300, output: 17MiB}}}
                  - {id: b, type: code, with: {language: python, code: x, limits: {memory: 9999GiB, output: 0}}}
                  - {id: c, type: api, with: {url: "http://x", max_bytes: 101MiB}}
                """#,
            #"""
            4:74 invalid_duration: `wall` is 16m — it goes from 1ms to 15m
            4:84 invalid_duration: `cpu` is 1h — it goes from 1ms to 15m
            4:96 invalid_size: `memory` is 1MiB — it goes from 16MiB to 4GiB
            4:113 invalid_value: `processes` is 300; it must lie between 1 and 256
            4:126 invalid_size: `output` is 17MiB — it goes from 1 to 16MiB
            5:76 invalid_size: `memory` is 9999GiB — it goes from 16MiB to 4GiB
            5:93 invalid_size: `output` is no size above zero — write bytes, or a number and a unit: \#
            64KiB, 512MiB or 2GiB
            6:59 invalid_size: `max_bytes` is 101MiB — it goes from 1 to 100MiB
            """#),
        Mistake(
            "formats of another operation, and an edit of nothing",
            steps: #"""
                  - {id: a, type: file, with: {operation: write, path: a, content: b, format: unified}}
                  - {id: b, type: file, with: {operation: edit, path: a, content: b, format: json}}
                  - {id: c, type: file, with: {operation: append, path: a, content: b, format: xml}}
                  - {id: d, type: file, with: {operation: edit, path: a}}
                  - {id: e, type: file, with: {operation: write, path: a, content: b, format: json, encoding: base64}}
                """#,
            #"""
            4:79 conflict: `format: unified` means nothing with `operation: write` — use text, json, \#
            jsonl, yaml, toml, csv, tsv, xml, lines, markdown_table
            5:78 conflict: `format: json` means nothing with `operation: edit` — use whole, \#
            search_replace, unified
            6:80 conflict: `format: xml` means nothing with `operation: append` — use text, json, \#
            jsonl, yaml, toml, csv, tsv, lines
            7:31 missing_key: a file step's `with` misses `edits` or `content`, which `operation: edit` \#
            needs — add one of them
            8:71 conflict: `format` means nothing with `encoding: base64` — remove it; it belongs to \#
            utf-8
            """#),
        Mistake(
            "ops that every run would refuse",
            steps: #"""
                  - id: a
                    type: transform
                    with:
                      ops:
                        - replace: {pattern: "a(", with: b}
                        - extract: {what: regex, pattern: "[z-a]"}
                        - split: {by: regex, at: "(?=a)"}
                        - split: {by: lines, size: 3, overlap: 3}
                        - convert: {from: csv, delimiter: "::"}
                        - convert: {to: tsv, delimiter: ";"}
                """#,
            #"""
            8:11 type_mismatch: `replace` takes text or a list of texts, and the value so far is null — \#
            add `input`: the value to begin with
            8:30 invalid_value: `pattern` is no regular expression: a group of the pattern is not \#
            closed with ) — patterns have the syntax of RE2
            9:43 invalid_value: `pattern` is no regular expression: [z-a] runs backwards in the pattern \#
            — patterns have the syntax of RE2
            10:11 type_mismatch: `split` takes text, and the value so far is a list — convert: {to: \#
            json} writes the value as text
            10:34 invalid_value: `at` is no regular expression: look-around such as (?=…) does not \#
            exist in patterns — patterns match in linear time; test with a second pattern instead
            11:48 invalid_value: `overlap` is 3, and `size` is 3 — a piece has to hold more than it \#
            repeats
            12:11 type_mismatch: `convert` takes text where `from` is written, and the value so far is \#
            a list — leave `from` out where the value is structured already
            12:43 invalid_value: `delimiter` is not one character of ASCII, other than a quote or a \#
            line break — usual are ",", ";", "|" and "\t"
            13:41 conflict: `delimiter` means nothing without csv — remove it, or convert from or to \#
            csv; tsv has its own
            """#),
        Mistake(
            "keys that are kept beside the document",
            #"""
            version: 1
            name: demo
            on: {push: main}
            triggers: [{cron: 0 5 * * *}]
            schedule: daily
            secrets: {A: b}
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            3:1 unknown_key: unknown key `on` in the document — triggers are kept beside the document, \#
            so that one pipeline can have several
            4:1 unknown_key: unknown key `triggers` in the document — triggers are kept beside the \#
            document, so that one pipeline can have several
            5:1 unknown_key: unknown key `schedule` in the document — triggers are kept beside the \#
            document, so that one pipeline can have several
            6:1 unknown_key: unknown key `secrets` in the document — secrets are given to a run, and \#
            named as `{{ secrets.NAME }}` where they are used
            """#),
        Mistake(
            "text for people that holds values",
            #"""
            version: 1
            name: demo
            title: Report of {{ inputs.day }}
            inputs:
              day: {type: string, default: "{{ run.started_at }}"}
              key: {type: string, default: "{{ secrets.KEY }}", description: "as {{ vars.x }}"}
            steps:
              - {id: a, type: transform, title: "{{ inputs.day }}"}
              - id: b
                type: code
                description: "{{ secrets.KEY }}"
                with: {language: python, code: x, secrets: [KEY], inputs: {secrets: 1}}
            """#,
            #"""
            3:8 warning never_rendered: `title` is never rendered, but holds `{{ inputs.day }}` — write \#
            the text itself
            5:32 warning never_rendered: a default is never rendered, but holds `{{ run.started_at }}` \#
            — write the text itself
            6:32 secret_not_allowed: a secret cannot stand here: a default is never rendered — write \#
            `{{ secrets.NAME }}` in the step that needs it
            6:66 warning never_rendered: `description` is never rendered, but holds `{{ vars.x }}` — \#
            write the text itself
            8:37 warning never_rendered: `title` is never rendered, but holds `{{ inputs.day }}` — \#
            write the text itself
            11:18 secret_not_allowed: a secret cannot stand here: `description` is never rendered — \#
            write `{{ secrets.NAME }}` in the step that needs it
            12:64 conflict: an input cannot be called `secrets` beside the step's `secrets`, which take \#
            its place — call the input something else
            """#),
    ]
}
