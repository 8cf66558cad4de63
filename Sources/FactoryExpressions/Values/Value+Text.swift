import FactoryJSON

extension Value {
    /// A number as JSON prints it, and the names of what JSON cannot print.
    static func text(of number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return number.description
    }

    /// The value, cut short, for a message.
    var shortText: String {
        switch self {
        case .string(let text): JSON.string(text.shortened(to: 40)).description
        case .bytes(let bytes): "of \(bytes.count) bytes"
        case .list(let list): "of \(list.count) elements"
        case .map(let map): "of \(map.count) entries"
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): "\(value)u"
        case .double(let value): Self.text(of: value)
        case .duration(let value): DurationText.print(value)
        case .timestamp(let value): TimestampText.print(value)
        case .type(let name): name
        case .optional(let box): box.map { "of \($0.value.shortText)" } ?? "of nothing"
        }
    }
}

extension String {
    /// At most `count` code points, with an ellipsis where some are left out.
    func shortened(to count: Int) -> String {
        var scalars = unicodeScalars.makeIterator()
        var kept = String.UnicodeScalarView()
        for _ in 0..<count {
            guard let scalar = scalars.next() else { return self }
            kept.append(scalar)
        }
        return scalars.next() == nil ? self : String(kept) + "…"
    }
}
