extension String {
    /// `# HELP` and `# TYPE`.
    mutating func header(of metric: MetricDescription) {
        let help = metric.help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        self += "# HELP \(metric.name) \(help)\n# TYPE \(metric.name) \(metric.type.rawValue)\n"
    }

    /// One value with its labels.
    mutating func sample(_ name: String, _ labels: [String], _ values: [String], _ value: Double) {
        self += name
        if !labels.isEmpty {
            let pairs = zip(labels, values).map { "\($0)=\"\($1.labelEscaped)\"" }
            self += "{\(pairs.joined(separator: ","))}"
        }
        self += " \(String.number(value))\n"
    }

    /// A number as Prometheus reads it; whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value.magnitude < 9e15, value == value.rounded() { return String(Int64(value)) }
        return "\(value)"
    }

    private var labelEscaped: String {
        guard contains(where: { $0 == "\\" || $0 == "\"" || $0.isNewline }) else { return self }
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
