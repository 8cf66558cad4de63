import FactoryBlobs
import FactoryDomain
import Testing

@testable import FactoryWorkspace

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A change set") struct ChangeSetTests {
    /// One run over one folder: attempts, one after the other, and the application of what they changed.
    final class Story {
        let folder: TemporaryFolder
        var settled: [FileChange] = []

        init(_ files: [String: String] = [:]) throws {
            folder = try TemporaryFolder()
            for (name, text) in files { try folder.put(text, at: name) }
        }

        func attempt(_ work: (inout WorkspaceView) throws -> Void) throws {
            var view = try WorkspaceView(workspace: folder.workspace(), blobs: folder.blobs, settled: settled)
            try work(&view)
            settled += view.changes
        }

        func plan(_ policy: ChangePolicy) throws -> ChangePlan {
            try ChangePlanner(workspace: folder.workspace(), blobs: folder.blobs)
                .plan(ChangeSet(settled), policy: policy)
        }

        func applier(willChange: @escaping @Sendable (String) throws -> Void = { _ in }) throws -> ChangeApplier {
            try ChangeApplier(
                workspace: folder.workspace(), blobs: folder.blobs, token: "run_1", willChange: willChange)
        }

        func contents() throws -> [String: String] {
            var contents: [String: String] = [:]
            for name in try folder.names() { if let text = folder.text(at: name) { contents[name] = text } }
            return contents
        }
    }

    /// A new file, a changed one, one with appends, a deleted one.
    static func mixed() throws -> Story {
        let story = try Story(["changed": "old", "log": "0", "gone": "bye", "same": "same"])
        try story.attempt { view in
            try view.write([UInt8]("made"), to: WorkspacePath("new/deep/file"))
            try view.write([UInt8]("new"), to: WorkspacePath("changed"))
            try view.append([UInt8]("1"), to: WorkspacePath("log"))
        }
        try story.attempt { view in
            try view.append([UInt8]("2"), to: WorkspacePath("log"))
            try view.delete(WorkspacePath("gone"))
            try view.write([UInt8]("same"), to: WorkspacePath("same"))
        }
        return story
    }

    static let before = ["changed": "old", "log": "0", "gone": "bye", "same": "same"]
    static let after = ["changed": "new", "log": "012", "same": "same", "new/deep/file": "made"]

    @Test("applies everything under apply, and can be undone")
    func appliesAll() throws {
        let story = try Self.mixed()
        let plan = try story.plan(.apply)
        #expect(plan.paths(.planned) == ["changed", "gone", "log", "new/deep/file"])
        let applied = try story.applier().apply(plan)
        #expect(applied.status == .applied)
        #expect(try story.contents() == Self.after)
        let undone = try story.applier().undo(applied)
        #expect(undone.status == .undone)
        #expect(try story.contents() == Self.before)
        #expect(try story.folder.names() == ["changed", "gone", "log", "same"])
    }

    @Test("applies only new files under auto, the rest after a person agreed")
    func auto() throws {
        let story = try Self.mixed()
        let plan = try story.plan(.auto)
        #expect(plan.paths(.planned) == ["new/deep/file"])
        #expect(plan.paths(.pending) == ["changed", "gone", "log"])
        #expect(try story.applier().apply(plan).status == .pending)
        #expect(try story.contents()["new/deep/file"] == "made" && story.contents()["changed"] == "old")
        // A plan made again knows what is done already.
        let rest = try story.plan(.auto)
        #expect(rest.paths(.planned) == [] && rest.paths(.pending) == ["changed", "gone", "log"])
        #expect(try story.applier().apply(rest.agreed()).status == .applied)
        #expect(try story.contents() == Self.after)
    }

    @Test(
        "keeps a new file for a person under auto where git would run what it says",
        arguments: [".git/config", ".git", "sub/.GIT/hooks/pre-commit", ".Git/info/attributes"])
    func autoKeepsGit(path: String) throws {
        let story = try Story()
        try story.attempt { view in try view.write([UInt8]("text"), to: WorkspacePath(path)) }
        let plan = try story.plan(.auto)
        #expect(plan.paths(.pending) == [path] && plan.paths(.planned) == [])
        #expect(try story.applier().apply(plan).status == .pending)
        #expect(try story.contents() == [:])
    }

    @Test("touches nothing under review and discard")
    func reviewAndDiscard() throws {
        let story = try Self.mixed()
        for (policy, status) in [(ChangePolicy.review, PlannedChange.State.pending), (.discard, .discarded)] {
            let plan = try story.plan(policy)
            #expect(plan.changes.count == 4)
            #expect(try story.applier().apply(plan).status == status)
            #expect(try story.contents() == Self.before)
        }
    }

    @Test("applies nothing under apply when one file changed since the run touched it")
    func conflict() throws {
        let story = try Self.mixed()
        try story.folder.put("by hand", at: "log")
        let plan = try story.plan(.apply)
        #expect(plan.status == .conflict)
        #expect(plan.conflictFailure?.code == "change_conflict")
        #expect(plan.conflictFailure?.message.contains("\"log\"") == true)
        #expect(try story.applier().apply(plan).status == .conflict)
        var expected = Self.before
        expected["log"] = "by hand"
        #expect(try story.contents() == expected)
        let auto = try story.plan(.auto).agreed()
        #expect(auto.paths(.conflict) == ["log"] && auto.conflictFailure == nil)
        #expect(try story.applier().apply(auto).status == .conflict)
        #expect(try story.contents()["changed"] == "new" && story.contents()["log"] == "by hand")
    }

    @Test(
        "loses nothing that is saved between the look at a file and its replacement",
        arguments: ["changed", "log", "gone"], [true, false])
    func lateSave(_ path: String, _ isByRename: Bool) throws {
        let story = try Self.mixed()
        let folder = story.folder
        let applier = try story.applier { next in
            guard next == path else { return }
            try folder.put("saved at the last moment", at: isByRename ? "editor" : path)
            if isByRename { _ = rename(folder.path + "/work/editor", folder.path + "/work/" + path) }
        }
        let done = try applier.apply(try story.plan(.apply))
        #expect(done.paths(.conflict) == [path])
        #expect(folder.text(at: path) == "saved at the last moment")
        // Under apply the others are as before.
        #expect(folder.text(at: "changed") == (path == "changed" ? "saved at the last moment" : "old"))
        #expect(try !folder.names().contains { $0.hasPrefix(WorkspacePath.reservedPrefix) })
    }

    @Test("loses nothing that was saved just before a crash at the replacement")
    func lateSaveAndCrash() throws {
        let story = try Story(["changed": "old"])
        try story.attempt { view in try view.write([UInt8]("new"), to: WorkspacePath("changed")) }
        let plan = try story.plan(.apply)
        // As the crash left it: the two have changed places, and nobody has looked at the old file.
        let token = String(BlobStore.hash(of: Array("run_1".utf8)).rawValue.prefix(16))
        try story.folder.put("saved at the last moment", at: WorkspacePath.reservedPrefix + token)
        try story.folder.put("new", at: "changed")
        var single = plan
        single.allOrNothing = false
        #expect(try story.applier().apply(single).paths(.conflict) == ["changed"])
        #expect(story.folder.text(at: "changed") == "saved at the last moment")
        #expect(try story.folder.names() == ["changed"])
    }

    @Test("puts back what it applied when a conflict comes up half-way", arguments: ["log", "new/deep/file"])
    func lateConflict(_ path: String) throws {
        let story = try Self.mixed()
        let plan = try story.plan(.apply)
        let folder = story.folder
        let result = try story.applier { next in
            if next == path || (path == "log" && next == "changed") { try folder.put("by hand", at: path) }
        }.apply(plan)
        #expect(result.status == .conflict)
        #expect(result.paths(.conflict) == [path])
        var expected = Self.before
        expected[path] = "by hand"
        #expect(try story.contents() == expected)
    }

    struct Crash: Error {}

    @Test("reaches the same end after a crash before any of its steps", arguments: 0..<4)
    func crash(_ steps: Int) throws {
        let story = try Self.mixed()
        let plan = try story.plan(.apply)
        let stop = plan.paths(.planned)[steps]
        let applier = try story.applier { path in if path == stop { throw Crash() } }
        #expect(throws: Crash.self) { try applier.apply(plan) }
        #expect(try story.contents() != Self.after)
        // The same plan, as it was stored, and a leftover of the write that was cut off.
        #expect(try story.applier().apply(plan).status == .applied)
        #expect(try story.contents() == Self.after)
        #expect(try story.applier().apply(plan).status == .applied)
        #expect(try story.contents() == Self.after)
    }

    @Test("reaches the same end after a crash while it is undone", arguments: 0..<4)
    func crashInUndo(_ steps: Int) throws {
        let story = try Self.mixed()
        let applied = try story.applier().apply(try story.plan(.apply))
        let stop = applied.paths(.applied)[steps]
        let applier = try story.applier { path in if path == stop { throw Crash() } }
        #expect(throws: Crash.self) { try applier.undo(applied) }
        #expect(try story.applier().undo(applied).status == .undone)
        #expect(try story.contents() == Self.before)
    }

    @Test("leaves a file alone that changed after it was applied")
    func undoConflict() throws {
        let story = try Self.mixed()
        let applied = try story.applier().apply(try story.plan(.apply))
        try story.folder.put("later", at: "changed")
        let undone = try story.applier().undo(applied)
        #expect(undone.paths(.conflict) == ["changed"])
        var expected = Self.before
        expected["changed"] = "later"
        #expect(try story.contents() == expected)
    }

    @Test("is in conflict where a folder came to stand in the place of a file")
    func blocked() throws {
        let story = try Story(["a": "old"])
        try story.attempt { view in
            try view.write([UInt8]("new"), to: WorkspacePath("a"))
            try view.write([UInt8]("x"), to: WorkspacePath("b/c"))
        }
        try story.folder.put("file", at: "b")
        #expect(unlink(story.folder.path + "/work/a") == 0)
        try story.folder.put("inner", at: "a/file")
        for policy in [ChangePolicy.auto, .apply] {
            let plan = try story.plan(policy)
            #expect(plan.paths(.conflict) == ["a", "b/c"])
            _ = try story.applier().apply(plan)
        }
        #expect(try story.contents() == ["a/file": "inner", "b": "file"])
    }

    @Test("does not write through a link that was put in its way")
    func linkInTheWay() throws {
        let story = try Story()
        try story.attempt { try $0.write([UInt8]("x"), to: WorkspacePath("sub/file")) }
        let plan = try story.plan(.apply)
        symlink(story.folder.path, story.folder.path + "/work/sub")
        #expect(throws: WorkspaceError.self) { try story.applier().apply(plan) }
        #expect(try !story.folder.names().contains("sub/file"))
    }

    @Test("shows a waiting change as a diff, and applies it once a person agreed")
    func review() throws {
        let story = try Self.mixed()
        try story.attempt { try $0.write([0, 1, 2], to: WorkspacePath("binary")) }
        let plan = try story.plan(.review)
        let diffs = try plan.changes.map { try $0.diff(from: story.folder.blobs) }
        #expect(diffs[0] == "Contents of \"binary\" differ and are not shown as text.\n")
        #expect(diffs[1].hasPrefix("--- a/changed\n+++ b/changed\n@@ -1 +1 @@\n-old\n"))
        #expect(diffs[2].contains("+++ /dev/null"))
        #expect(diffs[4].contains("--- /dev/null\n+++ b/new/deep/file"))
        let result = try story.applier().apply(plan.agreed(["changed"]))
        #expect(result.paths(.applied) == ["changed"] && result.status == .pending)
        #expect(try story.contents()["changed"] == "new" && story.contents()["log"] == "0")
    }

    @Test("refuses paths that no view would have staged")
    func hostilePaths() throws {
        let story = try Story()
        story.settled = [
            FileChange(path: "../escape", action: .write(try story.folder.blobs.put([1]), size: 1), base: nil)
        ]
        let error = try workspaceError { _ = try story.plan(.apply) }
        guard case .invalidPath = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("gives the file that the views showed, whatever was done in which order", arguments: 0..<40)
    func viewEqualsApplied(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let names = ["a", "b", "d/c", "d/e/f"]
        let story = try Story(["a": "start", "d/c": "c"])
        for _ in 0..<4 {
            try story.attempt { view in
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    let path = try WorkspacePath(names.randomElement(using: &random) ?? "a")
                    let text = [UInt8]("\(random.next() % 1_000);")
                    switch Int.random(in: 0...4, using: &random) {
                    case 0: try view.write(text, to: path)
                    case 1, 2: try view.append(text, to: path)
                    case 3: try view.delete(path, missingOK: true)
                    default:
                        let target = try WorkspacePath(names.randomElement(using: &random) ?? "b")
                        if try view.hasFile(at: path) { try view.move(path, to: target) }
                    }
                }
            }
        }
        var view = try WorkspaceView(
            workspace: story.folder.workspace(), blobs: story.folder.blobs, settled: story.settled)
        var shown: [String: String] = [:]
        for entry in try view.allFiles().entries { shown[entry.path.rawValue] = try view.read(entry.path).text }
        #expect(try story.applier().apply(try story.plan(.apply)).conflictFailure == nil)
        #expect(try story.contents() == shown)
    }
}

extension ChangePlan {
    /// After a person agreed to what waits, or to these paths of it.
    fileprivate func agreed(_ paths: Set<String>? = nil) -> ChangePlan {
        var plan = self
        for place in plan.changes.indices where plan.changes[place].state == .pending {
            if paths?.contains(plan.changes[place].path) ?? true { plan.changes[place].state = .planned }
        }
        return plan
    }

    /// The states that occur, in one word where there is one.
    fileprivate var status: PlannedChange.State? {
        for state: PlannedChange.State in [.conflict, .pending, .planned, .applied, .undone, .discarded]
        where changes.contains(where: { $0.state == state }) {
            return state
        }
        return nil
    }
}

/// SplitMix64: the same numbers on every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
