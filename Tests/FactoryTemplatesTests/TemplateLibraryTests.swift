import FactoryDefinition
import FactoryJSON
import Testing

@testable import FactoryTemplates

@Suite("The template library") struct TemplateLibraryTests {
    private let library = TemplateLibrary()

    @Test("has templates in every category, each documented and with a sample")
    func completeness() throws {
        let all = try library.all()
        #expect(all.count >= 8)
        #expect(Set(all.map(\.category)) == Set(PipelineTemplate.Category.allCases))
        for template in all {
            #expect(template.document["name"] == .string(template.name))
            #expect(!template.title.isEmpty && !template.summary.isEmpty && !template.tags.isEmpty, "\(template.name)")
            #expect(template.readme.hasPrefix("# \(template.title)\n"), "\(template.name)")
            #expect(!template.sampleInputs.isEmpty && !template.expected.outputs.isEmpty, "\(template.name)")
        }
    }

    @Test("has documents without an error or a warning, and samples that fit them")
    func validity() throws {
        for template in try library.all() {
            let reading = DocumentReader().read(template.text, as: .yaml)
            #expect(reading.problems.isEmpty, "\(template.name): \(reading.problems)")
            let pipeline = try #require(reading.pipeline)
            let inputs = InputCheck(pipeline.inputs).check(template.sampleInputs)
            #expect(inputs.problems.isEmpty, "\(template.name): \(inputs.problems)")
        }
    }

    @Test("finds the template that a document was made of by its prompts, whatever else was changed")
    func origin() throws {
        let template = try #require(try library.all().first)
        let input = try #require(template.sampleInputs.keys.first)
        let copy = try template.copy(named: "mine", inputs: [input: try #require(template.sampleInputs[input])])
        var document = try YAML.parse(copy)
        #expect(document["name"] == "mine")
        #expect(document["inputs"]?[input]?["default"] == template.sampleInputs[input])
        #expect(try library.origin(of: document)?.name == template.name)

        var editor = try DocumentEditor(copy)
        let steps = document["steps"]?.arrayValue ?? []
        let place = try #require(steps.firstIndex { $0["type"] == "prompt" })
        try editor.apply(.set(["steps", .index(place), "with", "prompt"], "Something else"))
        document = editor.document
        #expect(try library.origin(of: document) == nil)
        let changes = PromptSteps(of: document).changes(from: PromptSteps(of: template.document))
        #expect(changes == [steps[place]["id"]?.stringValue])
    }

    @Test("keeps the comments of a document that it copies")
    func comments() throws {
        for template in try library.all() {
            let text = String(decoding: template.text, as: UTF8.self)
            let copy = String(decoding: try template.copy(named: "mine"), as: UTF8.self)
            #expect(copy == text.replacing("\nname: \(template.name)\n", with: "\nname: mine\n"))
        }
    }

    @Test("names the nearest template for one that is not there, and refuses inputs that are not there")
    func refusals() throws {
        #expect(throws: TemplateError.self) { try library.template(named: "nothing") }
        let first = try #require(library.names.first)
        do { _ = try library.template(named: first + "x") } catch {
            #expect(error.hint?.contains(first) == true)
        }
        let template = try library.template(named: first)
        #expect(throws: TemplateError.self) { try template.copy(inputs: ["no-such-input": 1]) }
    }

    @Test("is searched by words of name, title, description, category and tags")
    func search() throws {
        let template = try #require(try library.all().first)
        #expect(template.matches(""))
        #expect(template.matches("\(template.category.rawValue) \(template.name.uppercased())"))
        #expect(!template.matches("\(template.name) nosuchword"))
    }
}
