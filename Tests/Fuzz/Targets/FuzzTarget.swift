/// What is fuzzed. Each target reads arbitrary octets with one of the product's parsers and checks what must hold for
/// any input; that nothing traps is checked by running it.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case icalendar
    case mime
    case tnef
    case rrule
    case json

    /// - Returns: what does not hold for this input; `nil` when all does.
    package func finding(in bytes: [UInt8]) -> String? {
        switch self {
        case .icalendar: CalendarProperties.finding(in: bytes)
        case .mime: MailProperties.finding(in: bytes)
        case .tnef: TNEFProperties.finding(in: bytes)
        case .rrule: RuleProperties.finding(in: bytes)
        case .json: JSONProperties.finding(in: bytes)
        }
    }
}
