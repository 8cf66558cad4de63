import FactoryDefinition
import FactoryJSON
import Foundation
import Testing

@Suite("The format's schema") struct FormatSchemaTests {
    private func schema() throws -> JSONSchema { try JSONSchema(FormatSchema.document()) }

    private func violations(_ yaml: String) throws -> [SchemaViolation] {
        try schema().violations(of: YAML.parse(yaml))
    }

    private func step(_ text: String) -> String { "version: 1\nname: demo\nsteps:\n  - {id: a, \(text)}\n" }

    @Test("accepts every example")
    func examples() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "examples")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(!files.isEmpty)
        let schema = try schema()
        for file in files.sorted() {
            let document = try YAML.parse(Array(Data(contentsOf: folder.appending(path: file))))
            #expect(schema.violations(of: document).isEmpty, "\(file): \(schema.violations(of: document))")
        }
    }

    @Test(
        "accepts what the reader accepts",
        arguments: [
            "type: prompt, with: {prompt: hi, temperature: '{{ inputs.t }}'}",
            "type: prompt, with: {messages: [{role: user, content: hi}], stop: [a, b]}",
            "type: code, with: {language: python, code: x, limits: {wall: 5s, memory: 64MiB}}",
            "type: api, with: {url: 'http://a', expect: [2xx, 404, '200-299'], auth: {bearer: '{{ secrets.A }}'}}",
            "type: transform, with: {ops: [{sort: {by: item.a, order: desc}}, {map: 'true'}]}",
            "type: file, with: {operation: write, path: a, content: {b: 1}}, timeout: 5m, on_error: {value: 1}",
            "type: condition, with: {if: true, then: end, else: [fail]}",
            "type: transform, enabled: false, retry: {max_attempts: 3, on: [any]}, if: '1 == 1'",
            "type: transform, with: null",
        ])
    func good(_ text: String) throws {
        #expect(try violations(step(text)).isEmpty)
    }

    @Test(
        "refuses mistakes",
        arguments: [
            "type: promt, with: {prompt: hi}", "type: prompt", "type: prompt, with: {}",
            "type: prompt, with: {prompt: hi, messages: []}", "type: prompt, with: {prompt: hi, promt: 1}",
            "type: prompt, with: {prompt: hi, temperature: 3}", "type: prompt, with: {prompt: hi, temperature: hot}",
            "type: prompt, with: {prompt: hi, tools: []}", "type: code, with: {language: cobol, code: x}",
            "type: code, with: {language: python, code: x, limits: {wall: 5}}",
            "type: file, with: {operation: read}", "type: file, with: {operation: read, path: a, to: b}",
            "type: api, with: {url: a, json: 1, text: b}", "type: api, with: {url: a, auth: {bearer: a, basic: {}}}",
            "type: condition, with: {cases: [], then: [a]}", "type: transform, with: {ops: [{}]}",
            "type: transform, with: {ops: [{map: a, filter: b}]}", "type: transform, timeout: 5",
            "type: transform, retry: {max_attempts: 0}", "type: transform, on_error: ignore",
            "type: transform, need: []", "type: file, with: {operation: edit, path: a}",
            "type: file, with: {operation: write, path: a, content: {b: 1}, format: unified}",
            "type: file, with: {operation: edit, path: a, content: b, format: json}",
            "type: code, with: {language: python, code: x, limits: {processes: 300}}",
            "type: code, with: {language: python, code: x, limits: {memory: 1024}}",
            "type: transform, for_each: a",
        ])
    func bad(_ text: String) throws {
        #expect(try !violations(step(text)).isEmpty)
        #expect(!DocumentReading(yaml: step(text)).isValid)
    }

    @Test(
        "refuses mistakes at the top",
        arguments: ["name: Demo", "name: a\nsteps: []", "name: a\nstep: 1", "version: 2"])
    func top(_ text: String) throws {
        #expect(try !violations(text).isEmpty)
    }

    /// Every schema of a key or field below `schema`, with where it stands.
    private func properties(_ schema: JSON, _ path: String = "") -> [(path: String, schema: JSON)] {
        switch schema {
        case .object(let members):
            return members.flatMap { key, value -> [(path: String, schema: JSON)] in
                var found = properties(value, path + "/" + key)
                if key == "properties", path.hasSuffix("/then") == false, !path.hasSuffix("/if") {
                    for (name, inner) in value.objectValue ?? [:] where inner.objectValue != nil {
                        found.append(("\(path)/\(name)", inner))
                    }
                }
                return found
            }
        case .array(let elements): return elements.enumerated().flatMap { properties($1, "\(path)/\($0)") }
        default: return []
        }
    }

    @Test("titles and describes every field and says of which kind it is")
    func described() {
        let all = properties(FormatSchema.document()).filter {
            (!$0.path.contains("/allOf/") || $0.path.contains("with")) && !$0.path.contains("/x-result/")
        }
        .filter { $0.schema["description"] != nil }
        #expect(all.count > 80)
        for (path, schema) in all {
            #expect(schema["title"]?.stringValue?.isEmpty == false, "\(path)")
            let kind = schema["x-kind"]?.stringValue
            #expect(
                kind.map { ["static", "expression", "template"].contains($0) } ?? path.hasSuffix("/with"), "\(path)")
        }
        let step = FormatSchema.document()["$defs"]?["step"]
        #expect(step?["properties"]?["if"]?["x-kind"] == "expression")
        let prompt = step?["allOf"]?[0]?["then"]?["properties"]?["with"]?["properties"]
        #expect(prompt?["prompt"]?["x-kind"] == "template")
        #expect(prompt?["model"]?["x-kind"] == "static")
        #expect(prompt?["model"]?["default"] == "default")
        #expect(prompt?["reasoning"]?["enum"]?.arrayValue?.contains("high") == true)
    }

    @Test("has every key that the reader takes in this build")
    func keys() {
        let schema = FormatSchema.document()
        let (top, step) = (schema["properties"]?.objectValue?.keys ?? [], schema["$defs"]?["step"]?["properties"])
        for key in ["budget", "concurrency", "title", "tags", "inputs", "defaults", "changes", "outputs"] {
            let reading = DocumentReading(
                yaml: "version: 1\nname: a\n\(key): null\nsteps: [{id: a, type: transform}]\n")
            let isKnown = !reading.errorCodes.contains("not_in_this_build")
            #expect(top.contains(key) == isKnown, "\(key)")
        }
        for key in ["needs", "if", "for_each", "max_parallel", "cache", "retry", "timeout", "outputs", "on_error"] {
            let codes = DocumentReading(steps: "  - {id: a, type: transform, \(key): null}").errorCodes
            #expect((step?[key] != nil) == !codes.contains("not_in_this_build"), "\(key)")
        }
    }
}
