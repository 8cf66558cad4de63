import FactoryAPI
import FactoryAccess
import FactoryBlobs
import FactoryDomain
import FactoryJSON
import FactoryStore

extension API {
    /// Accounts that one pipeline may be shared with, one by one.
    private static let shareCount = 500
    /// Links of one pipeline that are taken at once.
    private static let linkCount = 50
    /// Longest life of a link: a year. Without a wish it lives 7 days.
    private static let linkSeconds = 365 * 24 * 60 * 60
    private static let usualLinkSeconds = 7 * 24 * 60 * 60

    func getShares(_ request: APIRequest) async throws(APIProblem) -> Reply {
        try await shares(of: try await pipeline(request), request)
    }

    /// Sets who may see and use a pipeline: `{"visibility"?, "people"?: [{"account", "role", "allows"?}]}`. What is left out stays.
    func putShares(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["visibility", "people"])
        var visibility: Visibility?
        if let word = members["visibility"], !word.isNull {
            guard let known = word.stringValue.flatMap(Visibility.init(rawValue:)) else {
                throw .invalid(field: "visibility", "must be one of private, shared, public")
            }
            visibility = known
        }
        var shares = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: record.id) }
        if let people = members["people"] {
            guard let list = people.arrayValue, list.count <= Self.shareCount else {
                throw .invalid(field: "people", "must be a list of at most \(Self.shareCount)")
            }
            let before = Dictionary(shares.map { ($0.account, $0.createdAt) }, uniquingKeysWith: { first, _ in first })
            var next: [String: PipelineShare] = [:]
            for (place, person) in list.enumerated() {
                let path = "people[\(place)]"
                guard case .object(let members) = person else { throw .invalid(field: path, "must be an object") }
                try APIProblem.refuseUnknown(members.keys, known: ["account", "role", "allows"])
                guard let text = members["account"]?.stringValue else {
                    throw .invalid(field: "\(path).account", "must be the id, name or e-mail address of an account")
                }
                let account = try await self.person(text, in: "\(path).account")
                guard account.id != record.owner else {
                    throw .invalid(field: "\(path).account", "is the owner, who needs no share")
                }
                let role = try Self.role(members["role"], in: "\(path).role")
                next[account.id] = PipelineShare(
                    account: account.id, role: role,
                    allows: try Self.allows(members["allows"], for: role, in: "\(path).allows"),
                    createdAt: before[account.id] ?? services.now())
            }
            shares = next.values.sorted { $0.account < $1.account }
        }
        if visibility == .private, !shares.isEmpty {
            throw .invalid(
                field: "visibility", "cannot be private while it is shared with people: send \"people\": [] with it")
        }
        return try await set(shares, visibility, of: record, request)
    }

    /// Takes a pipeline back from everybody, links included.
    func removeShares(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let links = try await stored { () throws(StoreError) in
            try await services.pipelines.links(of: record.id, now: services.now())
        }
        for link in links { _ = try await remove(link.id, of: record, request) }
        _ = try await set([], .private, of: record, request)
        return .empty()
    }

    /// Shares a pipeline with one account: `{"role", "allows"?}`.
    func putShare(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["role", "allows"])
        let role = try Self.role(members["role"], in: "role")
        let allows = try Self.allows(members["allows"], for: role, in: "allows")
        let account = try await person(request.parameter("account"), in: "account")
        guard account.id != record.owner else { throw .invalid(field: "account", "is the owner, who needs no share") }
        var shares = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: record.id) }
        if let place = shares.firstIndex(where: { $0.account == account.id }) {
            (shares[place].role, shares[place].allows) = (role, allows)
        } else {
            guard shares.count < Self.shareCount else {
                throw APIProblem(.conflict, "a pipeline is shared with at most \(Self.shareCount) accounts")
            }
            shares.append(PipelineShare(account: account.id, role: role, allows: allows, createdAt: services.now()))
        }
        return try await set(shares, nil, of: record, request)
    }

    /// Takes a pipeline back from one account: its owner from anyone, everyone from themselves.
    func removeShare(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let named = request.parameter("account")
        let id = named == request.owner ? named : try await person(named, in: "account").id
        guard request.pipelineRole == .owner || id == request.owner else {
            throw APIProblem(.forbidden, "only its owner can take a pipeline back from others", hint: "ask its owner")
        }
        let shares = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: record.id) }
        guard shares.contains(where: { $0.account == id }) else {
            throw APIProblem(.notFound, "the pipeline is not shared with this account")
        }
        _ = try await set(shares.filter { $0.account != id }, nil, of: record, request)
        return .empty()
    }

    func listShareLinks(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let links = try await stored { () throws(StoreError) in
            try await services.pipelines.links(of: record.id, now: services.now())
        }
        let people = try await people(Set(links.map(\.account)))
        return .json(["items": .array(links.map { .object(Self.members(of: $0, people)) }), "next_cursor": nil])
    }

    /// Makes a link: `{"role", "allows"?, "expires_in"?: seconds}`. Its token is in this answer and nowhere else.
    func createShareLink(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let members = try request.members(known: ["role", "allows", "expires_in"])
        let role = try Self.role(members["role"], in: "role")
        let allows = try Self.allows(members["allows"], for: role, in: "allows")
        try Self.requireOwner(of: record, toAllow: allows, request)
        var seconds = Self.usualLinkSeconds
        if let wish = members["expires_in"], !wish.isNull {
            guard let number = wish.intValue, (1...Int64(Self.linkSeconds)).contains(number) else {
                throw .invalid(field: "expires_in", "must be a number of seconds up to \(Self.linkSeconds)")
            }
            seconds = Int(number)
        }
        let token = services.collaboration.newToken()
        let now = services.now()
        let link = ShareLink(
            id: services.ids.make(), pipeline: record.id, role: role, allows: allows,
            tokenDigest: Self.digest(of: token), account: request.owner, createdAt: now,
            expiresAt: now.adding(.seconds(seconds)))
        try await stored { () throws(StoreError) in
            guard try await services.pipelines.links(of: record.id, now: now).count < Self.linkCount else {
                throw .exists(kind: "number of links that is the most for a pipeline:", id: String(Self.linkCount))
            }
            try await services.pipelines.add(link)
        }
        var detail: JSONObject = [
            "link": .string(link.id.rawValue), "role": .string(role),
            "expires_at": .string(link.expiresAt.description),
        ]
        if !allows.isEmpty { detail["allows"] = Self.json(allows) }
        try await audit(.linkCreated, request, on: record.id.rawValue, detail)
        var shown = Self.members(of: link, try await people([link.account]))
        shown["token"] = .string(token)
        return .json(.object(shown), status: 201)
    }

    func removeShareLink(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let record = try await pipeline(request)
        let link = try request.identity(ShareLink.self, named: "link_id")
        guard try await remove(link, of: record, request) else {
            throw APIProblem(.notFound, "the pipeline has no link \(link)")
        }
        return .empty()
    }

    /// Takes up a link: `{"token"}`. The answer is the pipeline.
    func acceptShareLink(_ request: APIRequest) async throws(APIProblem) -> Reply {
        let members = try request.members(known: ["token"])
        guard let token = members["token"]?.stringValue, token.utf8.count <= 256 else {
            throw .invalid(field: "token", "must be the token of a link")
        }
        let id = try await stored { () throws(StoreError) in
            try await services.pipelines.accept(
                tokenDigest: Self.digest(of: token), by: request.owner, at: services.now())
        }
        guard let id else {
            throw APIProblem(
                .notFound, "this link is not known, was revoked or has expired", hint: "ask for a new one")
        }
        services.collaboration.live.poke()
        let shares = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: id) }
        if let share = shares.first(where: { $0.account == request.owner }) {
            var detail: JSONObject = ["account": .string(share.account), "role": .string(share.role), "by": "link"]
            if !share.allows.isEmpty { detail["allows"] = Self.json(share.allows) }
            try await audit(.pipelineShared, request, on: id.rawValue, detail)
        }
        let grant = try await authorise(.pipeline(.viewer, .read), for: request.principal, ["id": id.rawValue])
        return try await shown(try await pipeline(id), for: request.granted(grant))
    }

    // MARK: - Pieces

    private func set(
        _ shares: [PipelineShare], _ wanted: Visibility?, of record: PipelineRecord, _ request: APIRequest
    ) async throws(APIProblem) -> Reply {
        let isPublic = (wanted ?? record.visibility) == .public
        let visibility: Visibility = isPublic ? .public : shares.isEmpty ? .private : .shared
        let before = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: record.id) }
        let held = Dictionary(before.map { ($0.account, $0.allows) }) { first, _ in first }
        for share in shares {
            try Self.requireOwner(of: record, toAllow: share.allows.subtracting(held[share.account] ?? []), request)
        }
        try await stored { () throws(StoreError) in
            try await services.pipelines.setShares(
                of: record.id, shares, visibility: visibility, by: request.owner, at: services.now())
        }
        services.collaboration.live.poke()
        try await audit(shares, after: before, visibility, of: record, request)
        return try await self.shares(of: try await pipeline(record.id), request)
    }

    /// Removes a link; false where there is none.
    private func remove(
        _ link: ID<ShareLink>, of record: PipelineRecord, _ request: APIRequest
    ) async throws(APIProblem) -> Bool {
        let isGone = try await stored { () throws(StoreError) in
            try await services.pipelines.removeLink(link, of: record.id)
        }
        guard isGone else { return false }
        try await audit(.linkRevoked, request, on: record.id.rawValue, ["link": .string(link.rawValue)])
        return true
    }

    private func shares(of record: PipelineRecord, _ request: APIRequest) async throws(APIProblem) -> Reply {
        let shares = try await stored { () throws(StoreError) in try await services.pipelines.shares(of: record.id) }
        let people = try await people(Set(shares.map(\.account)).union([record.owner]))
        return .json([
            "visibility": .string(record.visibility.rawValue),
            "owner": people[record.owner] ?? .null,
            "people": .array(
                shares.map { share in
                    [
                        "account": people[share.account] ?? .null, "role": .string(share.role),
                        "allows": Self.json(share.allows), "created_at": .string(share.createdAt.description),
                    ]
                }),
        ])
    }

    /// A role that can be given: all but the owner's.
    private static func role(_ value: JSON?, in field: String) throws(APIProblem) -> String {
        guard let role = value?.stringValue.flatMap(PipelineRole.init(rawValue:)), role != .owner else {
            throw .invalid(field: field, "must be one of viewer, runner, editor")
        }
        return role.rawValue
    }

    /// What the owner lets runs of the other use: a list, empty where nothing is said.
    private static func allows(
        _ value: JSON?, for role: String, in field: String
    ) throws(APIProblem) -> Set<ShareAllowance> {
        guard let value else { return [] }
        let words = value.arrayValue?.map { $0.stringValue.flatMap(ShareAllowance.init(rawValue:)) }
        guard let words, words.count <= ShareAllowance.allCases.count, !words.contains(nil) else {
            throw .invalid(field: field, "must be a list of secrets and models, or of one of them")
        }
        let allows = Set(words.compactMap { $0 })
        guard allows.count == words.count else { throw .invalid(field: field, "names something twice") }
        guard allows.isEmpty || role != PipelineRole.viewer.rawValue else {
            throw .invalid(field: field, "is for those who may run it; a viewer starts no runs")
        }
        return allows
    }

    /// Admins may share what is others', but not lend it.
    private static func requireOwner(
        of record: PipelineRecord, toAllow more: Set<ShareAllowance>, _ request: APIRequest
    ) throws(APIProblem) {
        guard more.isEmpty || request.owner == record.owner else {
            throw APIProblem(
                .forbidden, "only the owner of the pipeline can let others use their secrets and models",
                hint: "leave `allows` out, or ask the owner")
        }
    }

    static func json(_ allows: Set<ShareAllowance>) -> JSON {
        .array(ShareAllowance.allCases.filter(allows.contains).map { .string($0.rawValue) })
    }

    private static func digest(of token: String) -> String { BlobStore.hash(of: Array(token.utf8)).rawValue }

    private static func members(of link: ShareLink, _ people: [String: JSON]) -> JSONObject {
        [
            "id": .string(link.id.rawValue), "pipeline": .string(link.pipeline.rawValue), "role": .string(link.role),
            "allows": json(link.allows),
            "by": people[link.account] ?? .null, "created_at": .string(link.createdAt.description),
            "expires_at": .string(link.expiresAt.description), "accepted": .int(link.acceptedCount),
        ]
    }
}
