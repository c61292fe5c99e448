import ICalendar

/// When an event is: the properties of which a change asks everybody to answer again (RFC 5546 section 2.1.4), compared
/// by what they mean. The same moment in another zone, or DURATION for DTEND, is no change.
struct Schedule: Equatable {
    enum Moment: Hashable {
        case date(Int64)
        case floating(Int64)
        case instant(Int64)
        /// In a zone nobody knows, or unreadable.
        case text(String)

        init(_ value: DateValue, _ zones: ZoneResolver) {
            guard let seconds = zones.epochSeconds(value) else {
                self = .text(value.text)
                return
            }
            self =
                switch value {
                case .date: .date(seconds)
                case .floating: .floating(seconds)
                case .utc, .zoned: .instant(seconds)
                }
        }

        /// As instances of a series are named.
        var epochSeconds: Int64? {
            switch self {
            case .date(let seconds), .floating(let seconds), .instant(let seconds): seconds
            case .text: nil
            }
        }
    }

    private let instance: Moment?
    private let start: Moment?
    /// Seconds.
    private let length: Int64?
    /// Where the clock is read by which it repeats.
    private let zone: TimeZoneRules?
    private let rules: Set<String>
    private let further: Set<Moment>
    private var excluded: Set<Moment>
    private let status: String?

    init(_ event: Component, _ zones: ZoneResolver) {
        let view = EventView(event)
        func dates(_ name: String) -> Set<Moment> {
            Set(
                event.all(name).flatMap { property -> [Moment] in
                    let values = DateValue.list(property)
                    // A period says more than its start.
                    let isText = values.isEmpty || property.value.contains("/")
                    return isText ? [.text(property.value)] : values.map { Moment($0, zones) }
                })
        }
        instance = view.recurrenceID.map { Moment($0, zones) }
        // A client may name an instance at its own time by its RECURRENCE-ID alone.
        start = view.start.map { Moment($0, zones) } ?? instance
        length = EventSpan.seconds(of: view, zones)
        rules = Set(event.all("RRULE").map { RecurrenceRule($0.value)?.text ?? $0.value })
        zone = rules.isEmpty ? nil : view.start?.tzid.flatMap { zones.zone(for: $0) }
        further = dates("RDATE")
        excluded = dates("EXDATE")
        // CONFIRMED is what an event without STATUS means to every client.
        status = view.status == "CONFIRMED" ? nil : view.status
    }

    /// The instances that the other leaves out and this does not, if that is all that differs.
    func instancesLeftOut(by other: Schedule) -> Set<Moment>? {
        var widened = self
        widened.excluded = other.excluded
        guard widened == other, excluded.isSubset(of: other.excluded) else { return nil }
        return other.excluded.subtracting(excluded)
    }
}
