import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A printed document") struct DocumentPrinterTests {
    @Test("has its keys in the order of the format, whatever order they had")
    func order() throws {
        let document = try YAML.parse(
            """
            steps:
              - with: {stream: false, model: m, prompt: "a\\nb\\n"}
                needs: []
                type: prompt
                retry: {delay: 1s, max_attempts: 2}
                id: one
              - with: {ops: [{sort: {order: desc, by: item}}]}
                id: two
                type: transform
            x: [{b: 1, a: {}}]
            name: demo
            defaults: {timeout: 5m, model: a}
            version: 1
            """)
        #expect(
            DocumentPrinter.yaml(document) == """
                version: 1
                name: demo
                defaults:
                  model: a
                  timeout: 5m
                steps:
                  - id: one
                    type: prompt
                    needs: []
                    with:
                      model: m
                      prompt: |
                        a
                        b
                      stream: false
                    retry:
                      max_attempts: 2
                      delay: 1s

                  - id: two
                    type: transform
                    with:
                      ops:
                        - sort:
                            by: item
                            order: desc
                x:
                  - b: 1
                    a: {}

                """)
        #expect(DocumentPrinter.json(document).hasPrefix("{\n  \"version\": 1,\n  \"name\": \"demo\""))
    }

    @Test("is the same value when it is read again, and the same text when printed again")
    func roundTrip() throws {
        var random = SeededRandom(seed: 8)
        for _ in 0..<1_000 {
            let value: JSON = [
                "name": RandomJSON().value(depth: 3, using: &random), "version": 1,
                "steps": .array((0..<2).map { _ in RandomJSON().value(depth: 3, using: &random) }),
            ]
            let text = DocumentPrinter.yaml(value)
            let read = try YAML.parse(text)
            #expect(read == value, "\(text)")
            #expect(DocumentPrinter.yaml(read) == text)
            #expect(try JSON(parsing: DocumentPrinter.json(value)) == value)
        }
    }
}
