import FactoryJSON

/// The three documents of a merge, brought to the same ids of steps before anything is compared.
struct Sides {
    var base: JSON
    var ours: JSON
    var theirs: JSON

    /// Gives every document the new ids, ours where both sides renamed a step.
    /// - Returns: the steps that both renamed differently.
    mutating func alignRenames() -> [MergeConflict] {
        let our = DocumentDifference(from: base, to: ours).renamedSteps
        let their = DocumentDifference(from: base, to: theirs).renamedSteps
        var conflicts: [MergeConflict] = []
        for rename in our {
            if let other = their.first(where: { $0.before == rename.before }), other.after != rename.after {
                conflicts.append(
                    MergeConflict(
                        kind: .renamed, step: rename.after, path: "id", base: .string(rename.before),
                        ours: .string(rename.after), theirs: .string(other.after)))
                Self.rename(other.after, to: rename.after, in: &theirs)
            } else {
                Self.rename(rename.before, to: rename.after, in: &theirs)
            }
            Self.rename(rename.before, to: rename.after, in: &base)
        }
        for rename in their where !our.contains(where: { $0.before == rename.before }) {
            Self.rename(rename.before, to: rename.after, in: &ours)
            Self.rename(rename.before, to: rename.after, in: &base)
        }
        return conflicts
    }

    /// Leaves a document alone that has no such step, or one with the new id.
    private static func rename(_ old: String, to new: String, in document: inout JSON) {
        if let renamed = try? TreeEdit.apply(.renameStep(old, to: new), to: document) { document = renamed }
    }
}
