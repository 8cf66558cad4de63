import FactoryDefinition
import FactoryDomain
import FactoryJSON
import Testing

@testable import FactoryHTTP

@Suite("Compiled pipelines") struct CompiledPipelinesTests {
    let first = ID<PipelineRecord>(rawValue: "pl_00000000000000000000000001")
    let second = ID<PipelineRecord>(rawValue: "pl_00000000000000000000000002")
    let third = ID<PipelineRecord>(rawValue: "pl_00000000000000000000000003")

    @Test("are good for the text and the format they were read from, and for no other")
    func text() throws {
        let compiled = CompiledPipelines()
        let (pipeline, text) = try document("a")
        #expect(compiled.pipeline(of: first, text: text, .json) == nil)
        compiled.keep(pipeline, of: first, text: text, .json)
        #expect(compiled.pipeline(of: first, text: text, .json)?.name == "a")
        #expect(compiled.pipeline(of: first, text: text + " ", .json) == nil)
        #expect(compiled.pipeline(of: first, text: text, .yaml) == nil)
        #expect(compiled.pipeline(of: second, text: text, .json) == nil)
        let (other, otherText) = try document("b")
        compiled.keep(other, of: first, text: otherText, .json)
        #expect(compiled.pipeline(of: first, text: text, .json) == nil)
        #expect(compiled.bytes == otherText.utf8.count)
    }

    @Test("make room for new ones, those first that were not used for longest; one that takes all the room is not kept")
    func bounded() throws {
        let (pipeline, text) = try document("a")
        let compiled = CompiledPipelines(limitBytes: text.utf8.count * 2)
        compiled.keep(pipeline, of: first, text: text, .json)
        compiled.keep(pipeline, of: second, text: text, .json)
        #expect(compiled.pipeline(of: first, text: text, .json) != nil)
        compiled.keep(pipeline, of: third, text: text, .json)
        #expect(compiled.pipeline(of: first, text: text, .json) != nil)
        #expect(compiled.pipeline(of: second, text: text, .json) == nil)
        #expect(compiled.bytes == text.utf8.count * 2)
        let small = CompiledPipelines(limitBytes: text.utf8.count - 1)
        small.keep(pipeline, of: first, text: text, .json)
        #expect(small.pipeline(of: first, text: text, .json) == nil)
        #expect(small.bytes == 0)
    }

    private func document(_ name: String) throws -> (Pipeline, String) {
        let document: JSON = [
            "version": 1, "name": .string(name),
            "steps": [["id": "s", "type": "transform", "with": ["ops": [["expression": "1"]]]]],
        ]
        return (try #require(DocumentReader().read(document).pipeline), document.serialized())
    }
}
