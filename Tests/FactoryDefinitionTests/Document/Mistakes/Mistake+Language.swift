extension Mistake {
    static let language = [
        Mistake(
            "an expression that ends too soon",
            steps: #"""
                  - id: one
                    type: condition
                    with: {if: 1 +, then: [nowhere]}
                """#,
            #"""
            6:19 invalid_expression: the expression ends where a value should stand
            6:28 unknown_step: unknown step `nowhere` in a branch
            """#),
        Mistake(
            "braces in an expression",
            steps: #"""
                  - {id: a, type: transform, if: "{{ inputs.x }}"}
                """#,
            #"""
            4:34 invalid_expression: `if` is an expression and takes no `{{ }}` — write the CEL alone
            """#),
        Mistake(
            "names that mean nothing",
            #"""
            version: 1
            name: demo
            inputs: {topic: {type: string}}
            steps:
              - id: a
                type: prompt
                with:
                  prompt: |
                    Write of {{ inputs.topik }}
                    and {{ topic }}, {{ item }}
                    in {{ run.idd }}
            """#,
            #"""
            9:21 unknown_name: unknown input `topik` — did you mean `topic`?
            10:16 unknown_name: unknown name `topic` — did you mean `inputs.topic`?
            10:29 not_available_here: `item` means something only inside `for_each` and in a \#
            transform's `map`, `filter` and `sort`
            11:15 unknown_name: unknown name `run.idd` — did you mean `id`?
            """#),
        Mistake(
            "a dash in an id",
            steps: #"""
                  - {id: my-step, type: transform}
                  - {id: b, type: transform, if: steps.my-step.output.result == 1}
                """#,
            #"""
            5:34 unknown_name: `steps.my-step` is a subtraction in CEL — write `steps["my-step"]`
            """#),
        Mistake(
            "a result without `output`",
            steps: #"""
                  - {id: a, type: prompt, with: {prompt: x}}
                  - {id: b, type: transform, with: {input: "{{ steps.a.text }} {{ steps.a.output.txt }}"}}
                """#,
            #"""
            5:48 unknown_name: unknown member `text` of step `a` — did you mean `steps.a.output.text`?
            5:82 unknown_output: step `a` gives no `txt` — did you mean `steps.a.output.text`?
            """#),
        Mistake(
            "an open tag",
            steps: #"""
                  - id: a
                    type: prompt
                    with:
                      prompt: >-
                        Hello
                        {% if true %} x
                """#,
            #"""
            7:15 invalid_template: {% if %} is not closed with {% endif %}
            """#),
        Mistake(
            "an outcome outside `if`",
            steps: #"""
                  - {id: a, type: transform, with: {ops: [{expression: failed()}]}}
                """#,
            #"""
            4:56 not_available_here: `failed()` means something only in a step's `if` — use \#
            `steps.<id>.status` here
            """#),
        Mistake(
            "a template in a static field",
            steps: #"""
                  - {id: a, type: prompt, with: {model: "{{ inputs.m }}", prompt: x}}
                  - {id: b, type: code, with: {language: python, code: "x = '{{ inputs.m }}'"}}
                """#,
            #"""
            4:41 never_rendered: `model` is never rendered, but holds `{{ inputs.m }}` — write the \#
            value itself
            5:56 warning never_rendered: `code` is never rendered, but holds `{{ inputs.m }}` — pass \#
            values through `inputs`
            """#),
    ]
}
