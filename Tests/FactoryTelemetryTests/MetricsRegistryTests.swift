import FactoryEngine
import FactoryJSON
import FactorySecrets
import Foundation
import Testing

@testable import FactoryTelemetry

@Suite("A registry of metrics") struct MetricsRegistryTests {
    @Test("writes the text format, always in the same order")
    func text() {
        let metrics = MetricsRegistry()
        let runs = metrics.counter("runs_total", "Runs.\nAll of \\them.", labels: ["status", "why"])
        let plain = metrics.counter("plain_total", "Plain.")
        let sizes = metrics.histogram("sizes", "Sizes.", labels: ["of"], buckets: [0.5, 10])
        metrics.observed("load", "Load.", labels: ["lane"]) { [(["b"], 2), (["a"], .nan)] }
        runs.add(2, "failed", "a \"b\" \\ c\nd")
        runs.add(1, "cancelled", "é")
        runs.add(0.5, "failed", "a \"b\" \\ c\nd")
        plain.add()
        for size in [0.5, 0.6, 10, 11] { sizes.observe(size, "x") }
        #expect(
            metrics.text() == """
                # HELP runs_total Runs.\\nAll of \\\\them.
                # TYPE runs_total counter
                runs_total{status="cancelled",why="é"} 1
                runs_total{status="failed",why="a \\"b\\" \\\\ c\\nd"} 2.5
                # HELP plain_total Plain.
                # TYPE plain_total counter
                plain_total 1
                # HELP sizes Sizes.
                # TYPE sizes histogram
                sizes_bucket{of="x",le="0.5"} 1
                sizes_bucket{of="x",le="10"} 3
                sizes_bucket{of="x",le="+Inf"} 4
                sizes_sum{of="x"} 22.1
                sizes_count{of="x"} 4
                # HELP load Load.
                # TYPE load gauge
                load{lane="a"} NaN
                load{lane="b"} 2

                """)
    }

    @Test("counts under `other` what has more label values than anybody reads")
    func bounded() {
        let metrics = MetricsRegistry()
        let counter = metrics.counter("things_total", "Things.", labels: ["name"])
        for number in 0..<5_000 { counter.add(1, "thing \(number)") }
        let lines = metrics.text().split(separator: "\n")
        #expect(lines.count == 2 + 1_000 + 1)
        #expect(lines.contains("things_total{name=\"other\"} 4000"))
    }

    @Test("never counts down")
    func negative() {
        let metrics = MetricsRegistry()
        metrics.counter("things_total", "Things.").add(-5)
        #expect(metrics.text().hasSuffix("things_total 0\n"))
    }

    @Test("knows this process")
    func process() throws {
        let metrics = MetricsRegistry()
        metrics.observeProcess(version: "1.2")
        let values = Dictionary(
            uniqueKeysWithValues: metrics.text().split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let parts = line.split(separator: " ")
                return (String(parts[0]), Double(parts[1]) ?? .nan)
            })
        #expect(values["code_factory_build_info{version=\"1.2\"}"] == 1)
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(values["process_open_fds"]) > 2)
        #expect(try #require(values["process_cpu_seconds_total"]) > 0)
        let age = Date().timeIntervalSince1970 - (try #require(values["process_start_time_seconds"]))
        #expect((-5.0...86_400).contains(age))
    }

    /// Everything the program ever shows.
    static func everything() -> MetricsRegistry {
        let metrics = MetricsRegistry()
        metrics.observeProcess(version: "1")
        metrics.observeEngine {
            0
        } lanes: {
            []
        }
        _ = RunMetrics(metrics)
        _ = HTTPMetrics(metrics)
        _ = SpanExporter.outcomes(in: metrics)
        return metrics
    }

    @Test("has every metric in docs/operations.md with type and labels, and nothing there that is not")
    func document() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/operations.md"), encoding: .utf8)
        let table = try #require(text.components(separatedBy: "| metric | type | labels | meaning |").last)
        let rows = table.split(separator: "\n").drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }
        let documented = rows.map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().prefix(3)
                .map { $0.filter { $0 != " " && $0 != "`" } }.joined(separator: " ")
        }
        let made = Self.everything().descriptions.map { metric in
            "\(metric.name) \(metric.type.rawValue) \(metric.labels.joined(separator: ","))"
        }
        #expect(documented.sorted() == made.sorted())
    }
}
