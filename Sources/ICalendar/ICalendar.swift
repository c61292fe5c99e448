/// iCalendar (RFC 5545, with RFC 6868 parameter values and the RFC 7986 properties) as values over bytes.
///
/// `parse` reads whatever calendar clients send and says what was wrong with it; `serialize` writes only what the
/// standard allows. Between the two lie `Component` and `Property`, which keep every property, known or not.
package enum ICalendar {}
