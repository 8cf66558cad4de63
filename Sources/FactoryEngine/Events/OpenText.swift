import FactoryDomain

/// An attempt that is running, as those who watch its run know it.
struct OpenAttempt {
    let id: ID<Attempt>
    /// Number of the event that started it.
    let started: Int64
    let step: String
    let number: Int
    var texts: [LogStream: OpenText] = [:]
    /// What it last said about how far it is.
    var progress: FeedEvent?

    /// What does not change; taken apart from the texts so that these are not copied.
    var identity: (started: Int64, step: String, number: Int) { (started, step, number) }
}

/// What a running attempt has written to one stream.
struct OpenText {
    /// UTF-8 bytes shown so far.
    var shown: Int64 = 0
    /// The end of what was shown, as far as the store does not hold it yet.
    var tail = ""
    /// When its last piece came.
    var at: Timestamp

    /// Bytes that the store holds.
    var kept: Int64 { shown - Int64(tail.utf8.count) }

    mutating func show(_ text: Substring, at: Timestamp) {
        shown += Int64(text.utf8.count)
        tail += text
        self.at = at
    }

    /// The store holds `count` more bytes.
    mutating func keep(_ count: Int) { tail = tail.dropping(bytes: Int64(count)) }
}
