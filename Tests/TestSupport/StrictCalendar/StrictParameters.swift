/// The parameters of RFC 5545 section 3.2 and those that RFC 7986 and RFC 9073 add: where they may stand, and what in
/// them.
enum StrictParameters {
    private static let users: Set<String> = ["ATTENDEE", "ORGANIZER"]
    private static let texts: Set<String> = [
        "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "RESOURCES", "TZNAME", "CONFERENCE",
        "STYLED-DESCRIPTION", "X-ALT-DESC",
    ]
    private static let dates: Set<String> = ["DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"]
    private static let places: [String: Set<String>] = [
        "ALTREP": texts, "LANGUAGE": texts.union(users), "CN": users, "DIR": users, "SENT-BY": users, "EMAIL": users,
        "CUTYPE": ["ATTENDEE"], "MEMBER": ["ATTENDEE"], "ROLE": ["ATTENDEE"], "PARTSTAT": ["ATTENDEE"],
        "RSVP": ["ATTENDEE"], "DELEGATED-TO": ["ATTENDEE"], "DELEGATED-FROM": ["ATTENDEE"], "TZID": dates,
        "RANGE": ["RECURRENCE-ID"], "FEATURE": ["CONFERENCE"], "LABEL": ["CONFERENCE"],
        "FMTTYPE": ["ATTACH", "STYLED-DESCRIPTION", "X-ALT-DESC"], "DERIVED": ["STYLED-DESCRIPTION"],
        // Of RFC 8607.
        "FILENAME": ["ATTACH"],
    ]
    private static let quoted: Set<String> = ["SENT-BY", "MEMBER", "DIR", "ALTREP", "DELEGATED-TO", "DELEGATED-FROM"]
    private static let lists: Set<String> = ["MEMBER", "DELEGATED-TO", "DELEGATED-FROM", "FEATURE"]

    static func faults(_ line: StrictLine) -> [String] {
        var faults: [String] = []
        for parameter in line.parameters {
            let name = "\(line.name);\(parameter.name)"
            if let allowed = places[parameter.name], !allowed.contains(line.name) {
                faults.append("\(name) is not defined")
            }
            if quoted.contains(parameter.name), !parameter.values.allSatisfy(\.isQuoted) {
                faults.append("\(name) is not quoted")
            }
            if parameter.values.count > 1, !lists.contains(parameter.name) {
                faults.append("\(name) has several values")
            }
            let value = parameter.values.first?.text ?? ""
            if !isSound(parameter.name, value) { faults.append("\(name)=\(value)") }
        }
        return faults
    }

    private static func isSound(_ name: String, _ value: String) -> Bool {
        switch name {
        case "RSVP", "DERIVED": ["TRUE", "FALSE"].contains(value)
        case "RANGE": value == "THISANDFUTURE"
        case "PARTSTAT": ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"].contains(value)
        case "ROLE": ["CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"].contains(value)
        case "CUTYPE": ["INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN"].contains(value)
        case "LANGUAGE":
            value.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x7A).contains($0) }
            }
        case "FMTTYPE": value.split(separator: "/", omittingEmptySubsequences: false).count == 2
        case "SENT-BY": value.hasPrefix("mailto:")
        case "TZID": !value.isEmpty
        default: true
        }
    }
}
