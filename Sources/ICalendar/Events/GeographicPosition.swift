/// GEO (RFC 5545 section 3.8.1.6), in degrees north and east.
package struct GeographicPosition: Sendable, Equatable {
    package var latitude: Double
    package var longitude: Double
    /// Both as GEO writes them.
    package var text: String

    /// Also reads a comma between the two, and decimal commas; `nil` for what is no place on earth.
    package init?(_ value: String) {
        let value = trimmed(value).replacingEscapedSeparators
        let separator: Character = value.contains(";") ? ";" : ","
        let parts = value.split(separator: separator, omittingEmptySubsequences: false).map { part in
            trimmed(String(part.map { $0 == "," ? "." : $0 }))
        }
        let isDecimal = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { $0.isASCIIDigit || "+-.".utf8.contains($0) }
        }
        guard isDecimal, parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]),
            abs(latitude) <= 90, abs(longitude) <= 180
        else { return nil }
        self.latitude = latitude
        self.longitude = longitude
        text = parts.joined(separator: ";")
    }
}

extension String {
    /// `52.5\;13.4`, from clients that take it for TEXT.
    fileprivate var replacingEscapedSeparators: String { String(filter { $0 != "\\" }) }
}
