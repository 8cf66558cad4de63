import FactoryJSON

/// Checks the models that prompts name, and the options they give, against what is configured. Warnings: a document
/// may be checked in one place and run in another.
struct ModelCheck {
    private let log: ProblemLog
    private let models: ModelCatalogue

    init(_ models: ModelCatalogue, log: ProblemLog) { (self.models, self.log) = (models, log) }

    /// - Parameter root: the document, whose `defaults` may name the model.
    func check(_ drafts: [StepDraft], root: Node) {
        let usual = root["defaults"]?["model"]
        var saidOfUsual = false
        for draft in drafts where draft.typeName == StepType.prompt.name && draft.isEnabled {
            let with = draft.node["with"]
            let path = draft.path + "with"
            let written = with?["model"]
            let name = (written ?? usual)?.text ?? "default"
            guard let provider = models.provider(of: name) else {
                guard written != nil || !saidOfUsual else { continue }
                saidOfUsual = saidOfUsual || written == nil
                report(name, at: written ?? usual ?? draft.node["id"] ?? draft.node, written, usual, path)
                continue
            }
            for option in provider.unsupported(in: with) {
                log.add(
                    .unsupportedOption, severity: .warning, at: option.node, path + option.name,
                    "`\(option.name)`: \(option.problem) by the provider `\(provider.name)`", hint: option.hint)
            }
        }
    }

    private func report(_ name: String, at node: Node, _ written: Node?, _ usual: Node?, _ path: DocumentPath) {
        let known = models.names
        let place = written != nil ? path + "model" : usual != nil ? .root + "defaults" + "model" : path
        let configured = "configured: " + known.joined(separator: ", ")
        if let meaning = models.meaning(of: name) {
            log.add(
                .unknownModel, severity: .warning, at: node, place,
                "the alias `\(name)` stands for `\(meaning)`, and no such provider is configured here",
                hint: "mend the alias; \(configured)")
            return
        }
        let hint =
            name == "default"
            ? "set CODE_FACTORY_MODEL or `aliases.default`, or name a model; \(configured)"
            : Suggestion.hint(for: name, among: known).map { "\($0) (\(configured))" } ?? configured
        log.add(.unknownModel, severity: .warning, at: node, place, "no model `\(name)` is configured here", hint: hint)
    }
}

extension ModelCatalogue.Provider {
    fileprivate struct Unsupported {
        var name: String
        var problem: String
        var hint: String
        var node: Node
    }

    fileprivate func unsupported(in with: Node?) -> [Unsupported] {
        var found: [Unsupported] = []
        func add(_ name: String, _ problem: String, _ hint: String) {
            guard let node = with?[name] else { return }
            found.append(Unsupported(name: name, problem: problem, hint: hint, node: node))
        }
        let left = "it is left out, with a warning of the step; remove it, or choose another model"
        if !takesSeed { add("seed", "not taken", left) }
        if !takesReasoning { add("reasoning", "not taken", left) }
        if let value = with?["temperature"]?.scalar?.doubleValue, value > maxTemperature {
            add("temperature", "above \(maxTemperature) not taken", "it is lowered to \(maxTemperature)")
        }
        if let count = with?["stop"]?.elements?.count, count > maxStops {
            add("stop", "more than \(maxStops) texts not taken", "the first \(maxStops) are sent")
        }
        return found
    }
}
