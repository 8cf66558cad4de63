extension Evaluator {
    /// `sum`, `avg`, `min`, `max`, `count`, `median` and `percentile` of a list.
    mutating func applyAggregate(_ call: Call) throws(Failure) -> Value {
        if call.builtin == .count, case .map(let map) = call[0] { return .int(Int64(map.count)) }
        let list = try call.list(0)
        try fuel.spend(list.count, at: call.span)
        switch call.builtin {
        case .count: return .int(Int64(list.count))
        case .sum: return try sum(list, call)
        case .min: return try extreme(list, .less, call)
        case .max: return try extreme(list, .greater, call)
        case .avg:
            let numbers = try numbers(list, call)
            return .double(numbers.reduce(0, +) / Double(numbers.count))
        case .median: return .double(try percentile(50, of: list, call))
        default: return .double(try percentile(try number(call[1], 1, call), of: list, call))
        }
    }

    /// Ints give an int; one double among them makes it a double. The sum of nothing is 0.
    private func sum(_ list: ValueList, _ call: Call) throws(Failure) -> Value {
        var total: Int64 = 0
        for element in list {
            guard case .int(let number) = element else {
                return .double(try numbers(list, call).reduce(0, +))
            }
            let (sum, overflow) = total.addingReportingOverflow(number)
            guard !overflow else { throw call.overflow("the sum does not fit an int") }
            total = sum
        }
        return .int(total)
    }

    private func extreme(_ list: ValueList, _ wanted: Order, _ call: Call) throws(Failure) -> Value {
        guard var best = list.first else { throw empty(call) }
        for element in list {
            guard let order = element.order(to: best) else {
                throw Failure(
                    .wrongType,
                    "\(call.builtin.rawValue) finds no order between \(best.kind) and \(element.kind)",
                    at: call.span)
            }
            if order == wanted { best = element }
        }
        return best
    }

    /// The value below which `percent` of the elements lie, interpolated between neighbours.
    private mutating func percentile(_ percent: Double, of list: ValueList, _ call: Call)
        throws(Failure) -> Double
    {
        guard (0...100).contains(percent) else {
            throw call.invalid("a percentile lies between 0 and 100, not at \(Value.text(of: percent))")
        }
        let sorted = try numbers(list, call).sorted()
        let place = percent / 100 * Double(sorted.count - 1)
        let below = Int(place)
        let above = Swift.min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }

    private func numbers(_ list: ValueList, _ call: Call) throws(Failure) -> [Double] {
        guard !list.isEmpty else { throw empty(call) }
        var numbers: [Double] = []
        for (place, element) in list.enumerated() { numbers.append(try number(element, place, call)) }
        return numbers
    }

    private func empty(_ call: Call) -> Failure {
        call.invalid(
            "\(call.builtin.rawValue) of an empty list is nothing",
            hint: .text("size(x) > 0 ? x.\(call.builtin.rawValue)() : 0 says what to take instead"))
    }
}
