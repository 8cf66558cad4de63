/// Whose things are: the id of an account, or the person at the machine.
public enum Owner {
    /// Owns what exists without an account: what the command line runs in a data folder, and everything a server kept
    /// before its first account was made.
    public static let local = "local"
}
