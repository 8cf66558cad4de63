public import FactoryEngine

extension MetricsRegistry {
    /// How busy `engine` is, looked up whenever the text is made.
    public func observe(_ engine: Engine) {
        observeEngine { [weak engine] in
            engine?.drivenRuns ?? 0
        } lanes: { [weak engine] in
            engine?.laneUse ?? []
        }
    }

    /// How busy an engine is, as these say whenever the text is made.
    func observeEngine(
        runs: @escaping @Sendable () -> Int, lanes: @escaping @Sendable () -> [LaneUse]
    ) {
        observed("code_factory_runs_active", "Runs this process is driving.") { [([], Double(runs()))] }
        lane("code_factory_lane_width", "Attempts of a kind of work that may run at once.", lanes) { $0.width }
        lane("code_factory_lane_attempts", "Attempts of a kind of work that run, or are about to.", lanes) { $0.used }
        lane("code_factory_lane_waiting_runs", "Runs that wait for a place for a kind of work.", lanes) { $0.waiting }
    }

    private func lane(
        _ name: String, _ help: String, _ lanes: @escaping @Sendable () -> [LaneUse],
        _ value: @escaping @Sendable (LaneUse) -> Int
    ) {
        observed(name, help, labels: ["lane"]) { lanes().map { ([$0.lane.rawValue], Double(value($0))) } }
    }
}
