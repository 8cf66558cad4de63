import HTTPTypes

/// Names of headers that every request is looked at for: made once, because making one checks its letters.
enum HeaderName {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")
    static let forgeryToken = HTTPField.Name("X-CSRF-Token")
    static let host = HTTPField.Name("Host")
    static let requestID = HTTPField.Name("X-Request-ID")
}
