import Crypto
import FactoryDefinition
public import FactoryDomain
public import FactoryJSON
public import FactoryStore

extension Triggers {
    /// A trigger that was made or changed, with what is told only now.
    public struct Made: Sendable {
        /// The trigger.
        public var trigger: TriggerRecord
        /// The secret part of a webhook's address, where it is new.
        public var token: String?
        /// The key of a webhook's signatures, where this server made it.
        public var secret: String?
        /// Id of the master key that a new key is sealed with.
        var masterKeyID: String?
    }

    /// What a person says of a trigger, beside the settings of its kind.
    private static let ownNames = ["kind", "name", "enabled", "secret", "new_address"]

    /// Makes a trigger of a pipeline for `owner`.
    ///
    /// - Parameter members: `kind`, `name`, `enabled`, and the settings of the kind.
    public func create(
        _ members: JSONObject, of pipeline: ID<PipelineRecord>, for owner: String
    ) async throws(TriggerError) -> Made {
        guard let kind = members["kind"]?.stringValue.flatMap(TriggerRecord.Kind.init(rawValue:)) else {
            throw .invalid([TriggerProblem("kind", "kind must be schedule or webhook")])
        }
        let now = parts.now()
        var trigger = TriggerRecord(
            id: parts.ids.make(), pipeline: pipeline, owner: owner, kind: kind, name: nil, isEnabled: true,
            settings: [:], createdAt: now, updatedAt: now)
        var made = try await apply(members, to: &trigger, isNew: true)
        made.trigger = trigger
        let new = made
        try await stored { store throws(StoreError) in try await store.create(new.trigger, keyID: new.masterKeyID) }
        bell.yield(.changed)
        return made
    }

    /// Changes what `members` name of a trigger.
    public func change(_ trigger: TriggerRecord, _ members: JSONObject) async throws(TriggerError) -> Made {
        if let kind = members["kind"], kind.stringValue != trigger.kind.rawValue {
            throw .invalid([
                TriggerProblem("kind", "the kind of a trigger cannot change", hint: "make another trigger")
            ])
        }
        var next = trigger
        next.updatedAt = parts.now()
        var made = try await apply(members, to: &next, isNew: false)
        let (changed, keyID) = (next, made.masterKeyID)
        try await stored { store throws(StoreError) in try await store.replace(changed, keyID: keyID) }
        next.revision += 1
        made.trigger = next
        bell.yield(.changed)
        return made
    }

    /// Removes a trigger with its deliveries.
    public func remove(_ trigger: TriggerRecord) async throws(TriggerError) {
        try await stored { store throws(StoreError) in try await store.removeTrigger(trigger.id) }
        bell.yield(.changed)
    }

    private func apply(
        _ members: JSONObject, to trigger: inout TriggerRecord, isNew: Bool
    ) async throws(TriggerError) -> Made {
        var own = SettingsReader(
            JSONObject(members.filter { Self.ownNames.contains($0.key) }.map { ($0.key, $0.value) }),
            known: Self.ownNames, nullable: ["name"])
        if members.contains("name") { trigger.name = own.text("name", maxBytes: 200) }
        trigger.isEnabled = own.flag("enabled", or: trigger.isEnabled)
        let secret = own.text("secret", maxBytes: 512)
        let wantsAddress = own.flag("new_address", or: false)
        guard own.problems.isEmpty else { throw .invalid(own.problems) }
        var settings = trigger.settings.objectValue ?? [:]
        for (name, value) in members where !Self.ownNames.contains(name) { settings[name] = value }
        var made = Made(trigger: trigger)
        switch trigger.kind {
        case .schedule:
            let read = try ScheduleSettings(settings)
            trigger.settings = .object(read.json)
            trigger.nextFireAt = trigger.isEnabled ? read.schedule.next(after: parts.now()) : nil
            try await check(read.inputs, of: trigger.pipeline)
            guard secret == nil, !wantsAddress else {
                throw .invalid([TriggerProblem("secret", "secret and new_address belong to webhooks")])
            }
        case .webhook:
            let read = try WebhookSettings(settings)
            trigger.settings = .object(read.json)
            try await checkNames(of: read.inputs, of: trigger.pipeline)
            if isNew || wantsAddress {
                // 128 bits; what is kept of it opens nothing.
                let token = Hex.text(of: parts.random(16))
                made.token = token
                trigger.addressDigest = Self.digest(ofToken: token)
            }
            try await seal(secret, of: &trigger, read, into: &made)
        }
        return made
    }

    static func digest(ofToken token: String) -> String { Hex.text(of: SHA256.hash(data: Array(token.utf8))) }

    private func seal(
        _ given: String?, of trigger: inout TriggerRecord, _ settings: WebhookSettings, into made: inout Made
    ) async throws(TriggerError) {
        guard settings.isSigned else {
            trigger.sealedSecret = nil
            guard given == nil else {
                throw .invalid([TriggerProblem("secret", "a webhook that is not signed has no key")])
            }
            return
        }
        guard given != nil || trigger.sealedSecret == nil else { return }
        if let given, given.utf8.count < 16 {
            throw .invalid([
                TriggerProblem("secret", "a key has at least 16 characters", hint: "leave it out to have one made")
            ])
        }
        if settings.preset == .standard, let given, given.hasPrefix(StandardKey.prefix),
            Base64.bytes(of: given.dropFirst(StandardKey.prefix.count)) == nil
        {
            throw .invalid([TriggerProblem("secret", "after whsec_ there must be base64")])
        }
        let new =
            settings.preset == .standard ? StandardKey.text(of: parts.random(32)) : Hex.text(of: parts.random(32))
        let sealed = try await parts.keys.seal(given ?? new, of: trigger.id.rawValue)
        trigger.sealedSecret = sealed.text
        made.masterKeyID = sealed.masterKeyID
        made.secret = given == nil ? new : nil
    }

    private func check(_ inputs: JSONObject, of pipeline: ID<PipelineRecord>) async throws(TriggerError) {
        guard let fields = try await fields(of: pipeline) else { return }
        let problems = InputCheck(fields).check(inputs).problems
        guard problems.isEmpty else {
            throw .invalid(problems.map { TriggerProblem($0.path, $0.message, hint: $0.hint) })
        }
    }

    private func checkNames(
        of inputs: [WebhookSettings.NamedInput], of pipeline: ID<PipelineRecord>
    ) async throws(TriggerError) {
        guard let fields = try await fields(of: pipeline) else { return }
        let known = Set(fields.map(\.name))
        var problems = inputs.filter { !known.contains($0.name) }.map { input in
            TriggerProblem("inputs.\(input.name)", "the pipeline has no input \(input.name)")
        }
        let given = Set(inputs.map(\.name))
        problems += fields.filter { $0.isRequired && !given.contains($0.name) }.map { field in
            TriggerProblem(
                "inputs.\(field.name)", "the pipeline needs the input \(field.name)",
                hint: "write where it comes from, as in \"trigger.body.\(field.name)\"")
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    /// The inputs of the pipeline; nil while its document is not valid: a fire then says what is wrong.
    private func fields(of pipeline: ID<PipelineRecord>) async throws(TriggerError) -> [InputField]? {
        do throws(StoreError) { return try await parts.starter.inputs(of: pipeline) } catch { throw .store(error) }
    }

    func stored<Value: Sendable>(
        _ body: (any TriggerStore) async throws(StoreError) -> Value
    ) async throws(TriggerError) -> Value {
        do throws(StoreError) { return try await body(parts.store) } catch { throw .store(error) }
    }
}
