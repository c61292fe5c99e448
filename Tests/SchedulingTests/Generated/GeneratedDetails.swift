import ICalendar

/// All else that clients write into events, sound and unsound.
enum GeneratedDetails {
    static func properties(_ random: inout Generator) -> [Property] {
        var properties: [Property] = []
        func maybe(_ make: (inout Generator) -> Property) {
            if random.once(in: 4) { properties.append(make(&random)) }
        }
        maybe { Property("STATUS", $0.one(of: ["CONFIRMED", "TENTATIVE", "confirmed", "CANCELED", ""])) }
        maybe { Property("TRANSP", $0.one(of: ["OPAQUE", "TRANSPARENT", "transparent", "BUSY"])) }
        maybe { Property("CLASS", $0.one(of: ["PUBLIC", "PRIVATE", "x-secret", "a b", ""])) }
        maybe { Property("PRIORITY", $0.one(of: ["5", "0", "10", "-1", "high"])) }
        maybe { Property("GEO", $0.one(of: ["52.5163;13.3779", "91;0", "52.5,13.4", "nan;inf", "-0.5;-180"])) }
        maybe { random in
            let texts = ["https://acme.example/a?b=c&d=%20#e", "https://acme.example/ä b\"c\"", "acme.example", ""]
            return Property("URL", random.one(of: texts))
        }
        maybe { random in
            let names = (0..<random.number(1...3)).map { _ in Property.text("", GeneratedText.any(&random)).value }
            return Property("CATEGORIES", names.joined(separator: ","))
        }
        maybe { random in
            Property(
                "CONFERENCE", random.one(of: ["https://meet.acme.example/x y", "tel:+49-30-1", "none"]),
                parameters: [
                    ContentParameter("VALUE", "URI"), ContentParameter("FEATURE", "AUDIO", ["VIDEO"]),
                    ContentParameter("LABEL", GeneratedText.any(&random)),
                ])
        }
        maybe { random in
            let type = [ContentParameter("FMTTYPE", random.one(of: ["text/html", "html", "a/b/c"]))]
            return .text("X-ALT-DESC", "<html>\(GeneratedText.any(&random))</html>", parameters: type)
        }
        maybe { .text("STYLED-DESCRIPTION", GeneratedText.any(&$0)) }
        // Text that its client forgot to escape.
        maybe { Property("SUMMARY", GeneratedText.canonical(GeneratedText.any(&$0))) }
        maybe { Property("CREATED", $0.one(of: ["20261120T080000Z", "20261120T080000", "2026-11-20T08:00:00Z"])) }
        maybe { Property("LAST-MODIFIED", $0.one(of: ["20261121T080000Z", "yesterday"])) }
        maybe { Property("COLOR", $0.one(of: ["turquoise", "#fff", ""])) }
        maybe { .text("COMMENT", GeneratedText.any(&$0)) }
        maybe { .text("X-APPLE-NOTE", GeneratedText.any(&$0)) }
        maybe { Property("X-MICROSOFT-CDO-BUSYSTATUS", $0.one(of: ["BUSY", "free", "who knows"])) }
        maybe { _ in Property("X-MICROSOFT-CDO-APPT-SEQUENCE", "9") }
        maybe { random in
            let addresses = ["https://acme.example/a b.pdf", "http://acme.example/", "cid:1", "CID:2", ""]
            return Property(
                "ATTACH", random.one(of: addresses),
                parameters: [
                    ContentParameter("FMTTYPE", random.one(of: ["application/pdf", "pdf"])),
                    ContentParameter("FILENAME", GeneratedText.any(&random)),
                ])
        }
        maybe { _ in
            let inline = [ContentParameter("ENCODING", "BASE64"), ContentParameter("VALUE", "BINARY")]
            return Property("ATTACH", "QUJD", parameters: inline)
        }
        maybe {
            Property($0.one(of: Conference.vendorProperties), $0.one(of: ["https://acme.example/é", "conf:sip:x", ""]))
        }
        maybe { random in
            Property(
                "ATTENDEE", "mailto:someone.else@example.com",
                parameters: [ContentParameter("CN", GeneratedText.any(&random))])
        }
        if var first = properties.first, random.once(in: 5) {
            first.setParameter("X-FOO", GeneratedText.any(&random))
            first.setParameter("LANGUAGE", random.one(of: ["en-US", "de", "not a language", ""]))
            first.parameters.append(ContentParameter("LANGUAGE", "fr"))
            properties[0] = first
        }
        return properties
    }

    static func alarms(_ random: inout Generator) -> [Component] {
        guard random.once(in: 3) else { return [] }
        let properties = [
            Property("ACTION", "DISPLAY"), Property("TRIGGER", "-PT15M"),
            .text("DESCRIPTION", GeneratedText.any(&random)),
        ]
        return [Component("VALARM", properties: properties)]
    }
}
