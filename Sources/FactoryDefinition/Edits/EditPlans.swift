import FactoryJSON

/// The ways to make an edit on the text, the smallest change first; each may turn out not to fit.
struct EditPlans {
    typealias Plan = () -> [TextReplacement]?

    let layout: TextLayout
    let before: JSON
    let goal: JSON

    func plans(for edit: DocumentEdit) -> [Plan] {
        switch edit {
        case .set(let path, let value):
            guard layout.spot(at: path) == nil, case .key(let key)? = path.parts.last else {
                return rewriting(path)
            }
            return [{ layout.addKey(key, value, to: path.parent, before: nil) }] + rewriting(path.parent)
        case .add(let path, let value, let before):
            return [{ add(path, value, before: before) }] + rewriting(path.parent)
        case .remove(let path): return [{ remove(path) }] + rewriting(path.parent)
        case .addStep(let step, let place):
            return [{ layout.addElement(.object(step), to: ["steps"], at: place) }] + rewriting(["steps"])
        case .moveStep(let id, let place):
            guard let from = StepPlace.index(of: id, in: before) else { return [] }
            return [{ layout.moveElement(of: ["steps"], from: from, to: place) }] + rewriting(["steps"])
        case .deleteStep(let id):
            guard let index = StepPlace.index(of: id, in: before) else { return [] }
            return [{ layout.removeElement(of: ["steps"], at: index) }] + rewriting(["steps"])
        case .renameStep(let old, let new):
            guard let changes = try? StepMentions.changes(renaming: old, to: new, in: before) else { return [] }
            return [true, false].map { isExact in
                { layout.rename(changes, old: old, inPlace: isExact) }
            } + rewriting([])
        case .replaceText: return []
        }
    }

    private func add(_ path: EditPath, _ value: JSON, before: String?) -> [TextReplacement]? {
        switch path.parts.last {
        case .key(let key): layout.addKey(key, value, to: path.parent, before: before)
        case .index(let index): layout.addElement(value, to: path.parent, at: index)
        case nil: nil
        }
    }

    private func remove(_ path: EditPath) -> [TextReplacement]? {
        switch path.parts.last {
        case .key(let key): layout.removeKey(key, of: path.parent)
        case .index(let index): layout.removeElement(of: path.parent, at: index)
        case nil: nil
        }
    }

    /// Writes the value at `path` anew, or else the value around it, up to the whole document.
    private func rewriting(_ path: EditPath) -> [Plan] {
        var plans: [Plan] = []
        var path = path
        while true {
            let place = path
            if let value = TreeEdit.value(at: place, in: goal) {
                plans += ValueForm.allCases.map { form in { layout.set(place, to: value, form) } }
            }
            guard !path.parts.isEmpty else { return plans }
            path = path.parent
        }
    }
}
