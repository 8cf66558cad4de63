import FactoryDefinition
import Testing

@Suite("A document beside the models that are configured") struct ModelCheckTests {
    private let catalogue = ModelCatalogue(
        providers: [
            ModelCatalogue.Provider(name: "local"),
            ModelCatalogue.Provider(
                name: "plain", takesSeed: false, takesReasoning: false, maxTemperature: 1, maxStops: 1),
        ], aliases: ["careful": "plain/large", "lost": "gone/model"])

    private func found(_ text: String, _ models: ModelCatalogue?) -> [String] {
        DocumentReader(models: models).read(Array(text.utf8), as: .yaml).problems.map { problem in
            let place = "\(problem.line ?? 0):\(problem.column ?? 0) \(problem.path)"
            return "\(place) \(problem.severity) \(problem.code): \(problem.message) — \(problem.hint ?? "")"
        }
    }

    private let document = """
        version: 1
        name: demo
        steps:
          - {id: a, type: prompt, with: {prompt: x, model: local/any, seed: 1, stop: [a, b], temperature: 1.5}}
          - {id: b, type: prompt, with: {prompt: x, model: carefull}}
          - {id: c, type: prompt, with: {prompt: x, model: lost}}
          - {id: d, type: prompt, with: {prompt: x}}
          - {id: e, type: prompt, with: {prompt: x}}
          - id: f
            type: prompt
            with: {prompt: x, model: careful, seed: 1, reasoning: high, temperature: 1.5, stop: [a, b]}
          - {id: g, type: prompt, enabled: false, with: {prompt: x, model: gone/x}}
        """

    @Test("is warned of models that are not there, and of options that a provider does not take")
    func warnings() {
        let configured = "configured: careful, lost, local/…, plain/…"
        let left = "it is left out, with a warning of the step; remove it, or choose another model"
        #expect(
            found(document, catalogue) == [
                "5:52 steps[1].with.model warning unknown_model: no model `carefull` is configured here — "
                    + "did you mean `careful`? (\(configured))",
                "6:52 steps[2].with.model warning unknown_model: the alias `lost` stands for `gone/model`, and no such "
                    + "provider is configured here — mend the alias; \(configured)",
                "7:10 steps[3].with warning unknown_model: no model `default` is configured here — "
                    + "set CODE_FACTORY_MODEL or `aliases.default`, or name a model; \(configured)",
                "11:45 steps[5].with.seed warning unsupported_option: `seed`: not taken by the provider `plain` — \(left)",
                "11:59 steps[5].with.reasoning warning unsupported_option: `reasoning`: not taken by the provider "
                    + "`plain` — \(left)",
                "11:78 steps[5].with.temperature warning unsupported_option: `temperature`: above 1.0 not taken by the "
                    + "provider `plain` — it is lowered to 1.0",
                "11:89 steps[5].with.stop warning unsupported_option: `stop`: more than 1 texts not taken by the "
                    + "provider `plain` — the first 1 are sent",
            ])
    }

    @Test("hears nothing of models where none is known")
    func nothing() {
        #expect(found(document, nil) == [])
        #expect(DocumentReader(models: catalogue).read(Array(document.utf8)).isValid)
    }

    @Test("is told where its own default names a model that is not there, once")
    func documentDefault() {
        let text = """
            version: 1
            name: demo
            defaults: {model: gone/x}
            steps:
              - {id: a, type: prompt, with: {prompt: x}}
              - {id: b, type: prompt, with: {prompt: x}}
            """
        let problems = DocumentReader(models: catalogue).read(Array(text.utf8)).problems
        #expect(problems.map(\.path) == ["defaults.model"])
        #expect(problems.map(\.line) == [3])
    }
}
