/// Who of an event's attendees is told of a change or a cancellation.
package enum UpdateAudience: String, Sendable {
    case everyone
    /// Not those who declined; their answer stays as it is, whatever changes.
    case notDeclined = "not_declined"
}
