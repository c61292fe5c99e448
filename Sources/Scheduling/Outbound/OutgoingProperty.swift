import ICalendar

/// What an organizer's client wrote in a VEVENT, in the form the standard gives it: clients read each other's slips, but
/// not all of them read all slips. What has no such form is not sent.
struct OutgoingProperty {
    /// DTSTART, whose kind the other dates share.
    let start: DateValue?
    let zones: ZoneResolver

    /// None when the property cannot be sent, and several for dates of several kinds in one list.
    func forms(of property: Property) -> [Property] {
        switch property.name {
        case "SUMMARY", "DESCRIPTION", "LOCATION": return text(property, language(of: property))
        case "X-ALT-DESC": return text(property, mediaType(of: property))
        case "CATEGORIES": return categories(property)
        case "STATUS": return word(property, of: ["CONFIRMED", "TENTATIVE"])
        case "TRANSP": return word(property, of: ["OPAQUE", "TRANSPARENT"])
        case "CLASS", "COLOR", "X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-BUSYSTATUS": return word(property)
        case "PRIORITY": return number(property).map { [$0] } ?? []
        case "GEO": return GeographicPosition(property.value).map { [Property(property.name, $0.text)] } ?? []
        case "ATTACH": return attachment(property)
        case "URL",
            _ where Conference.vendorProperties.contains(property.name):
            return OutgoingURI.text(of: property.value).map { [Property(property.name, $0)] } ?? []
        case "CONFERENCE": return conference(property)
        case "CREATED", "LAST-MODIFIED":
            guard case .utc? = DateValue(property) else { return [] }
            return DateValue(property).map { [$0.property(property.name)] } ?? []
        default: return OutgoingDates(start: start, zones: zones).forms(of: property)
        }
    }

    /// An empty one says nothing, and libical takes it for a fault.
    private func text(_ property: Property, _ parameters: [ContentParameter]) -> [Property] {
        let written = Property.text(property.name, property.text, parameters: parameters)
        return written.text.allSatisfy(\.isWhitespace) ? [] : [written]
    }

    private func categories(_ property: Property) -> [Property] {
        let names = property.textList.map { Property.text("", $0).value }.filter { !$0.isEmpty }
        if names.isEmpty { return [] }
        return [Property("CATEGORIES", names.joined(separator: ","), parameters: language(of: property))]
    }

    /// RFC 7986 section 5.11.
    private func conference(_ property: Property) -> [Property] {
        guard let uri = OutgoingURI.text(of: property.value) else { return [] }
        var parameters = [ContentParameter("VALUE", "URI")]
        let features = property.parameters.first { $0.isNamed("FEATURE") }?.values.filter(Self.isWord) ?? []
        if let first = features.first {
            parameters.append(ContentParameter("FEATURE", first, Array(features.dropFirst())))
        }
        if let label = property.parameter("LABEL") { parameters.append(ContentParameter("LABEL", label)) }
        return [Property(property.name, uri, parameters: parameters + language(of: property))]
    }

    /// Documents on the web only: what is in the calendar would go out as often as there are recipients, and other
    /// addresses lead nowhere from where they are.
    private func attachment(_ property: Property) -> [Property] {
        guard let uri = Attachment(property).uri, let address = OutgoingURI.text(of: uri),
            address.lowercased().hasPrefix("https://")
        else { return [] }
        var parameters = mediaType(of: property)
        if let name = property.parameter("FILENAME"), !name.isEmpty {
            parameters.append(ContentParameter("FILENAME", name))
        }
        return [Property(property.name, address, parameters: parameters)]
    }

    /// RFC 5646, as far as the form goes.
    private func language(of property: Property) -> [ContentParameter] {
        guard let language = property.parameter("LANGUAGE"), !language.isEmpty else { return [] }
        let isSound = language.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
            1...8 ~= part.utf8.count && part.utf8.allSatisfy { Self.isLetter($0) || 0x30...0x39 ~= $0 }
        }
        return isSound ? [ContentParameter("LANGUAGE", language)] : []
    }

    private func mediaType(of property: Property) -> [ContentParameter] {
        guard let type = property.parameter("FMTTYPE") else { return [] }
        let isSound = type.split(separator: "/", omittingEmptySubsequences: false).map { Self.isWord(String($0)) }
        return isSound == [true, true] ? [ContentParameter("FMTTYPE", type)] : []
    }

    private func word(_ property: Property, of words: [String]? = nil) -> [Property] {
        let word = property.value.uppercased()
        guard Self.isWord(word), words?.contains(word) ?? true else { return [] }
        return [Property(property.name, word)]
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 || "-.+".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x41...0x5A ~= byte & 0xDF }

    private func number(_ property: Property) -> Property? {
        Int(property.value).flatMap { 0...9 ~= $0 ? Property(property.name, String($0)) : nil }
    }
}
