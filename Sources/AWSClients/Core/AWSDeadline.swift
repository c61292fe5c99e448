/// When the work in hand must be done, for every call made on its behalf.
///
/// A task-local value, so that the ports between a handler and its AWS calls need not carry it:
///
///     try await AWSDeadline.$current.withValue(deadline) { try await handle(event) }
package enum AWSDeadline {
    /// Nil for work without a deadline, such as warming up.
    @TaskLocal package static var current: ContinuousClock.Instant?
}
