import FactoryJSON

/// A table as it is read: what it holds, and how it came about, which says who may add to it.
final class TOMLTable {
    /// How a table was made.
    enum Origin {
        /// On the way to another header: `[a.b]` makes `a`.
        case implied
        /// By its own header.
        case header
        /// By a dotted key: `a.b = 1` makes `a`.
        case dotted
    }

    enum Item {
        case value(JSON)
        case table(TOMLTable)
        case tables(TableList)
    }

    /// The tables of `[[…]]`, shared so that one more is added in place.
    final class TableList {
        var tables: [TOMLTable]

        init(_ first: TOMLTable) { tables = [first] }
    }

    var origin: Origin
    private(set) var items: [(key: String, item: Item)] = []
    private var places: [JSON: Int] = [:]

    init(_ origin: Origin) { self.origin = origin }

    func item(_ key: String) -> Item? { places[.string(key)].map { items[$0].item } }

    func set(_ key: String, _ item: Item) {
        if let place = places[.string(key)] {
            items[place].item = item
        } else {
            places[.string(key)] = items.count
            items.append((key, item))
        }
    }

    var value: JSON {
        .object(
            JSONObject(
                items.map { key, item in
                    switch item {
                    case .value(let value): (key, value)
                    case .table(let table): (key, table.value)
                    case .tables(let list): (key, .array(list.tables.map(\.value)))
                    }
                }))
    }

    // MARK: Definitions; false where the table has it already, in a way that does not allow more.

    /// `[path]`: the table to fill, nil where it cannot be defined again.
    func header(_ path: ArraySlice<String>) -> TOMLTable? {
        guard let last = path.last, let parent = descend(path.dropLast()) else { return nil }
        switch parent.item(last) {
        case nil:
            let table = TOMLTable(.header)
            parent.set(last, .table(table))
            return table
        case .table(let table) where table.origin == .implied:
            table.origin = .header
            return table
        default: return nil
        }
    }

    /// `[[path]]`: one more table of a list.
    func listHeader(_ path: ArraySlice<String>) -> TOMLTable? {
        guard let last = path.last, let parent = descend(path.dropLast()) else { return nil }
        let table = TOMLTable(.header)
        switch parent.item(last) {
        case nil: parent.set(last, .tables(TableList(table)))
        case .tables(let list): list.tables.append(table)
        default: return nil
        }
        return table
    }

    /// `path = value`.
    func assign(_ value: JSON, to path: ArraySlice<String>) -> Bool {
        guard let last = path.last else { return false }
        var table = self
        for key in path.dropLast() {
            switch table.item(key) {
            case nil:
                let next = TOMLTable(.dotted)
                table.set(key, .table(next))
                table = next
            case .table(let next) where next.origin == .dotted: table = next
            default: return false
            }
        }
        guard table.item(last) == nil else { return false }
        table.set(last, .value(value))
        return true
    }

    private func descend(_ path: ArraySlice<String>) -> TOMLTable? {
        var table = self
        for key in path {
            switch table.item(key) {
            case nil:
                let next = TOMLTable(.implied)
                table.set(key, .table(next))
                table = next
            case .table(let next): table = next
            case .tables(let list):
                guard let last = list.tables.last else { return nil }
                table = last
            case .value: return nil
            }
        }
        return table
    }
}
