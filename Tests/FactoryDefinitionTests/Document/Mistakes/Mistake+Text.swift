extension Mistake {
    static let text = [
        Mistake(
            "an empty text",
            "",
            #"""
            1:1 invalid_type: the document is empty — begin with `version: 1`, `name:` and `steps:`
            """#),
        Mistake(
            "broken YAML",
            #"""
            version: 1
            name: [demo
            steps: []
            """#,
            #"""
            3:6 syntax: not valid YAML: while parsing a flow sequence, did not find expected ',' or ']' \#
            — check commas, and quote text that holds `{`, `}`, `[`, `]` or `: `
            """#),
        Mistake(
            "an anchor and an alias",
            #"""
            version: 1
            name: demo
            tags: &t [a]
            steps:
              - {id: a, type: transform, with: {input: *t}}
            """#,
            #"""
            3:7 yaml_feature: the anchor &t is not supported — write the value out where it is needed
            5:44 yaml_feature: the alias *t is not supported — write the value out here
            """#),
        Mistake(
            "a key twice",
            #"""
            version: 1
            name: demo
            name: demo
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            3:1 duplicate_key: duplicate key `name` — it stands on line 2 already; keep one of them
            """#),
        Mistake(
            "a number beyond 64 bits",
            steps: #"""
                  - {id: a, type: transform, with: {input: 99999999999999999999}}
                """#,
            #"""
            4:44 invalid_number: the integer 99999999999999999999 does not fit 64 bits — quote it to \#
            keep it as text
            """#),
        Mistake(
            "a list for a document",
            #"""
            - a
            - b
            """#,
            #"""
            1:1 invalid_type: a document is an object — begin with `version: 1`, `name:` and `steps:`
            """#),
    ]
}
