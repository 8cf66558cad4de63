import FactoryAPI
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Steps that a layout may place.
    private static let layoutSteps = 5_000
    /// Places lie within this distance of the origin.
    private static let layoutReach = 1_000_000.0

    /// Where the steps of the draft stand on the canvas. A step that was never placed is left out.
    func getLayout(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let text = try await stored { () throws(StoreError) in try await services.pipelines.layout(of: record.id) }
        let stored = text.flatMap { try? JSON(parsing: $0) }
        let ids = Set(Self.steps(of: record).compactMap { $0["id"]?.stringValue })
        let places = (stored?["steps"]?.objectValue ?? [:]).filter { ids.contains($0.key) }
        return .json([
            "steps": .object(JSONObject(places.map { ($0.key, $0.value) })),
            "viewport": stored?["viewport"] ?? .null,
        ])
    }

    /// Keeps where steps stand: `{"steps": {ID: {"x", "y"}}, "viewport"?: {"x", "y", "zoom"}}`. Places follow a step that
    /// is renamed.
    func putLayout(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["steps", "viewport"])
        guard case .object(let steps)? = members["steps"], steps.count <= Self.layoutSteps else {
            throw .invalid(
                field: "steps", "must be an object with a place for each of at most \(Self.layoutSteps) steps")
        }
        for (id, place) in steps { try Self.check(place, ["x", "y"], in: "steps.\(id)") }
        if let viewport = members["viewport"], !viewport.isNull {
            try Self.check(viewport, ["x", "y", "zoom"], in: "viewport")
        }
        let layout: JSON = ["steps": .object(steps), "viewport": members["viewport"] ?? .null]
        try await stored { () throws(StoreError) in
            try await services.pipelines.setLayout(of: record.id, layout.serialized())
        }
        return try await getLayout(request)
    }

    private static func check(_ place: JSON, _ keys: [String], in path: String) throws(APIProblem) {
        guard case .object(let members) = place, Set(members.keys) == Set(keys),
            keys.allSatisfy({ key in
                members[key]?.doubleValue.map { abs($0) <= layoutReach } ?? false
            })
        else {
            throw .invalid(field: path, "must have \(keys.joined(separator: ", ")), numbers up to a million")
        }
    }
}
