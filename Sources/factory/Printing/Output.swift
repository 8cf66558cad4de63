import Glibc

/// Where text goes: data to standard output, everything else to standard error.
enum Output {
    /// Prints a line of data.
    static func data(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Prints a line for the person at the terminal.
    static func note(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

    /// Prints text for the person at the terminal as it is.
    static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

    /// True when standard error is a terminal that can be redrawn.
    static var isLive: Bool {
        guard isatty(STDERR_FILENO) == 1, let terminal = getenv("TERM") else { return false }
        return String(cString: terminal) != "dumb"
    }

    /// True when standard error takes colours.
    static var takesColour: Bool { isLive && getenv("NO_COLOR") == nil }

    /// Width of the terminal in columns; 80 where it cannot be told.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // The reader is gone: there is nobody left to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
