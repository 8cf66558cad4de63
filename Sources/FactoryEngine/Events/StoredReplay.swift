import FactoryDomain
import FactoryJSON
import FactoryStore

/// Gives the events of a run from the store, each attempt's text before the event that ends the attempt.
struct StoredReplay {
    /// Bytes after which a batch is given out.
    private static let batchBytes = 128 * 1024
    private static let pageSize = 200
    private static let chunksAtOnce = 8

    /// Text that is to be given before anything else.
    private struct Wanted {
        let text: LogText
        /// Number of the event that started the attempt.
        let started: Int64
        /// Last row read.
        var row: Int64 = 0
        /// Bytes of the text up to there.
        var read: Int64 = 0
    }

    /// What has been given.
    var position: EventPosition

    private let run: ID<Run>
    private let store: any RunStore
    private var page: ArraySlice<RunEvent> = []
    private var texts: [LogText] = []
    private var tasks: [Wanted] = []
    /// The first event of `page` waits only for `tasks`.
    private var isPrepared = false
    private var isRestGiven = false
    /// Attempts whose start was seen: the number of that event, by step and attempt number.
    private var starts: [String: [Int: Int64]] = [:]

    init(run: ID<Run>, position: EventPosition, store: any RunStore) {
        self.run = run
        self.position = position
        self.store = store
    }

    /// Takes a position behind the last event for one at the last event.
    mutating func begin() async throws(StoreError) {
        guard position.sequence > 0 else { return }
        let last = try await store.lastEvent(of: run)
        if position.sequence > last { position = EventPosition(sequence: last) }
    }

    /// The next batch; nil when everything has been given that the store holds.
    mutating func next() async throws(StoreError) -> [FeedEvent]? {
        var batch: [FeedEvent] = []
        var bytes = 0
        while bytes < Self.batchBytes {
            let count = batch.count
            if !tasks.isEmpty {
                batch += try await nextText()
            } else if let event = try await nextEvent() {
                batch.append(event)
            } else if page.isEmpty {
                break
            }
            bytes += batch[count...].reduce(0) { $0 + $1.frame.count }
        }
        return batch.isEmpty ? nil : batch
    }

    /// After the last event of a run that nobody drives: what attempts wrote that were interrupted.
    mutating func rest() async throws(StoreError) -> [FeedEvent]? {
        guard !isRestGiven else { return nil }
        isRestGiven = true
        let running = try await store.texts(of: run).filter { $0.status == .running }
        for text in running {
            tasks.append(Wanted(text: text, started: try await start(of: text.number, of: text.step)))
        }
        return try await next()
    }

    /// Asks for the text of these attempts, as far as the store holds it.
    mutating func fetch(_ attempts: [(id: ID<Attempt>, started: Int64)]) async throws(StoreError) {
        let started = Dictionary(attempts, uniquingKeysWith: { first, _ in first })
        for text in try await store.texts(of: run) {
            if let started = started[text.attempt] { tasks.append(Wanted(text: text, started: started)) }
        }
    }

    /// The next stored event; nil at the end, and where text has to be given first.
    private mutating func nextEvent() async throws(StoreError) -> FeedEvent? {
        if page.isEmpty {
            page = try await store.events(of: run, after: position.sequence, limit: Self.pageSize)[...]
            // Read after the events, so that it holds all text of every attempt that they end.
            if page.contains(where: { Self.status(endedBy: $0) != nil }) { texts = try await store.texts(of: run) }
        }
        guard let event = page.first else { return nil }
        if !isPrepared, let status = Self.status(endedBy: event) {
            isPrepared = true
            try await prepare(event, status)
            if !tasks.isEmpty { return nil }
        }
        page.removeFirst()
        isPrepared = false
        if event.kind == .attemptStarted, let step = event.step, let number = event.data["attempt"]?.intValue {
            starts[step, default: [:]][Int(number)] = event.sequence
        }
        position.sequence = event.sequence ?? position.sequence
        position.passing = 0
        let shown = FeedEvent(event, of: run, at: position)
        if let (step, number) = ended(by: event), let started = starts[step]?[number] {
            position.close(attempt: started)
        }
        return shown
    }

    /// How the attempt stands whose end `event` tells; nil for an event that tells of no attempt's end. One that follows
    /// the end of its attempt, such as a cancel between two attempts, finds that attempt in another status.
    private static func status(endedBy event: RunEvent) -> AttemptStatus? {
        switch event.kind {
        case .attemptFailed: .failed
        case .attemptLost: .lost
        case .stepCancelled: .cancelled
        // A step can fail by what a succeeded attempt decided.
        case .stepSucceeded, .stepFailed: .succeeded
        default: nil
        }
    }

    /// The attempt that `event` ends: the one it names, else the latest of its step.
    private func ended(by event: RunEvent) -> (step: String, number: Int)? {
        guard Self.status(endedBy: event) != nil, let step = event.step else { return nil }
        if let number = event.data["attempt"]?.intValue { return (step, Int(number)) }
        let seen = starts[step]?.keys.max() ?? texts.filter { $0.step == step }.map(\.number).max()
        return seen.map { (step, $0) }
    }

    private mutating func prepare(_ event: RunEvent, _ status: AttemptStatus) async throws(StoreError) {
        guard let (step, number) = ended(by: event) else { return }
        for text in texts where text.step == step && text.number == number && text.status == status {
            tasks.append(Wanted(text: text, started: try await start(of: number, of: step)))
        }
    }

    /// Number of the event that started an attempt; looked for backwards where it came before the feed's position.
    private mutating func start(of number: Int, of step: String) async throws(StoreError) -> Int64 {
        if let known = starts[step]?[number] { return known }
        var end = position.sequence
        while end > 0 {
            let begin = max(0, end - Int64(Self.pageSize))
            let earlier = try await store.events(of: run, after: begin, limit: Int(end - begin))
            for event in earlier where event.kind == .attemptStarted && event.step == step {
                guard event.data["attempt"]?.intValue == Int64(number), let sequence = event.sequence else { continue }
                starts[step, default: [:]][number] = sequence
                return sequence
            }
            end = begin
        }
        return 0
    }

    /// The next stretch of the first text asked for, without what has been given of it.
    private mutating func nextText() async throws(StoreError) -> [FeedEvent] {
        var task = tasks[0]
        let text = task.text
        guard let stream = LogStream(rawValue: text.stream) else {
            tasks.removeFirst()
            return []
        }
        let chunks = try await store.chunks(of: text, in: run, after: task.row, limit: Self.chunksAtOnce)
        var shown: [FeedEvent] = []
        for chunk in chunks {
            let begin = task.read
            task.row = chunk.row
            task.read += Int64(chunk.text.utf8.count)
            var offset = max(begin, position.offset(attempt: task.started, stream))
            for piece in chunk.text.dropping(bytes: offset - begin).pieces(ofAtMost: RunEvent.textLimit)
            where !piece.isEmpty {
                let event = RunEvent.text(
                    String(piece), stream, offset: offset, step: text.step, attempt: text.number, at: chunk.at)
                offset += Int64(piece.utf8.count)
                position.give(attempt: task.started, stream, upTo: offset)
                shown.append(FeedEvent(event, of: run, at: position))
            }
        }
        tasks[0] = task
        if chunks.count < Self.chunksAtOnce { tasks.removeFirst() }
        return shown
    }
}
