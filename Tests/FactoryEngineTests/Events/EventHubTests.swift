import FactoryDomain
import FactoryStore
import Synchronization
import Testing

@testable import FactoryEngine

@Suite("The hub of events") struct EventHubTests {
    final class Leavings: RunObserver {
        let left = Mutex<[ID<Run>]>([])
        func kept(_ decision: KeptDecision) {}
        func left(_ run: ID<Run>) { left.withLock { $0.append(run) } }
    }

    @Test("keeps nothing of a run that is no longer driven, and tells so")
    func nothingRemains() async {
        let observer = Leavings()
        let hub = EventHub(observers: [observer])
        let runs = (1...100).map { ID<Run>(rawValue: "run_\($0)") }
        weak var channel: RunChannel?
        for run in runs {
            hub.open(run, after: 0)
            channel = hub.channel(of: run)
            #expect(channel != nil)
            let watching = hub.watch(run)
            hub.close(run)
            for await _ in watching { Issue.record("an event of a run that has none") }
            #expect(hub.channel(of: run) == nil)
            #expect(channel == nil)
        }
        #expect(observer.left.withLock { $0 } == runs)
    }
}
