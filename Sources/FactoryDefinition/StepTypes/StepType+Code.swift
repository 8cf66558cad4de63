import FactoryExpressions
import FactoryJSON

extension StepType {
    static let code = StepType(
        "code", "Runs code in a sandbox.",
        fields: [
            FieldSpec(
                "language", .value(.static, .choice(["python", "javascript"], later: ["typescript", "shell"])),
                required: true, "The language."),
            FieldSpec("code", .value(.static, .code), required: true, "The program; never rendered."),
            FieldSpec("inputs", .map(.value(.template, .any)), default: [:], "What the program sees as `inputs`."),
            FieldSpec(
                "secrets", .list(.value(.static, .secretName), max: 64), default: [],
                "Secrets that it sees as `inputs.secrets`."),
            FieldSpec(
                "files", .value(.static, .choice(["none", "read", "write"])), default: "none",
                "Whether the workspace is its current folder."),
            FieldSpec("network", .value(.static, .choice(["none"])), default: "none", "There is no network."),
            .later("environment", "A named set of packages."),
            FieldSpec("limits", limits, "What the program may use."),
            FieldSpec("check", .value(.static, .bool), default: true, "Whether a non-zero exit fails the step."),
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
        defaultTimeout: .seconds(30))

    private static let limits = FieldShape.object(
        [
            FieldSpec("wall", .value(.static, .duration), "Time on the clock."),
            FieldSpec("cpu", .value(.static, .duration), "Processor time."),
            FieldSpec("memory", .value(.static, .size), "Memory of all its processes."),
            FieldSpec("processes", .value(.static, .integer(1...1_024)), "Processes and threads."),
            FieldSpec("output", .value(.static, .size), "Standard output and error together."),
        ], rules: [])
}
