/// Something in a calendar that the standard does not allow, and what was made of it.
package struct Problem: Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        /// The input is larger, deeper or longer than the limits; what follows was not read.
        case limitExceeded
        /// A line that is no `name:value`; it was left out.
        case badLine
        /// A parameter that breaks the grammar; it was read as well as possible.
        case badParameter
        /// A fold that splits a character.
        case badFold
        /// Lines that do not end with CR LF.
        case lineEnding
        case blankLine
        /// A physical line of more than 75 octets.
        case lineTooLong
        /// A charset this library does not know; the text was read as UTF-8.
        case unknownCharset
        /// Text that is not in the charset it should be in, read as windows-1252.
        case badCharset
        /// A component without its `END`; it was closed where the next one made that necessary.
        case missingEnd
        /// An `END` without its `BEGIN`; it was left out.
        case strayEnd
        /// A component outside `VCALENDAR`; a calendar was put around it.
        case missingCalendar
        /// Text before the first `BEGIN` or after the last `END`; it was left out.
        case outsideCalendar
        /// Something of vCalendar 1.0, which was translated.
        case oldVersion
        /// A property that may occur once and occurs again.
        case duplicateProperty
        /// A property that must be there is not.
        case missingProperty
        /// A value that is not of its type.
        case badValue
    }

    /// The physical line, counted from 1.
    package var line: Int
    package var code: Code
    package var message: String

    package init(line: Int, code: Code, message: String) {
        self.line = line
        self.code = code
        self.message = message
    }
}
