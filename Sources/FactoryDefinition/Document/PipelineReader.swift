import FactoryDomain
import FactoryExpressions
import FactoryJSON

/// Reads the top of a document and what stands below it.
struct PipelineReader {
    static let keys = [
        "version", "name", "title", "description", "tags", "inputs", "defaults", "budget", "concurrency", "changes",
        "steps", "outputs",
    ]

    let log: ProblemLog
    let maxSteps: Int
    /// nil where nothing is known of models.
    let models: ModelCatalogue?
    /// nil where nothing is known of secrets and variables.
    let stored: StoredNames?
    /// Whether to look for what a run would fail in.
    let foresees: Bool

    /// The pipeline, as far as it could be read; nil when what every pipeline has is missing.
    func read(_ root: Node) -> Pipeline? {
        guard let members = root.members else {
            log.add(
                .invalidType, at: root, .root, root.isNull ? "the document is empty" : "a document is an object",
                hint: "begin with `version: 1`, `name:` and `steps:`")
            return nil
        }
        var literals = SecretLiteralCheck(log: log)
        literals.check(root)
        let own = members.filter { !KeptBeside.refuses($0, log: log) }
        log.checkKeys(own, known: Self.keys, .root, "the document")
        func member(_ key: String) -> Node.Member? { members.first { $0.key == key } }
        for key in ["budget", "concurrency"] {
            if let member = member(key) { log.notInThisBuild(member, .root + key) }
        }
        checkVersion(member("version"), root)
        let name = readName(member("name"), root)
        let inputs = member("inputs").map { InputsReader(log: log).read($0.value, .root + "inputs") } ?? []
        let defaults = member("defaults").map { StepDefaults($0.value, .root + "defaults", log: log) } ?? StepDefaults()
        let inputNames = Set(member("inputs")?.value.members?.map(\.key) ?? [])
        var types = DocumentTypes(inputs: inputs, inputNames: inputNames, log: log)
        let (steps, names) = readSteps(
            member("steps"), root, inputNames: inputNames, defaults: defaults, types: &types)
        var uses = NameUses()
        let outputs = member("outputs").flatMap {
            OutputsReader(log: log, names: names).read($0.value, .root + "outputs", extraNames: [], uses: &uses)
        }
        if foresees { types.check(outputs: uses.parts) }
        return Pipeline(
            name: name ?? "", title: text(member("title"), "title") ?? name ?? "",
            description: text(member("description"), "description"), tags: readTags(member("tags")), inputs: inputs,
            changes: member("changes").flatMap {
                log.choice($0.value, ChangePolicy.self, .root + "changes", "`changes`")
            } ?? .auto,
            steps: steps, outputs: outputs, document: root.json)
    }

    private func checkVersion(_ member: Node.Member?, _ root: Node) {
        guard let member else {
            return log.add(
                .missingKey, at: root, .root, "the document misses `version`", hint: "begin with `version: 1`")
        }
        guard member.value.json != 1 else { return }
        log.add(
            .invalidValue, at: member.value, .root + "version", "`version` is the format's version, and must be 1",
            hint: "write `version: 1`")
    }

    private func readName(_ member: Node.Member?, _ root: Node) -> String? {
        guard let member else {
            log.add(
                .missingKey, at: root, .root, "the document misses `name`", hint: "add one, such as `name: my-pipeline`"
            )
            return nil
        }
        guard let name = log.text(member.value, .root + "name", "`name`") else { return nil }
        if !DocumentName.isPipelineName(name) {
            log.add(
                .invalidName, at: member.value, .root + "name", "`\(name.prefix(80))` is no pipeline's name",
                hint: "a name has lower-case letters, digits and `-` between them, at most 64; `title` is free text")
        }
        return name
    }

    private func text(_ member: Node.Member?, _ key: String) -> String? {
        member.flatMap { log.text($0.value, .root + key, "`\(key)`") }
    }

    private func readTags(_ member: Node.Member?) -> [String] {
        guard let member, let elements = log.list(member.value, .root + "tags", "`tags`") else { return [] }
        return elements.enumerated().compactMap { log.text($1, .root + "tags" + $0, "a tag") }
    }

    private func readSteps(
        _ member: Node.Member?, _ root: Node, inputNames: Set<String>, defaults: StepDefaults,
        types: inout DocumentTypes
    ) -> ([Step], NameCheck) {
        let path = DocumentPath.root + "steps"
        let reader = StepReader(log: log, defaults: defaults)
        let none = NameCheck(log: log, inputNames: inputNames, steps: StepCatalogue(entries: [:]))
        guard let member else {
            log.add(.missingKey, at: root, .root, "the document misses `steps`", hint: "add at least one step")
            return ([], none)
        }
        guard let elements = log.list(member.value, path, "`steps`") else { return ([], none) }
        guard !elements.isEmpty else {
            log.add(.invalidValue, at: member.value, path, "the document has no steps", hint: "add at least one step")
            return ([], none)
        }
        guard elements.count <= maxSteps else {
            log.add(
                .limit, at: member.value, path,
                "the document has \(elements.count) steps; at most \(maxSteps) are read",
                hint: "split it into several pipelines")
            return ([], none)
        }
        let outlines = reader.outline(elements, path)
        let names = NameCheck(
            log: log, inputNames: inputNames, steps: reader.catalogue(of: outlines),
            stored: stored.map { StoredNameCheck(names: $0, log: log) })
        let drafts = outlines.compactMap { reader.read($0, names: names) }
        let graph = StepGraph(drafts, outlined: names.steps, log: log)
        guard foresees else { return (zip(drafts, graph.needs).map { $0.step(needs: $1) }, names) }
        if let models { ModelCheck(models, log: log).check(drafts, root: root) }
        names.stored?.check(drafts)
        TimeCheck(log: log).check(drafts)
        OpCheck(log: log).check(drafts)
        PlainTextCheck(log: log).check(root, drafts)
        ReachabilityCheck(drafts, needs: graph.needs, log: log).check()
        types.check(drafts, needs: graph.places)
        return (zip(drafts, graph.needs).map { $0.step(needs: $1) }, names)
    }
}
