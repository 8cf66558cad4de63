import ArgumentParser
import FactoryJSON

/// How a list is printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
    case text, wide, name, json, yaml
}

/// `-o` of commands that list.
struct ListOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .long], help: "How to print: text, wide, name, json or yaml.")
    var output: ListFormat = .text

    /// Prints `items`.
    ///
    /// - Parameters:
    ///   - columns: heads of the columns with what stands in them; those of `wide` alone are marked.
    ///   - name: what `-o name` prints, one a line.
    func print(_ items: [JSON], columns: [ListColumn], name: (JSON) -> String, empty: String) {
        switch output {
        case .json: Output.data((["items": .array(items)] as JSON).serialized(pretty: true))
        case .yaml: Output.data(OutputFormat.yaml.print(["items": .array(items)]))
        case .name: for item in items { Output.data(name(item)) }
        case .text, .wide:
            guard !items.isEmpty else { return Output.note(empty) }
            let shown = columns.filter { !$0.isWide || output == .wide }
            let rows = [shown.map(\.head)] + items.map { item in shown.map { $0.text(item) } }
            let widths = shown.indices.map { place in rows.map { $0[place].count }.max() ?? 0 }
            for row in rows {
                let cells = row.enumerated().map { place, text in
                    place == row.count - 1 ? text : text.padded(to: widths[place])
                }
                Output.data(cells.joined(separator: "  "))
            }
        }
    }
}

/// A column of a list.
struct ListColumn {
    let head: String
    /// True for one that only `-o wide` shows.
    var isWide = false
    let text: (JSON) -> String

    /// A column of the member `name` of each item.
    static func member(_ head: String, _ name: String, isWide: Bool = false) -> ListColumn {
        ListColumn(head: head, isWide: isWide) { $0[name].map(Self.plain) ?? "" }
    }

    /// A scalar as it is read; nothing for null.
    static func plain(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .array(let items): items.map(plain).joined(separator: ",")
        default: value.serialized()
        }
    }
}
