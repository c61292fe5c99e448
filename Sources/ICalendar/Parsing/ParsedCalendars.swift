/// What `ICalendar.parse` found.
package struct ParsedCalendars: Sendable {
    /// The `VCALENDAR` components, in order.
    package var calendars: [Component]
    /// In the order found; kinds that tend to occur on every line (line ends, over-long lines) are named once.
    package var problems: [Problem]
}
