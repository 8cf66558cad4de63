import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A document beside the secrets and variables that are stored") struct StoredNameTests {
    private let document = """
        version: 1
        name: demo
        steps:
          - id: a
            type: api
            if: vars.REGOIN != "" && has(vars.ABSENT)
            with: {url: "https://example.com/{{ vars.REGION }}", headers: {X: "{{ secrets.TOKNE }}"}}
          - {id: b, type: code, with: {language: python, code: result = 1, secrets: [TOKEN, OTHER]}}
        """

    private func found(_ stored: StoredNames?) -> [String] {
        DocumentReader(stored: stored).read(Array(document.utf8), as: .yaml).problems.map { problem in
            "\(problem.line ?? 0):\(problem.column ?? 0) \(problem.path) \(problem.severity) \(problem.code): "
                + "\(problem.message) — \(problem.hint ?? "")"
        }
    }

    @Test("is warned of names that are not there, but not of those it asks for")
    func warnings() {
        #expect(
            found(StoredNames(secrets: ["TOKEN"], variables: ["REGION"])) == [
                "6:9 steps[0].if warning unknown_variable: there is no variable `REGOIN` here — did you mean `REGION`?",
                "7:75 steps[0].with.headers.X warning unknown_secret: there is no secret `TOKNE` here — "
                    + "did you mean `TOKEN`?",
                "8:85 steps[1].with.secrets[1] warning unknown_secret: there is no secret `OTHER` here — "
                    + "store it: `factory secret set OTHER`, or PUT /api/v1/secrets/OTHER",
            ])
    }

    @Test("hears nothing of them where nothing is known of what is stored")
    func nothing() { #expect(found(nil) == []) }

    @Test("names the variables that its run is given")
    func variables() throws {
        let pipeline = try #require(DocumentReader().read(Array(document.utf8)).pipeline)
        #expect(pipeline.usesVariables)
        #expect(
            pipeline.variables(among: ["REGION": "eu", "OTHER": "x", "ABSENT": "y"]) == ["REGION": "eu", "ABSENT": "y"])
        let whole = try #require(
            DocumentReader().read(
                Array(
                    """
                    version: 1
                    name: demo
                    steps: [{id: a, type: transform, with: {ops: [{expression: size(vars)}]}}]
                    """.utf8)
            ).pipeline)
        #expect(whole.variables(among: ["OTHER": "x"]) == ["OTHER": "x"])
    }
}
