import FactoryJSON

/// Takes the members of a trigger's settings out of JSON and gathers what is wrong with them.
struct SettingsReader {
    private let members: JSONObject
    private(set) var problems: [TriggerProblem] = []

    /// - Parameter nullable: the members that may be null, which says that there is nothing.
    init(_ members: JSONObject, known: [String], nullable: Set<String>) {
        self.members = members
        for (name, value) in members where value.isNull && known.contains(name) && !nullable.contains(name) {
            problems.append(TriggerProblem(name, "\(name) must not be null", hint: "leave it out"))
        }
        for name in members.keys where !known.contains(name) {
            problems.append(
                TriggerProblem(
                    String(name.prefix(80)), "unknown field `\(name.prefix(80))`",
                    hint: "known: \(known.joined(separator: ", "))"))
        }
    }

    mutating func note(_ problem: TriggerProblem) { problems.append(problem) }

    /// A text; nil where there is none.
    mutating func text(_ name: String, maxBytes: Int = 4_096) -> String? {
        guard let value = members[name], !value.isNull else { return nil }
        guard let text = value.stringValue, text.utf8.count <= maxBytes else {
            note(TriggerProblem(name, "\(name) must be text of at most \(maxBytes) bytes"))
            return nil
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, or other: Choice) -> Choice {
        guard let value = members[name], !value.isNull else { return other }
        if let choice = value.stringValue.flatMap(Choice.init(rawValue:)) { return choice }
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        note(TriggerProblem(name, "\(name) must be one of \(names)"))
        return other
    }

    mutating func number(_ name: String, in range: ClosedRange<Int>, or other: Int) -> Int {
        guard let value = members[name], !value.isNull else { return other }
        if let number = value.intValue, range.contains(Int(number)) { return Int(number) }
        note(TriggerProblem(name, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
        return other
    }

    mutating func flag(_ name: String, or other: Bool) -> Bool {
        guard let value = members[name], !value.isNull else { return other }
        if case .bool(let flag) = value { return flag }
        note(TriggerProblem(name, "\(name) must be true or false"))
        return other
    }

    mutating func object(_ name: String) -> JSONObject {
        guard let value = members[name], !value.isNull else { return [:] }
        if case .object(let members) = value { return members }
        note(TriggerProblem(name, "\(name) must be an object"))
        return [:]
    }
}
