import FactoryDefinition
import Testing

@Suite("A document with mistakes") struct MistakeTests {
    @Test("is told all of them, with line, column and what to do", arguments: Mistake.all)
    func report(mistake: Mistake) {
        #expect(mistake.found == mistake.expected)
    }

    @Test(
        "points into the text of an expression, however it is written",
        arguments: [
            ("1 == nope", 9, 14), ("inputs == 'é' || nope", 9, 26), ("'''é'' == nope'", 9, 9),
            (#""'é' == nope""#, 9, 17),
            (#""1 ==\x20nope""#, 9, 9), ("|\n        1 == 2 ||\n           nope", 11, 12),
            (">\n        1 == 2 ||\n        nope", 9, 9),
        ])
    func places(expression: String, line: Int, column: Int) {
        let problems = DocumentReading(
            yaml: """
                version: 1
                name: demo
                # é
                inputs: {}
                steps:
                  - id: a
                    type: transform
                    # if
                    if: \(expression)
                """
        ).problems
        #expect(problems.map(\.code) == ["unknown_name"])
        #expect([problems.first?.line, problems.first?.column] == [line, column])
    }

    @Test("never stops the reader, whatever is done to it")
    func mutations() {
        var random = SeededRandom(seed: 21)
        let texts = Mistake.all.map { Array($0.document.utf8) }.filter { !$0.isEmpty }
        for _ in 0..<1_500 {
            var bytes = texts[Int.random(in: 0..<texts.count, using: &random)]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)]
                } else if bytes.count > 1 {
                    bytes.remove(at: place)
                }
            }
            let reading = DocumentReader().read(bytes)
            #expect(reading.isValid == reading.problems.allSatisfy { $0.severity == .warning })
            #expect(reading.problems.allSatisfy { ($0.line ?? 0) > 0 && ($0.column ?? 0) > 0 && !$0.message.isEmpty })
        }
    }

    @Test("has a path to each in the document's values")
    func paths() {
        let reading = DocumentReading(
            steps: """
                  - id: a
                    type: prompt
                    with:
                      messages: [{role: user, content: "{{ inputs.x }}"}]
                      temperature: hot
                  - id: b
                    type: api
                    with: {url: "http://x", headers: {X-Id: "{{ nope }}"}}
                """)
        #expect(
            reading.problems.map(\.path) == [
                "steps[0].with.messages[0].content", "steps[0].with.temperature", "steps[1].with.headers.X-Id",
            ])
    }

    @Test("prints a line for editors")
    func line() {
        let problem = Problem(.cycle, message: "cycle: a → a", hint: "break it", path: "steps[0]", line: 4, column: 5)
        #expect(problem.line(inFile: "x.yaml") == "x.yaml:4:5: error: cycle: a → a (cycle) — break it")
    }

    @Test("is refused with the same problems as JSON")
    func json() {
        let text =
            #"{"version": 1, "name": "demo",\#n "steps": [{"id": "a", "type": "promt", "with": {}, "nedds": []}]}"#
        let problems = DocumentReader().read(Array(text.utf8)).problems
        #expect(problems.map(\.code) == ["unknown_step_type", "unknown_key"])
        #expect(problems.map(\.line) == [2, 2])
        #expect(problems.map(\.column) == [32, 53])
    }

    @Test("tells at most 200 of them and says so")
    func many() {
        let steps = (0..<400).map { "  - {id: s\($0), type: transform, wiht: {}}" }.joined(separator: "\n")
        let problems = DocumentReading(steps: steps).problems
        #expect(problems.count == 201)
        #expect(problems.last?.code == "too_many_problems")
    }

    @Test("passes a limit of size, depth, count or steps")
    func limits() {
        func codes(_ reader: DocumentReader, _ text: String) -> [String] {
            reader.read(Array(text.utf8), as: .yaml).problems.map(\.code)
        }
        let small = DocumentReader(limits: NodeLimits(maxBytes: 200, maxDepth: 6, maxNodes: 30), maxSteps: 2)
        let good = "version: 1\nname: a\nsteps:\n- {id: a, type: transform}\n- {id: b, type: transform}\n"
        #expect(codes(small, good) == [])
        #expect(codes(small, good + "- {id: c, type: transform}\n") == ["limit"])
        #expect(codes(small, good + String(repeating: "#", count: 200)) == ["limit"])
        #expect(codes(small, good + "tags: [[[[[[[]]]]]]]\n") == ["limit"])
        #expect(codes(small, good + "tags: [a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]\n") == ["limit"])
        #expect(codes(DocumentReader(), String(repeating: " ", count: 10 << 20)) == ["limit"])
    }
}
