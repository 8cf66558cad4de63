import FactoryExpressions

// Types of the format that this build knows and refuses: the step is named, its fields are not looked at.
extension StepType {
    static let loop = StepType(
        "loop", "Repeats steps until a condition holds.",
        fields: [
            .later("steps", "What to repeat."), .later("until", "When to stop."), .later("max_rounds", "How often."),
        ],
        result: [
            ResultField("steps", .dyn, "The last round's steps."), ResultField("rounds", .dyn, "How many there were."),
            ResultField("satisfied", .dyn, "Whether `until` held."),
        ],
        isInThisBuild: false)

    static let pipeline = StepType(
        "pipeline", "Calls another pipeline.",
        fields: [
            .later("name", "Which."), .later("version", "Which of its versions."), .later("inputs", "Its inputs."),
        ],
        result: [], isInThisBuild: false)

    static let approval = StepType(
        "approval", "Waits for a person.",
        fields: [
            .later("message", "What is asked."), .later("show", "What is shown."),
            .later("approvers", "Who may answer."),
            .later("form", "What is filled in."), .later("on_timeout", "What happens without an answer."),
        ],
        result: [
            ResultField("approved", .dyn, "The answer."), ResultField("by", .dyn, "Who gave it."),
            ResultField("at", .dyn, "When."),
            ResultField("comment", .dyn, "In their words."), ResultField("form", .dyn, "What was filled in."),
        ],
        isInThisBuild: false)
}
