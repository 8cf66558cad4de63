import FactoryDefinition
public import FactoryDomain

extension RunRecord {
    /// The secrets that its document names; none where that cannot be read.
    public var secretNames: Set<String> {
        DocumentReader(foresees: false).read(document).pipeline?.secretNames(ofStep: only?.step) ?? []
    }
}
