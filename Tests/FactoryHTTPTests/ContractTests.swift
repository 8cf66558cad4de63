import FactoryAPI
import FactoryDefinition
import FactoryJSON
import Testing

@testable import FactoryHTTP

/// What the document says of one operation.
private struct Described {
    let path: String
    let method: String
    let operation: JSON
    let parameters: [JSON]

    func parameters(in place: String) -> Set<String> {
        Set(parameters.filter { $0["in"]?.stringValue == place }.compactMap { $0["name"]?.stringValue })
    }
}

@Suite("The contract of the API") struct ContractTests {
    /// Put together once for all tests.
    private static let whole = Result { try OpenAPIDocument().json }

    private let json: JSON
    private var described: [String: Described] = [:]

    init() throws {
        json = try Self.whole.get()
        for (path, item) in json["paths"]?.objectValue ?? [:] {
            let shared = item["parameters"]?.arrayValue ?? []
            for (method, operation) in item.objectValue ?? [:] where method != "parameters" {
                let own = operation["parameters"]?.arrayValue ?? []
                described["\(method.uppercased()) \(path)"] = Described(
                    path: path, method: method, operation: operation,
                    parameters: try (shared + own).map { try resolved($0) })
            }
        }
    }

    /// What a reference stands for, or the value itself.
    private func resolved(_ value: JSON) throws -> JSON {
        guard let reference = value["$ref"]?.stringValue else { return value }
        var found: JSON? = json
        for part in reference.dropFirst(2).split(separator: "/") { found = found?[String(part)] }
        return try #require(found, "\(reference) is nowhere")
    }

    @Test("describes every route and nothing else")
    func routes() {
        let routes = Set(RouteTable.all.map { "\($0.method.rawValue) \($0.path)" })
        #expect(routes.subtracting(described.keys) == [], "not described")
        #expect(Set(described.keys).subtracting(routes) == [], "not served")
    }

    @Test("names the operation, the rule, the scope and the parameters of each route", arguments: RouteTable.all)
    func details(route: Route) throws {
        let found = try #require(described["\(route.method.rawValue) \(route.path)"])
        #expect(found.operation["operationId"]?.stringValue == route.operation.rawValue)
        #expect(found.operation["summary"]?.stringValue?.isEmpty == false)
        let rule = "\(route.rule)".replacing(#/FactoryAPI\.\w+\./#, with: "")
        #expect(found.operation["x-access"]?.stringValue == rule)
        let scopes = found.operation["security"]?.arrayValue?.first?["accessKey"]?.arrayValue?.first?.stringValue
        #expect(scopes == route.rule.scope?.rawValue)
        #expect(found.parameters(in: "query") == Set(route.query))
        let variables = route.components.compactMap { if case .variable(let name) = $0 { name } else { nil } }
        #expect(found.parameters(in: "path") == Set(variables))
        #expect(found.parameters.allSatisfy { $0["in"] != "path" || $0["required"] == true })
    }

    @Test("names the kinds of body that each route takes", arguments: RouteTable.all)
    func bodies(route: Route) throws {
        let found = try #require(described["\(route.method.rawValue) \(route.path)"])
        let kinds: Set<MediaKind> =
            switch route.body {
            case .none: []
            case .json: [.json]
            case .document: route.method == .patch ? [.json, .mergePatch] : [.json, .yaml]
            case .file: [.bytes]
            // Most senders send JSON; nothing else is refused.
            case .stream: [.bytes]
            case .raw: [.json]
            }
        let body = try found.operation["requestBody"].map(resolved)
        #expect(Set(body?["content"]?.objectValue?.keys ?? []) == Set(kinds.map(\.rawValue)))
    }

    @Test("has an end for every reference, and a use for every component")
    func references() throws {
        var named: Set<String> = [
            "#/components/schemas/Event", "#/components/securitySchemes/accessKey",
            "#/components/securitySchemes/session",
        ]
        func walk(_ value: JSON) throws {
            switch value {
            case .array(let items): for item in items { try walk(item) }
            case .object(let members):
                if let reference = members["$ref"]?.stringValue {
                    named.insert(reference)
                    _ = try resolved(value)
                }
                for (_, member) in members { try walk(member) }
            default: break
            }
        }
        try walk(json)
        for (kind, members) in json["components"]?.objectValue ?? [:] {
            for name in members.objectValue?.keys ?? [] {
                #expect(named.contains("#/components/\(kind)/\(name)"), "\(kind)/\(name) is used nowhere")
            }
        }
    }

    @Test("has every problem code, each with a status that its operations answer")
    func problems() throws {
        let codes = json["components"]?["schemas"]?["ProblemCode"]?["enum"]?.arrayValue?.compactMap(\.stringValue)
        #expect(codes == APIProblemCode.allCases.map(\.rawValue))
        for (name, found) in described {
            for status in ["400", "403", "421", "500"] {
                let content = found.operation["responses"]?[status]?["content"]
                #expect(content?["application/problem+json"] != nil, "\(name) \(status)")
            }
            #expect(
                (found.operation["responses"]?["401"] == nil) == (found.operation["x-access"] == "anyone"), "\(name)")
        }
    }

    @Test("refuses sections that say something twice, name no rule, or name codes that are none")
    func mistakes() {
        func document(_ operation: JSONObject) throws {
            _ = try OpenAPIDocument(["paths": ["/x": ["get": .object(operation)]]])
        }
        #expect(throws: Never.self) { try document(["x-access": "signedIn(read)", "x-problems": ["state_conflict"]]) }
        #expect(throws: OpenAPIDocument.Mistake.self) { try document([:]) }
        #expect(throws: OpenAPIDocument.Mistake.self) { try document(["x-access": "signedIn(everything)"]) }
        #expect(throws: OpenAPIDocument.Mistake.self) {
            try document(["x-access": "anyone", "x-problems": ["no_such_code"]])
        }
        #expect(throws: OpenAPIDocument.Mistake.self) {
            try document(["x-access": "anyone", "x-problems": ["bad_request"]])
        }
    }
}
