import FactoryDefinition

/// Checking documents of ordinary and of extreme size.
enum DocumentFigures {
    static func print() throws {
        Swift.print("Documents")
        for count in [10, 500, 5_000] {
            let text = Array(document(steps: count).utf8)
            let reading = DocumentReader().read(text)
            guard reading.isValid else { throw InvalidDocument(problem: reading.problems.first?.message ?? "none") }
            let seconds = Timing.median(rounds: count > 1_000 ? 5 : 15) { _ = DocumentReader().read(text) }
            Swift.print("  check of \(count) steps, \(text.count / 1_000) KB of YAML: \(seconds.asTime)")
        }
    }

    /// The benchmark's own document is wrong.
    struct InvalidDocument: Error {
        var problem: String
    }

    /// Half of the steps are templates over the step before, half conditions over inputs.
    private static func document(steps: Int) -> String {
        var text = """
            version: 1
            name: large
            inputs:
              name: {type: string, default: word-count}
              limit: {type: integer, default: 10}
            steps:
              - id: s0
                type: transform
                with: {input: "{{ inputs.name }}", ops: [{trim: true}]}

            """
        for number in 1..<steps {
            text += """
                  - id: s\(number)
                    type: transform
                    # Every other step looks at the input.
                    if: \(number % 2 == 0 ? "inputs.limit > 3 && inputs.name != \"\"" : "true")
                    with:
                      input: "{{ default(steps.s\(number - 1).output.result, inputs.name) }} and {{ inputs.limit }}"
                      ops:
                        - expression: input + "!"
                        - replace: {pattern: "a+", with: b}

                """
        }
        return text
    }
}
