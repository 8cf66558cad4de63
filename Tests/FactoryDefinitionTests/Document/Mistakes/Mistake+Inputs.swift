extension Mistake {
    static let inputs = [
        Mistake(
            "inputs that are no schemas",
            #"""
            version: 1
            name: demo
            inputs:
              a: string
              b: {type: int}
              c: {type: integer, default: many}
              d: {type: string, defualt: x}
              e: {type: string, required: true}
            steps:
              - {id: a, type: transform}
            """#,
            #"""
            4:6 invalid_type: the input `a` takes a JSON Schema, not text — write `a: {type: string}`
            5:6 invalid_schema: the input `b` has no JSON Schema: unknown type `int`: did you mean \#
            `integer`? — look at `type` of the schema
            6:31 invalid_input: the default of input `c` does not fit: must be an integer, not a string \#
            — mend the default or the schema
            7:21 unknown_key: unknown key `defualt` in input `d` — did you mean `default`?
            8:31 invalid_value: `required` of input `e` lists keys of an object — remove it: an input \#
            without `default` is required; `optional: true` makes it null instead
            """#)
    ]
}
