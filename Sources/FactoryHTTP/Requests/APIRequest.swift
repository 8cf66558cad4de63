import FactoryAPI
import FactoryAccess
import FactoryDefinition
import FactoryDomain
import FactoryJSON
import HTTPTypes
import HummingbirdCore

/// A request that was let in: its route, who asks, and what it carries.
struct APIRequest: Sendable {
    let route: Route
    let target: RequestTarget
    /// What stands in the place of the route's variables.
    let parameters: [String: String]
    let headers: HTTPFields
    /// Who asks; nil where the route asks nobody.
    let principal: Principal?
    /// What the caller may do with what the path names.
    let grant: Grant
    /// Names it in logs and problems.
    let id: String
    /// What the body is; nil where there is none.
    var kind: MediaKind?
    var body: [UInt8] = []
    /// The request as the server has it, for answers that go on while the client listens.
    let raw: Request

    /// Whose things it is about: those of the caller.
    var owner: String { principal?.owner ?? Owner.local }

    /// What stands in the place of the route's variable `name`.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The value of the query parameter `name`; the last where it comes more than once.
    func query(_ name: String) -> String? { target.query.last { $0.name == name }?.value }

    /// The value of a header.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// The id that the path names, of the kind that is wanted.
    func identity<Entity>(_ entity: Entity.Type, named name: String = "id") throws(APIProblem) -> ID<Entity> {
        guard let id = ID<Entity>(parsing: parameter(name)) else {
            throw APIProblem(.notFound, "there is nothing with the id \(parameter(name).prefix(80))")
        }
        return id
    }

    /// A flag of the query: `true`, `false`, or nothing for false.
    func flag(_ name: String) throws(APIProblem) -> Bool {
        switch query(name) {
        case nil, "false", "0": return false
        case "true", "1", "": return true
        default: throw .invalid(parameter: name, "must be true or false")
        }
    }

    /// A whole number of the query within `range`.
    func number(_ name: String, in range: ClosedRange<Int>) throws(APIProblem) -> Int? {
        guard let text = query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(
                parameter: name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The `limit` of a list: 50 unless asked for otherwise, at most 200.
    func limit() throws(APIProblem) -> Int { try number("limit", in: 1...200) ?? 50 }

    /// The members of a JSON body; none for an empty one.
    /// - Parameter known: the members it may have; nil for any.
    func members(known: [String]?) throws(APIProblem) -> JSONObject {
        guard !body.isEmpty else { return [:] }
        let value = try json()
        guard case .object(let members) = value else {
            throw APIProblem(.invalidField, "the body must be an object, not a \(value.kindName)")
        }
        if let known { try APIProblem.refuseUnknown(members.keys, known: known) }
        return members
    }

    /// The body as JSON.
    func json(limits: JSONLimits = JSONLimits(depth: 64, bytes: 64 << 20, keys: 10_000)) throws(APIProblem) -> JSON {
        do throws(JSONError) { return try JSON(parsing: body, limits: limits) } catch {
            throw APIProblem(
                .invalidJSON, "the body is not JSON that is taken: \(error)",
                errors: [
                    APIProblem.Entry(
                        path: "", code: APIProblemCode.invalidJSON.rawValue, message: error.message, line: error.line,
                        column: error.column)
                ])
        }
    }

    /// The condition of `If-Match`; missing is 428.
    func requiredMatch() throws(APIProblem) -> EntityTagCondition {
        guard let match = match() else {
            throw APIProblem(
                .preconditionRequired, "this changes a definition, so it needs If-Match",
                hint: "send the ETag that GET answered with, or * to change whatever is there")
        }
        return match
    }

    /// Whether the client has what `tag` stands for, by its `If-None-Match`: the answer is 304 then.
    func has(_ tag: EntityTag) -> Bool {
        header("If-None-Match").map { EntityTagCondition(parsingWeakly: $0).matches(tag) } ?? false
    }

    /// The condition of `If-Match`, where there is one.
    func match() -> EntityTagCondition? { header("If-Match").map(EntityTagCondition.init(parsing:)) }
}

extension APIProblem {
    /// A query parameter with a value that is not taken.
    static func invalid(parameter: String, _ rule: String) -> APIProblem {
        APIProblem(
            .invalidField, "the query parameter \(parameter) \(rule)",
            errors: [
                APIProblem.Entry(
                    path: parameter, code: APIProblemCode.invalidField.rawValue, message: "\(parameter) \(rule)")
            ])
    }

    /// A member of the body with a value that is not taken.
    static func invalid(field: String, _ rule: String) -> APIProblem {
        APIProblem(
            .invalidField, "\(field) \(rule)",
            errors: [
                APIProblem.Entry(path: field, code: APIProblemCode.invalidField.rawValue, message: "\(field) \(rule)")
            ])
    }

    /// Refuses members that are not known, all at once and with what was probably meant.
    static func refuseUnknown(_ names: [String], known: [String]) throws(APIProblem) {
        try refuse(names, known: known, .unknownField, "field")
    }

    /// Refuses query parameters that are not known.
    static func refuseUnknownParameters(_ names: [String], known: [String]) throws(APIProblem) {
        try refuse(names, known: known, .unknownParameter, "query parameter")
    }

    private static func refuse(
        _ names: [String], known: [String], _ code: APIProblemCode, _ what: String
    ) throws(APIProblem) {
        let unknown = names.filter { !known.contains($0) }
        guard let first = unknown.first else { return }
        let entries = unknown.map { name in
            APIProblem.Entry(
                path: String(name.prefix(80)), code: code.rawValue, message: "unknown \(what) `\(name.prefix(80))`",
                hint: Suggestion.hint(for: name, among: known)
                    ?? (known.isEmpty ? "none is known here" : "known: \(known.joined(separator: ", "))"))
        }
        throw APIProblem(
            code, "unknown \(what) `\(first.prefix(80))`" + (unknown.count > 1 ? " and others" : ""),
            hint: entries[0].hint, errors: entries)
    }
}
