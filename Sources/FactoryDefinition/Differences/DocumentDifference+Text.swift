import FactoryJSON

extension DocumentDifference: CustomStringConvertible {
    /// A line for each difference: `+` added, `-` removed, `~` changed; `no difference` when there is none.
    public var description: String {
        guard !isEmpty else { return "no difference" }
        var lines = renamedSteps.map { "~ step \($0.before) is now \($0.after)" }
        lines += removedSteps.map { "- step \($0)" }
        lines += addedSteps.map { "+ step \($0)" }
        lines += movedSteps.map { "~ step \($0.step) moved from place \($0.before + 1) to \($0.after + 1)" }
        lines += fields.map(\.description)
        lines += removedEdges.map { "- \($0.to) needs \($0.from)" }
        lines += addedEdges.map { "+ \($0.to) needs \($0.from)" }
        return lines.joined(separator: "\n")
    }
}

extension DocumentDifference.FieldChange: CustomStringConvertible {
    /// `~ step plan: with.prompt: "a" → "b"`, values shortened to 200 characters.
    public var description: String {
        let place = [step.map { "step \($0):" }, path.isEmpty ? "the document" : path].compactMap(\.self)
            .joined(separator: " ")
        switch (before, after) {
        case (nil, let value?): return "+ \(place): \(Self.short(value))"
        case (let value?, nil): return "- \(place): \(Self.short(value))"
        case (let old, let new): return "~ \(place): \(Self.short(old ?? .null)) → \(Self.short(new ?? .null))"
        }
    }

    private static func short(_ value: JSON) -> String {
        let text = value.serialized()
        return text.count > 200 ? text.prefix(200) + "…" : text
    }
}
