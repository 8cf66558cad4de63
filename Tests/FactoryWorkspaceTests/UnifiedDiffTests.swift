import Foundation
import Testing

@testable import FactoryWorkspace

@Suite("A unified diff") struct UnifiedDiffTests {
    @Test("shows changes with three lines around them")
    func shows() {
        let old = (1...10).map { "\($0)\n" }.joined()
        let new = old.replacingOccurrences(of: "5\n", with: "five\n")
        #expect(
            UnifiedDiff.text(from: old, to: new, oldName: "a/x", newName: "b/x") == """
                --- a/x
                +++ b/x
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8

                """)
    }

    @Test("is empty for equal texts and complete for new and deleted files")
    func ends() {
        #expect(UnifiedDiff.text(from: "a\n", to: "a\n", oldName: "a", newName: "b").isEmpty)
        #expect(
            UnifiedDiff.text(from: "", to: "a\nb", oldName: "/dev/null", newName: "b/x")
                == "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n")
        #expect(
            UnifiedDiff.text(from: "a\n", to: "", oldName: "a/x", newName: "/dev/null")
                == "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
    }

    @Test("tells apart line ends and spellings that Swift's strings call equal")
    func bytes() {
        #expect(UnifiedDiff.text(from: "a\r\n", to: "a\n", oldName: "a", newName: "b").contains("-a\r\n+a\n"))
        #expect(!UnifiedDiff.text(from: "\u{e9}\n", to: "e\u{301}\n", oldName: "a", newName: "b").isEmpty)
    }

    @Test("keeps every line of both texts in order, with a shortest script", arguments: 0..<60)
    func property(_ seed: UInt64) {
        var random = Seeded(state: seed)
        func lines() -> [Int] {
            (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...3, using: &random) }
        }
        let (old, new) = (lines(), lines())
        let steps = LineDiff(old: old, new: new).steps
        var (left, right, changed) = ([Int](), [Int](), 0)
        for step in steps {
            switch step {
            case .keep(let a, let b):
                #expect(old[a] == new[b])
                left.append(a)
                right.append(b)
            case .remove(let a):
                left.append(a)
                changed += 1
            case .insert(let b):
                right.append(b)
                changed += 1
            }
        }
        #expect(left == Array(old.indices) && right == Array(new.indices))
        #expect(changed == old.count + new.count - 2 * Self.longestCommon(old, new))
    }

    @Test("replaces the middle as a whole when the texts share too little")
    func farApart() {
        let (old, new) = (Array(0..<2_000), Array(5_000..<7_000))
        #expect(LineDiff(old: old, new: new).steps.count == 4_000)
    }

    private static func longestCommon(_ left: [Int], _ right: [Int]) -> Int {
        var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
        for (row, a) in left.enumerated() {
            for (column, b) in right.enumerated() {
                table[row + 1][column + 1] =
                    a == b ? table[row][column] + 1 : max(table[row][column + 1], table[row + 1][column])
            }
        }
        return table[left.count][right.count]
    }
}
