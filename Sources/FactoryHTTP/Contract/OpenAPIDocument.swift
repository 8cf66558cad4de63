import CAssets
import FactoryAPI
import FactoryDefinition
import FactoryJSON

/// The contract of the API as OpenAPI 3.1: `openapi.yaml` and the files of `openapi/`, put together.
///
/// What follows from the rule of a route and from the codes it names is made here, so that it is written down once:
/// `security`, and the answers of type `application/problem+json`.
struct OpenAPIDocument: Sendable {
    /// Why there is no document: a mistake in its files, which a test finds.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// The whole.
    let json: JSON

    /// Reads the files that the program carries.
    init() throws {
        var whole: JSONObject = [:]
        var index = 0
        while let name = factory_asset_name(index).map({ String(cString: $0) }) {
            index += 1
            guard name.hasPrefix("openapi") else { continue }
            do {
                guard case .object(let part) = try YAML.parse(Self.asset(name)) else {
                    throw Mistake(description: "is no object")
                }
                try Self.merge(part, into: &whole, at: [])
            } catch { throw Mistake(description: "\(name): \(error)") }
        }
        try self.init(whole)
    }

    /// Completes what `parts` gave together.
    init(_ parts: JSONObject) throws {
        var whole = parts
        var paths = whole["paths"]?.objectValue ?? [:]
        for (path, item) in paths {
            guard case .object(var operations) = item else { throw Mistake(description: "\(path) is no object") }
            for (method, value) in operations where method != "parameters" {
                guard case .object(let operation) = value else {
                    throw Mistake(description: "\(method) \(path) is no object")
                }
                do { operations[method] = .object(try Self.completed(operation)) } catch {
                    throw Mistake(description: "\(method) \(path): \(error)")
                }
            }
            paths[path] = .object(operations)
        }
        whole["paths"] = .object(paths)
        var components = whole["components"]?.objectValue ?? [:]
        var schemas = components["schemas"]?.objectValue ?? [:]
        schemas["ProblemCode"] = [
            "description": "Stable; docs/problems has a section for each.",
            "enum": .array(APIProblemCode.allCases.map { .string($0.rawValue) }),
        ]
        components["schemas"] = .object(schemas)
        whole["components"] = .object(components)
        json = .object(whole)
    }

    private static func asset(_ name: String) -> [UInt8] {
        var size = 0
        return factory_asset(name, &size).map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? []
    }

    /// Puts the members of `part` beside those that are there; nothing is said twice.
    private static func merge(_ part: JSONObject, into whole: inout JSONObject, at place: [String]) throws {
        for (key, value) in part {
            guard let known = whole[key] else {
                whole[key] = value
                continue
            }
            guard case .object(var members) = known, case .object(let more) = value else {
                throw Mistake(description: "\((place + [key]).joined(separator: "/")) stands elsewhere already")
            }
            try merge(more, into: &members, at: place + [key])
            whole[key] = .object(members)
        }
    }
}

// MARK: - Operations

extension OpenAPIDocument {
    /// Of every request.
    private static let always: [APIProblemCode] = [
        .badRequest, .unknownParameter, .originNotAllowed, .targetTooLong, .hostNotAllowed, .headTooLarge,
        .internalError,
    ]
    /// Of requests that somebody has to be let in for.
    private static let guarded: [APIProblemCode] = [
        .unauthorized, .forbidden, .unavailable, .forgeryTokenMissing, .credentialsMixed, .tooManyRequests,
    ]
    /// Of requests with a body.
    private static let loaded: [APIProblemCode] = [.unsupportedMediaType, .bodyTooLarge, .overloaded]

    private static func completed(_ operation: JSONObject) throws -> JSONObject {
        var operation = operation
        guard let access = operation["x-access"]?.stringValue else { throw Mistake(description: "has no x-access") }
        let names = operation["x-problems"]?.arrayValue ?? []
        var codes = always
        if access == "anyone" {
            operation["security"] = []
        } else {
            let scope = access.split { "(,) ".contains($0) }.last.map(String.init) ?? ""
            guard AccessScope(rawValue: scope) != nil else { throw Mistake(description: "\(access) names no scope") }
            operation["security"] = [["accessKey": [.string(scope)]], ["session": []]]
            codes += guarded
            if !access.hasPrefix("signedIn"), !access.hasPrefix("admin") { codes.append(.notFound) }
        }
        if operation["requestBody"] != nil { codes += loaded }
        for name in names {
            guard let code = name.stringValue.flatMap(APIProblemCode.init(rawValue:)) else {
                throw Mistake(description: "\(name) is no code")
            }
            guard !codes.contains(code) else { throw Mistake(description: "\(name) goes without saying") }
            codes.append(code)
        }
        operation["x-problems"] = nil
        var responses = operation["responses"]?.objectValue ?? [:]
        for (status, group) in Dictionary(grouping: codes, by: \.status).sorted(by: { $0.key < $1.key }) {
            let problem = Self.response(group)
            guard case .object(var response)? = responses[String(status)] else {
                responses[String(status)] = .object(problem)
                continue
            }
            var content = response["content"]?.objectValue ?? [:]
            content[MediaKind.problem.rawValue] = Self.described(problem, with: response["x-members"])
            response["x-members"] = nil
            response["description"] = response["description"] ?? problem["description"]
            response["content"] = .object(content)
            responses[String(status)] = .object(response)
        }
        operation["responses"] = .object(responses)
        return operation
    }

    /// The content of a problem that has members of its own where the document says which.
    private static func described(_ problem: JSONObject, with members: JSON?) -> JSON? {
        guard var content = problem["content"]?[MediaKind.problem.rawValue]?.objectValue else { return nil }
        guard let members, var schema = content["schema"]?.objectValue else { return .object(content) }
        schema["allOf"] = .array((schema["allOf"]?.arrayValue ?? []) + [members])
        content["schema"] = .object(schema)
        return .object(content)
    }

    private static func response(_ codes: [APIProblemCode]) -> JSONObject {
        [
            "description": .string(codes.map { "\($0.title) (`\($0.rawValue)`)" }.joined(separator: "; ")),
            "content": [
                MediaKind.problem.rawValue: [
                    "schema": [
                        "allOf": [["$ref": "#/components/schemas/Problem"]],
                        "properties": ["code": ["enum": .array(codes.map { .string($0.rawValue) })]],
                    ]
                ]
            ],
        ]
    }
}
