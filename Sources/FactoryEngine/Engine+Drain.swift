extension Engine {
    /// Starts no further run and no further attempt, and returns when those that were running have ended and what came
    /// of them is in the store. What runs are left with stands in the store, to be taken over by the next engine.
    ///
    /// ``run()`` goes on until its task is cancelled: do that next. Cancel this too when you no longer want to wait.
    public func drain() async {
        context.lanes.close()
        shutdown()
        await context.lanes.emptied()
        // A place is given back when an attempt has ended; a question is answered when the store knows of it.
        for driver in register.close() { _ = await driver.ask(.leave) }
    }
}
