/// A fenced code block of a Markdown text.
public struct CodeBlock: Sendable, Hashable {
    /// The first word after the opening fence, empty where there is none.
    public var language: String
    /// The lines between the fences with their line ends, without the indentation of the opening fence.
    public var code: String

    /// All blocks of `text` in order, fenced by three or more backticks or tildes. A block that is not closed ends with
    /// the text.
    public static func all(in text: String) -> [CodeBlock] {
        var blocks: [CodeBlock] = []
        var open: Open?
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if let fence = open?.fence {
                if fence.isClosed(by: line) {
                    if let block = open?.finished { blocks.append(block) }
                    open = nil
                } else {
                    open?.bytes += fence.contents(of: line)
                    open?.bytes.append(0x0A)
                }
            } else if let (fence, info) = Fence.opening(line) {
                open = Open(fence: fence, block: CodeBlock(language: info, code: ""), bytes: [])
            }
        }
        if var block = open {
            // The text's last line end was split off as an empty line.
            if block.bytes.last == 0x0A { block.bytes.removeLast() }
            blocks.append(block.finished)
        }
        return blocks
    }

    private struct Open {
        var fence: Fence
        var block: CodeBlock
        var bytes: [UInt8]

        var finished: CodeBlock {
            CodeBlock(language: block.language, code: String(decoding: bytes, as: UTF8.self))
        }
    }

    private struct Fence {
        var mark: UInt8
        var length: Int
        var indentation: Int

        /// The fence and the first word after it, where `line` opens a block.
        static func opening(_ line: Substring.UTF8View) -> (Fence, String)? {
            let indentation = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
            let rest = line.dropFirst(indentation)
            guard let mark = rest.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
                return nil
            }
            let length = rest.prefix { $0 == mark }.count
            let info = rest.dropFirst(length)
            guard length >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
            let word = info.drop { $0 == 0x20 || $0 == 0x09 }.prefix { $0 > 0x20 }
            return (
                Fence(mark: mark, length: length, indentation: indentation),
                String(decoding: word, as: UTF8.self)
            )
        }

        func isClosed(by line: Substring.UTF8View) -> Bool {
            let rest = line.drop { $0 == 0x20 || $0 == 0x09 }
            let count = rest.prefix { $0 == mark }.count
            return count >= length && rest.dropFirst(count).allSatisfy(\.isBlank)
        }

        func contents(of line: Substring.UTF8View) -> [UInt8] {
            let blanks = line.prefix(indentation).prefix { $0 == 0x20 || $0 == 0x09 }.count
            return Array(line.dropFirst(blanks))
        }
    }
}
