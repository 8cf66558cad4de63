import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A step's needs") struct NeedsTests {
    /// One step a line: `id`, then `<- a b` for written needs (`<-` alone for none), `~ a` for references, and for
    /// conditions `? a b : c d`.
    private func needs(_ lines: String...) -> DocumentReading {
        DocumentReader().read(.object(Sketch(lines).document))
    }

    @Test("are the step above in a straight line")
    func line() {
        #expect(needs("a", "b", "c").needs == ["a": [], "b": ["a"], "c": ["b"]])
    }

    @Test("are all open ends after parallel steps")
    func parallel() {
        let reading = needs("a", "b <- a", "c <- a", "d")
        #expect(reading.needs == ["a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]])
    }

    @Test("are none when the list is written empty, and such a step is an open end")
    func empty() {
        #expect(needs("a", "b <-", "c").needs == ["a": [], "b": [], "c": ["a", "b"]])
    }

    @Test("follow the order of a branch, the first target behind the condition")
    func branch() {
        let reading = needs("a", "q ? b c : d", "b", "c", "d", "e")
        #expect(reading.needs == ["a": [], "q": ["a"], "b": ["q"], "c": ["b"], "d": ["q"], "e": ["c", "d"]])
    }

    @Test("are those of every branch that names the step")
    func sharedTarget() {
        #expect(needs("q ? a c : b c", "a", "b", "c").needs["c"] == ["a", "b"])
        #expect(needs("q ? a c : c", "a", "c").needs["c"] == ["q", "a"])
        #expect(needs("p ? c", "q <- ? c", "c").needs["c"] == ["p", "q"])
    }

    @Test("of a target that writes its own are those and the condition, not the target before it")
    func targetWithNeeds() {
        let reading = needs("a", "q ? b c", "b", "c <- a")
        #expect(reading.needs["c"] == ["a", "q"])
        #expect(needs("a", "q ? b", "b <-").needs["b"] == ["q"])
    }

    @Test("are not taken from a branch that ends or fails the run")
    func endAndFail() {
        let reading = needs("a", "q ? end : fail", "b")
        #expect(reading.needs["b"] == ["q"])
        #expect(reading.step("q")?.branches.map(\.targets) == [[.end], [.fail]])
    }

    @Test("grow by a reference, which keeps a step from being an open end")
    func references() {
        let reading = needs("a", "b <-", "c <- b ~ a", "d")
        #expect(reading.needs["c"] == ["a", "b"])
        #expect(reading.needs["d"] == ["c"])
    }

    @Test("may name a step below, when no cycle comes of it")
    func below() {
        let reading = needs("a <- b", "b <-", "c")
        #expect(reading.needs == ["a": ["b"], "b": [], "c": ["a"]])
    }

    @Test("allow a reference to a step below only where that step precedes")
    func referenceBelow() {
        #expect(needs("a <- b ~ c", "b <- c", "c <-").isValid)
        #expect(needs("a <- ~ b", "b <-").errorCodes == ["forward_reference"])
        #expect(needs("a ~ b", "b").errorCodes == ["forward_reference"])
        #expect(needs("a ~ a").errorCodes == ["forward_reference"])
    }

    @Test("that wait for each other are refused with the way round")
    func cycle() {
        let reading = needs("a <- c", "b <- a", "c <- b")
        #expect(reading.errorCodes == ["cycle"])
        #expect(reading.problems.first?.message.contains("a → c → b → a") == true)
        #expect(needs("a <- a").errorCodes == ["cycle"])
        #expect(needs("q ? q").errorCodes == ["invalid_branch"])
    }

    @Test("that nobody wrote are explained when they close a cycle")
    func implicitCycle() {
        let reading = needs("a <- b", "b")
        #expect(reading.errorCodes == ["cycle"])
        #expect(reading.problems.first?.hint?.contains("`b` has no `needs`") == true)
        #expect(needs("a", "q ? a").errorCodes == ["cycle"])
    }

    @Test("and branches name steps that exist, once each")
    func unknown() {
        #expect(needs("plan", "b <- plam").problems.first?.hint == "did you mean `plan`?")
        #expect(needs("plan", "q ? plam").errorCodes == ["unknown_step"])
        #expect(needs("q ? a a", "a").errorCodes == ["invalid_branch"])
        #expect(needs("q ? a end", "a").errorCodes == ["invalid_branch"])
        #expect(needs("q ?").errorCodes == ["invalid_branch"])
        #expect(needs("a", "b <- a a").errorCodes == ["conflict"])
    }

    @Test("of a disabled condition's branches stay, with a warning")
    func disabledCondition() {
        let reading = DocumentReading(
            steps: """
                  - {id: q, type: condition, enabled: false, with: {if: 'true', then: [a], else: end}}
                  - {id: a, type: transform}
                """)
        #expect(reading.needs == ["q": [], "a": ["q"]])
        #expect(reading.problems.map(\.code) == ["no_effect"])
        #expect(reading.problems.first?.severity == .warning)
    }

    @Test("are what the rules say, in random documents, worked out the slow way")
    func random() {
        var random = SeededRandom(seed: 3)
        var valid = 0
        for _ in 0..<2_000 {
            let sketch = Sketch(random: &random)
            let reading = DocumentReader().read(.object(sketch.document))
            guard reading.isValid else {
                #expect(
                    reading.errorCodes.allSatisfy { ["cycle", "forward_reference", "invalid_branch"].contains($0) })
                continue
            }
            valid += 1
            #expect(reading.pipeline?.steps.map(\.needs) == sketch.expectedNeeds, "\(sketch)")
            #expect(reading.pipeline.map(Self.isOrdered) == true, "\(sketch)")
        }
        #expect(valid > 200)
    }

    /// True when every step can be settled behind its needs.
    private static func isOrdered(_ pipeline: Pipeline) -> Bool {
        var settled: Set<String> = []
        var waiting = pipeline.steps
        while !waiting.isEmpty {
            let ready = waiting.filter { settled.isSuperset(of: $0.needs) }
            if ready.isEmpty { return false }
            settled.formUnion(ready.map(\.id))
            waiting.removeAll { settled.contains($0.id) }
        }
        return true
    }

    @Test("of 5,000 steps are worked out well under a second, however they hang together")
    func large() {
        let count = 5_000
        let shapes: [(Int) -> String] = [
            { "s\($0)" }, { "s\($0) <-" }, { $0 == 0 ? "s0" : "s\($0) <- s\($0 - 1)" },
            { $0 % 100 == 99 ? "s\($0)" : "s\($0) <-" }, { $0 == count - 1 ? "s\($0)" : "s\($0) <- s\($0 + 1)" },
        ]
        for shape in shapes {
            let document = Sketch((0..<count).map(shape)).document
            let bytes = JSON.object(document).serializedBytes()
            var problems: [Problem] = []
            let time = ContinuousClock().measure { problems = DocumentReader().read(bytes, as: .json).problems }
            #expect(problems.allSatisfy { $0.code == "cycle" })
            // A debug build on a busy machine; release takes about a tenth.
            #expect(time < .seconds(10))
        }
    }
}
