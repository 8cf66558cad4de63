import FactoryBlobs
import FactoryDefinition
public import FactoryDomain
public import FactoryExpressions
public import FactoryJSON
import FactorySecrets
import FactoryStore

extension Engine {
    /// What names mean after a past run, or in one that still goes on: `inputs`, `steps`, `run`, `pipeline`.
    ///
    /// Everything is as it is stored, so no secret's value is in it; `secrets.NAME` is the text `{{ secrets.NAME }}`.
    ///
    /// - Parameter references: what is going to be evaluated: the outputs of other steps are then not read. nil: all.
    public func scope(
        of id: ID<Run>, for references: [Reference]? = nil
    ) async throws(EngineError) -> Scope {
        let (record, steps) = try await stored { store throws(StoreError) in
            (try await store.run(id), try await store.steps(of: id))
        }
        let names = try Self.pipeline(of: record).secretNames
        do throws(BlobError) {
            let view = RunView(
                record, steps: steps, inputs: try context.values.load(record.inputs),
                trigger: try record.triggerValue.map { value throws(BlobError) in try context.values.load(value) },
                secrets: SecretVault(values: [:], nonce: id.rawValue))
            var scope = try view.scope(
                for: references ?? Reference.allSteps, values: context.values, now: Moment(context.now()))
            scope["secrets"] = .object(JSONObject(names.sorted().map { ($0, .string("{{ secrets.\($0) }}")) }))
            return scope
        } catch { throw .storage(reason: error.description) }
    }
}

extension Engine {
    /// What a run was given, secrets concealed: its inputs, and what `trigger` meant in it.
    public func given(to record: RunRecord) throws(EngineError) -> (inputs: JSONObject, trigger: JSON?) {
        do throws(BlobError) {
            let trigger = try record.triggerValue.map { value throws(BlobError) in try context.values.load(value) }
            return (try context.values.load(record.inputs).objectValue ?? [:], trigger)
        } catch { throw .storage(reason: error.description) }
    }
}

extension Reference {
    /// A look at `steps` as a whole.
    fileprivate static let allSteps = [
        Reference(
            path: ["steps"], position: SourcePosition(offset: 0, line: 1, column: 1), length: 5, isPresenceTest: false)
    ]
}
