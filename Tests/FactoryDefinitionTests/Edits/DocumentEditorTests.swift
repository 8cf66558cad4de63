import FactoryDefinition
import FactoryJSON
import Testing

@Suite("A document under edits") struct DocumentEditorTests {
    private static let sample = """
        # The header.
        version: 1
        name: demo   # its name
        inputs:
          topic: {type: string, default: 'it''s'}

        steps:
          # Makes a plan.
          - id: plan
            type: prompt
            with:
              prompt: |
                Plan {{ inputs.topic }}
                in steps.

          - id: write   # the writer
            type: prompt
            needs: [plan]
            if: has(steps.plan.output)
            with: {prompt: "Write {{ steps.plan.output.text }} and \\"steps.plan\\""}

          - id: end-note
            type: transform
            with:
              input: >-
                {{ steps.plan.output.text }}
                {{ steps["write"].output.text }}
        outputs:
          text: steps.write.output.text + "steps.write"

        """

    private func edited(_ edit: DocumentEdit, _ text: String = sample) throws -> String {
        var editor = try DocumentEditor(Array(text.utf8))
        let inverse = try editor.apply(edit)
        let result = String(decoding: editor.text, as: UTF8.self)
        try editor.apply(inverse)
        #expect(editor.text == Array(text.utf8), "undo of \(edit)")
        return result
    }

    @Test("keeps all but the value that is set")
    func setting() throws {
        #expect(
            try edited(.set(["name"], "other")) == Self.sample.replacing("name: demo ", with: "name: other "))
        #expect(
            try edited(.set(["inputs", "topic", "default"], "that's"))
                == Self.sample.replacing("'it''s'", with: "'that''s'"))
        #expect(
            try edited(.set(["steps", 0, "with", "prompt"], "One\n  two\n"))
                == Self.sample.replacing(
                    "        Plan {{ inputs.topic }}\n        in steps.\n", with: "        One\n          two\n"))
        #expect(
            try edited(.set(["steps", 1, "needs"], []))
                == Self.sample.replacing("needs: [plan]", with: "needs: []"))
        #expect(
            try edited(.set(["steps", 1, "retry"], ["max_attempts": 3]))
                == Self.sample.replacing(
                    "\\\"steps.plan\\\"\"}\n",
                    with: "\\\"steps.plan\\\"\"}\n    retry:\n      max_attempts: 3\n"))
    }

    @Test("adds a key where it is told, in the style of its neighbours")
    func adding() throws {
        #expect(
            try edited(.add(["title"], "Demo: one", before: "inputs"))
                == Self.sample.replacing("# its name\n", with: "# its name\ntitle: \"Demo: one\"\n"))
        #expect(
            try edited(.add(["inputs", "topic", "title"], "Topic"))
                == Self.sample.replacing("'it''s'}", with: "'it''s', title: Topic}"))
    }

    @Test("removes a key with its line")
    func removing() throws {
        #expect(
            try edited(.remove(["steps", 1, "needs"])) == Self.sample.replacing("    needs: [plan]\n", with: ""))
        #expect(
            try edited(.remove(["inputs", "topic", "type"])) == Self.sample.replacing("type: string, ", with: ""))
        #expect(
            try edited(.remove(["steps", 1, "id"]))
                == Self.sample.replacing("- id: write   # the writer\n    type", with: "- type"))
    }

    @Test("adds, moves and deletes steps with the comments above them and the blank lines between")
    func steps() throws {
        let added = try edited(.addStep(["id": "new", "type": "transform", "needs": ["plan"]], at: 1))
        #expect(
            added
                == Self.sample.replacing(
                    "in steps.\n\n", with: "in steps.\n\n  - id: new\n    type: transform\n    needs: [plan]\n\n"))
        let moved = try edited(.moveStep("plan", to: 2))
        #expect(moved.contains("steps:\n  - id: write   # the writer\n"))
        #expect(moved.contains("].output.text }}\n\n  # Makes a plan.\n  - id: plan\n"))
        #expect(moved.contains("        in steps.\noutputs:"))
        let deleted = try edited(.deleteStep("plan"))
        #expect(deleted.contains("steps:\n  - id: write   # the writer\n"))
        #expect(!deleted.contains("Makes a plan"))
    }

    @Test("renames a step in every place that names it, and nowhere else")
    func renaming() throws {
        let plan = try edited(.renameStep("plan", to: "outline"))
        #expect(
            plan
                == Self.sample.replacing("id: plan", with: "id: outline").replacing("[plan]", with: "[outline]")
                .replacing("has(steps.plan", with: "has(steps.outline")
                .replacing("{{ steps.plan.", with: "{{ steps.outline."))
        let write = try edited(.renameStep("write", to: "the-writer"))
        #expect(
            write
                == Self.sample.replacing("id: write", with: "id: the-writer")
                .replacing("steps[\"write\"]", with: "steps[\"the-writer\"]")
                .replacing("text: steps.write.output", with: "text: steps[\"the-writer\"].output"))
        let branches = """
            version: 1
            name: b
            steps:
              - {id: c, type: condition, with: {cases: [{when: "1 == 1", then: [a]}], else: a}}
              - {id: a, type: transform}
            """
        #expect(
            try edited(.renameStep("a", to: "z"), branches)
                == branches.replacing("[a]", with: "[z]").replacing("else: a", with: "else: z")
                .replacing("id: a", with: "id: z"))
    }

    @Test("keeps JSON in its layout")
    func json() throws {
        let text = "{\n  \"version\": 1,\n  \"steps\": [\n    {\"id\": \"a\", \"if\": \"has(steps.b)\"}\n  ]\n}\n"
        #expect(
            try edited(.add(["name"], "x", before: "steps"), text)
                == text.replacing("1,\n", with: "1,\n  \"name\": \"x\",\n"))
        #expect(
            try edited(.addStep(["id": "b"], at: 1), text)
                == text.replacing(")\"}\n", with: ")\"},\n    {\n      \"id\": \"b\"\n    }\n"))
    }

    @Test("replaces a block that ends with a line of tabs as a whole")
    func blank() throws {
        #expect(try edited(.set(["a"], "x"), "b: 1\na: |-\n  one\n  \t\n") == "b: 1\na: x\n")
    }

    @Test("is left as it is when an edit cannot be made, and says why")
    func refusals() throws {
        var editor = try DocumentEditor(Array(Self.sample.utf8))
        func refused(_ edit: DocumentEdit) -> EditError? {
            do throws(EditError) {
                try editor.apply(edit)
                return nil
            } catch { return error }
        }
        #expect(refused(.deleteStep("nope")) == .unknownStep("nope"))
        #expect(refused(.renameStep("plan", to: "write")) == .exists("write"))
        #expect(refused(.renameStep("plan", to: "No")) == .invalidID("No"))
        #expect(refused(.remove(["a", 1])) == .notFound("a[1]"))
        #expect(refused(.add(["name"], 1)) == .exists("name"))
        #expect(refused(.moveStep("plan", to: 9)) == .outOfRange("steps[9]"))
        #expect(refused(.set(["x"], .double(.infinity))) == .invalidValue("x"))
        #expect(refused(.replaceText([TextReplacement(range: 0..<9_999, bytes: [])])) == .outOfRange("the text"))
        #expect(editor.text == Array(Self.sample.utf8))
        #expect(throws: EditError.self) { try DocumentEditor(Array("a: [".utf8)) }
    }
}
