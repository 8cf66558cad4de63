import FactoryBlobs
import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactoryWorkspace

extension OpContext {
    /// The text, or each text of a list, without white space at its ends.
    func trim(_ value: JSON) throws(OpFailure) -> JSON {
        guard argument != false else { return value }
        return try eachText(value) { text throws(OpFailure) in
            .string(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()))
        }
    }

    /// The text, or each text of a list, with every match of the pattern replaced.
    func replace(_ value: JSON) throws(OpFailure) -> JSON {
        let replacement = try Replacement(argument)
        var steps = Pattern.standardSteps
        return try eachText(value) { text throws(OpFailure) in
            .string(try replacement.apply(to: text, steps: &steps))
        }
    }

    /// The difference between the value and the text of `with`, as `diff -u` writes it.
    func diff(_ value: JSON) throws(OpFailure) -> JSON {
        guard case .string(let old) = value else { throw .kind(value.kindName, wanted: "text") }
        let other = try evaluate(try expression("/with"), input: value)
        guard case .string(let new) = other else {
            throw .field("with", "is \(other.kindName.withArticle), and text is wanted", hint: "convert it first")
        }
        guard max(old.utf8.count, new.utf8.count) <= Self.maximumDiffBytes else {
            throw .input("a text is larger than 4 MiB, and no more is compared")
        }
        return .string(UnifiedDiff.text(from: old, to: new, oldName: "input", newName: "with"))
    }

    /// The SHA-256 of the text's UTF-8 bytes, in hex digits.
    func hash(_ value: JSON) throws(OpFailure) -> JSON {
        guard argument == "sha256" else { throw .field("hash", "names no digest but sha256") }
        guard case .string(let text) = value else {
            throw .input(
                "it takes text, not \(value.kindName.withArticle)",
                hint: "write the value as text first: convert: {to: json}")
        }
        return .string(BlobStore.hash(of: Array(text.utf8)).rawValue)
    }

    /// Longest text that is compared: 4 MiB.
    static let maximumDiffBytes = 4 << 20

    private func eachText(
        _ value: JSON, _ change: (String) throws(OpFailure) -> JSON
    ) throws(OpFailure) -> JSON {
        switch value {
        case .string(let text): return try change(text)
        case .array(let elements):
            var changed: [JSON] = []
            for (place, element) in elements.enumerated() {
                guard case .string(let text) = element else {
                    throw .input("element \(place) is \(element.kindName.withArticle), not a string")
                }
                do throws(OpFailure) {
                    changed.append(try change(text))
                } catch {
                    throw error.named("element \(place)")
                }
            }
            return .array(changed)
        default: throw .kind(value.kindName, wanted: "text or a list of texts")
        }
    }
}
