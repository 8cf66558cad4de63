import CJail

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A running `factory-jail` and this side's ends of its descriptors.
struct JailProcess {
    let process: pid_t
    /// Becomes readable when `factory-jail` has ended.
    let end: Descriptor
    let control: Descriptor
    let stdout: Descriptor
    let stderr: Descriptor
    let result: Descriptor
    let progress: Descriptor
    /// Its end of file, or a byte in it, ends the jail.
    let lifeline: Descriptor

    init(_ launch: JailLaunch) throws(SandboxError) {
        let stdout = try Descriptor.pipe()
        let stderr = try Descriptor.pipe()
        let result = try Descriptor.pipe()
        let progress = try Descriptor.pipe()
        let lifeline = try Descriptor.pipe()
        let control = try Descriptor.socketPair()
        let nothing = try Descriptor.nothing()

        var descriptors = [Int32](repeating: -1, count: Int(JAIL_DESCRIPTORS.rawValue))
        let given: [(jail_descriptor, Descriptor)] = [
            (JAIL_STDIN, nothing), (JAIL_STDOUT, stdout.write), (JAIL_STDERR, stderr.write),
            (JAIL_RESULT, result.write), (JAIL_JOB, launch.package.job), (JAIL_PROGRESS, progress.write),
            (JAIL_LIFELINE, lifeline.read), (JAIL_CONTROL, control.1), (JAIL_FILES, launch.package.files),
            (JAIL_AGENT, launch.package.agent),
        ]
        for (place, descriptor) in given { descriptors[Int(place.rawValue)] = descriptor.number }

        var end: Int32 = -1
        let process = withArguments(launch.arguments) { arguments in
            cjail_spawn(launch.jail, arguments, descriptors, Int32(descriptors.count), &end)
        }
        withExtendedLifetime(given) {}
        guard process >= 0 else {
            throw .setupFailed(
                SandboxProblem(
                    reason: "factory-jail cannot be started: \(Descriptor.text(of: -process))",
                    hint: "It must lie beside the program factory and be executable."))
        }
        self.process = process
        self.end = Descriptor(end)
        self.control = control.0
        self.stdout = stdout.read
        self.stderr = stderr.read
        self.result = result.read
        self.progress = progress.read
        self.lifeline = lifeline.write
    }
}

private func withArguments<Value>(
    _ arguments: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("a list that ends in nil is never empty") }
        return body(start)
    }
}
