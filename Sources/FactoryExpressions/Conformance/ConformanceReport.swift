/// How a suite went.
public struct ConformanceReport: Sendable {
    /// One case that went wrong.
    public struct Failure: Sendable, Hashable {
        /// The part of the suite.
        public let section: String
        /// The name of the case.
        public let name: String
        /// The expression.
        public let expression: String
        /// What it should evaluate to: a value, or `an error`.
        public let expected: String
        /// What it evaluated to: a value, or the message of an error.
        public let actual: String
    }

    /// The cases of one file of the suite.
    public struct Suite: Sendable {
        /// The name of the file.
        public let name: String
        /// Number of its cases that went as expected.
        public internal(set) var passed = 0
        /// Its cases that did not, in order.
        public internal(set) var failures: [Failure] = []
        /// Number of its cases.
        public var total: Int { passed + failures.count }
    }

    /// The suites in the order they first come in the file.
    public internal(set) var suites: [Suite] = []

    /// Number of cases that went as expected.
    public var passed: Int { suites.reduce(0) { $0 + $1.passed } }
    /// Number of cases.
    public var total: Int { suites.reduce(0) { $0 + $1.total } }
}

extension ConformanceSuite {
    /// Evaluates all cases and compares values and their types.
    public func run() -> ConformanceReport {
        var report = ConformanceReport()
        var places: [String: Int] = [:]
        for testCase in cases {
            let place = places[testCase.suite] ?? report.suites.count
            if place == report.suites.count {
                places[testCase.suite] = place
                report.suites.append(ConformanceReport.Suite(name: testCase.suite))
            }
            if let failure = testCase.run() {
                report.suites[place].failures.append(failure)
            } else {
                report.suites[place].passed += 1
            }
        }
        return report
    }
}

extension ConformanceSuite.Case {
    /// Nil when the case goes as expected.
    fileprivate func run() -> ConformanceReport.Failure? {
        let actual: String
        do throws(ExpressionError) {
            var scope = Scope()
            for (name, value) in bindings { scope[value: name] = value }
            let result = try Expression(parsing: expression, checksFunctions: false).value(in: scope)
            if let value, TypedValue.areIdentical(result, value) { return nil }
            actual = TypedValue.print(result)
        } catch {
            guard value != nil else { return nil }
            actual = "error: \(error.message)"
        }
        let expected = value.map(TypedValue.print) ?? "an error"
        return ConformanceReport.Failure(
            section: section, name: name, expression: expression, expected: expected, actual: actual)
    }
}
