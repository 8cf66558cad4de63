/// Why an edit does not fit a file.
struct EditError: Error, Equatable {
    /// What is wrong, as a sentence without a full stop.
    var message: String
    /// What to do about it, with the nearest text where there is one.
    var hint: String?
}
