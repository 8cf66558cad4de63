import FactoryExpressions
import FactoryJSON

extension StepType {
    static let code = StepType(
        "code", "Runs code in a sandbox.",
        fields: [
            FieldSpec(
                "language", .value(.static, .choice(["python", "javascript"], later: ["typescript", "shell"])),
                required: true, "The language."),
            FieldSpec(
                "code", .value(.static, .code), required: true, "The program; never rendered.",
                "`{{ … }}` in it means nothing, so that no value can become code; values come in through `inputs`."),
            FieldSpec(
                "inputs", .map(.value(.template, .any)), default: [:], "What the program sees as `inputs`.",
                "A value that is one `{{ … }}` keeps its type; with `secrets`, none may be called `secrets`."),
            FieldSpec(
                "secrets", .list(.value(.static, .secretName), max: 64), default: [],
                "Names of secrets that it sees as `inputs.secrets`.",
                "Code can change a secret beyond recognition: name only those it needs."),
            FieldSpec(
                "files", .value(.static, .choice(["none", "read", "write"])), default: "none",
                "Whether the workspace is its current folder.",
                "It gets a copy; with `write` what it changes is staged like the changes of a file step."),
            FieldSpec(
                "network", .value(.static, .choice(["none"])), default: "none", "There is no network.",
                "Let an api step fetch what the code needs."),
            .later("environment", "A named set of packages."),
            FieldSpec(
                "limits", limits, absent: "as below", "What the program may use.", "Past one, it is ended and fails."),
            FieldSpec(
                "check", .value(.static, .bool), default: true, "Whether a non-zero exit fails the step.",
                "`false` to look at `exit_code` in a condition instead, as for red tests that are to be repaired."),
        ],
        result: [
            ResultField("result", .dyn, "What `main` returned or `result` holds."),
            ResultField("stdout", .string, "What it printed."),
            ResultField("stderr", .string, "What it printed as errors."),
            ResultField("exit_code", .union([.int, .null]), "0 when all went well."),
            ResultField(
                "files", .list(of: .fields([("path", .string), ("action", .string)])), "The files it changed."),
            ResultField(
                "usage", .fields([("cpu_ms", .int), ("peak_memory_bytes", .int)]), "`cpu_ms`, `peak_memory_bytes`."),
            ResultField("isolation", .string, "How it was shut in."),
        ],
        defaultTimeout: .seconds(30), maximumTimeout: .seconds(900))

    private static let limits = FieldShape.object(
        [
            FieldSpec(
                "wall", .value(.static, .duration(.milliseconds(1)...(.seconds(900)))), absent: "the step's `timeout`",
                "Time on the clock.", "Only ever narrower than the step's `timeout`."),
            FieldSpec(
                "cpu", .value(.static, .duration(.milliseconds(1)...(.seconds(900)))), absent: "`10s`",
                "Processor time of all its processes.", "Counted in whole seconds, a part of one in full."),
            FieldSpec(
                "memory", .value(.static, .size((16 << 20)...(4 << 30))), absent: "`512MiB`",
                "Memory of all its processes."),
            FieldSpec(
                "processes", .value(.static, .integer(1...256)), absent: "32 in Python, 64 in JavaScript",
                "Processes and threads."),
            FieldSpec(
                "output", .value(.static, .size(1...(16 << 20))), absent: "`1MiB`",
                "Standard output and error together."),
        ], rules: [])
}
