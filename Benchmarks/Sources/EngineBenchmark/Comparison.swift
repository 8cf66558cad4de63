import FactoryDefinition

/// The lines of the benchmark: what the engine takes, and what its floor takes in the same minute.
struct Comparison {
    let floor: Floor
    let installation: Installation
    let rounds: Int

    /// Measures one line by its name and prints it.
    func measure(_ line: String) async throws {
        switch line {
        case "chain":
            try await compare(
                "40 trivial steps in a row", limit: "1.60", Installation.pipeline(steps: 40, inARow: true)
            ) {
                try floor.run(steps: 40)
            }
        case "heavy":
            try await compare(
                "10 steps of 50 ms work in a row", limit: "1.10",
                Installation.pipeline(steps: 10, inARow: true, work: 50)
            ) { for _ in 0..<10 { Work.spin(milliseconds: 50) } }
        case "parallel":
            try await compare(
                "100 trivial steps at once", limit: "2.50", Installation.pipeline(steps: 100, inARow: false)
            ) {
                try floor.run(steps: 100)
            }
        case "runs": try await throughput(runs: 1_000)
        default: print("no line is called \(line); there are chain, heavy, parallel, runs")
        }
    }

    private func compare(
        _ name: String, limit: String, _ pipeline: Pipeline, _ floor: () throws -> Void
    ) async throws {
        var (bare, engine) = (Samples(), Samples())
        for _ in 0..<rounds {
            bare.add(try await Measure.cost { try floor() })
            engine.add(try await Measure.cost { try await installation.run(pipeline) })
        }
        let ratio = engine.seconds / bare.seconds
        print(
            """
            \(name): engine \((engine.seconds * 1_000).rounded2) ms (\((engine.processor * 1_000).rounded2) ms of \
            processor), floor \((bare.seconds * 1_000).rounded2) ms (\((bare.processor * 1_000).rounded2) ms), \
            ratio \(ratio.rounded2) (of the quickest rounds \((engine.leastSeconds / bare.leastSeconds).rounded2)), \
            limit \(limit), load \(Measure.load.rounded2)
            """)
    }

    private func throughput(runs: Int) async throws {
        let pipeline = Installation.pipeline(steps: 1, inARow: true)
        var samples = Samples()
        for _ in 0..<max(1, rounds / 4) {
            samples.add(
                try await Measure.cost {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<runs { group.addTask { try await installation.run(pipeline) } }
                        try await group.waitForAll()
                    }
                })
        }
        print(
            """
            \(runs) runs of one step, started at once: \((Double(runs) / samples.seconds).rounded2) runs/s \
            (best \((Double(runs) / samples.leastSeconds).rounded2); \
            \((samples.processor * 1_000_000 / Double(runs)).rounded2) µs of processor a run), limit 5000, \
            load \(Measure.load.rounded2)
            """)
    }
}

/// What the rounds of one side took.
struct Samples {
    private var walls: [Double] = []
    private var processors: [Double] = []

    mutating func add(_ cost: Measure.Cost) {
        walls.append(cost.seconds)
        processors.append(cost.processor)
    }

    var seconds: Double { Measure.median(walls) }
    var leastSeconds: Double { walls.min() ?? 0 }
    var processor: Double { Measure.median(processors) }
}
