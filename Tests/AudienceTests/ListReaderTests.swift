import Audience
import MailMessage
import TestSupport
import Testing

@Suite("Files of a list")
struct ListReaderTests {
    /// What a file came to: addresses with names, and reasons with lines.
    private struct Reading: Equatable {
        var people: [String] = []
        var drops: [DropReason: [Int]] = [:]
        var rows = 0

        mutating func take(_ row: ListRow, _ line: Int) {
            rows += 1
            switch row {
            case .recipient(let recipient):
                people.append(recipient.address.normalized + (recipient.name.map { " " + $0 } ?? ""))
            case .dropped(let reason, _): drops[reason, default: []].append(line)
            }
        }
    }

    private func read(
        _ bytes: [UInt8], name: String = "list", options: ListOptions = ListOptions(), piece: Int = 1 << 20
    ) throws -> Reading {
        var reading = Reading()
        var reader = ListReader(name: name, options: options)
        for piece in bytes.pieces(of: piece) { try reader.read(piece) { reading.take($0, $1) } }
        try reader.finish { reading.take($0, $1) }
        return reading
    }

    private func read(
        _ text: String, name: String = "list", options: ListOptions = ListOptions(), piece: Int = 1 << 20
    ) throws -> Reading {
        try read(Array(text.utf8), name: name, options: options, piece: piece)
    }

    @Test(
        "leave out whoever refused, however their product says so",
        arguments: [
            ("OptOut", "true"), ("Opt Out", "Yes"), ("opt_out", "1"), ("Email Opt Out", "TRUE"),
            ("HasOptedOutOfEmail", "1"), ("Unsubscribed from all email", "true"), ("unsubscribed", "2024-03-01 10:00"),
            ("Unsubscribed At", "2024-03-01T10:00:00Z"), ("OptOut", "ALL"), ("Email Marketing Consent", "UNSUBSCRIBED"),
            ("Email Marketing Consent", "NEVER_SUBSCRIBED"), ("Accepts Email Marketing", "no"), ("Opt-In", "false"),
            ("Do not contact", "x"),
        ])
    func refusals(heading: String, value: String) throws {
        let reading = try read("email,\(heading)\nann@example.com,\(value)\nbob@example.com,\n")
        #expect(reading.people == ["bob@example.com"])
        #expect(reading.drops == [.optedOut: [2]])
    }

    @Test(
        "keep whoever did not refuse",
        arguments: [
            ("OptOut", "NONE"), ("OptOut", "false"), ("Unsubscribed", "0"), ("Email Opt Out", "No"), ("Opted Out", "-"),
            ("Consent", "yes"), ("Email Marketing Consent", "SUBSCRIBED"), ("Consent", "Form on our site"),
        ])
    func noRefusal(heading: String, value: String) throws {
        #expect(try read("email,\(heading)\nann@example.com,\(value)\n").people == ["ann@example.com"])
    }

    @Test("of comma-separated values may have quotes, line ends and separators in them", arguments: [1, 3, 1000])
    func quoted(piece: Int) throws {
        let text = """
            email,name\r\nann@example.com,"Doe, Ann"\r\n"bob@example.com","Bob ""B"" Lee"\r\n\r\n\
            eve@example.com,"Eve\r\nof Eden"\r\n "joe@example.com" , Joe \r\nbad,Bad\r\nlast@example.com,Last
            """
        let reading = try read(text, piece: piece)
        #expect(
            reading.people == [
                "ann@example.com Doe, Ann", "bob@example.com Bob \"B\" Lee", "eve@example.com Eve of Eden",
                "joe@example.com Joe", "last@example.com Last",
            ])
        #expect(reading.drops == [.badAddress: [8]])
    }

    @Test(
        "may be separated by comma, semicolon, tab or bar, in UTF-8, UTF-16 or windows-1252, with or without a mark",
        arguments: [",", ";", "\t", "|"])
    func separators(separator: String) throws {
        let text = ["Vorname\tNachname\tE-Mail-Adresse", "Jürgen\tGroß\tj@example.com", "Ann\tLee\ta@example.com"]
            .joined(separator: "\n").replacing("\t", with: separator)
        let people = ["j@example.com Jürgen Groß", "a@example.com Ann Lee"]
        let utf16 = Array(text.utf16)
        let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let forms: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, little,
            [0xFE, 0xFF] + big, big, latin, Array("sep=\(separator)\r\n\(text)".utf8),
        ]
        for (number, form) in forms.enumerated() {
            for piece in [1, 7, 1000] {
                #expect(try read(form, piece: piece).people == people, "form \(number), pieces of \(piece)")
            }
        }
    }

    @Test("keep their rows behind a quote that is never closed")
    func unclosedQuote() throws {
        let rows = (0..<30_000).map { "p\($0)@example.com,x\n" }.joined()
        let reading = try read("email,name\na@example.com,\"A\nb@example.com,B\n" + rows, piece: 4096)
        #expect(reading.people.count == 30_001)
        #expect(reading.people.first == "b@example.com B")
        #expect(reading.drops == [.unreadable: [2]])
        let short = try read("email,name\na@example.com,\"A\nb@example.com,B\n")
        #expect(short.people == ["b@example.com B"])
        #expect(short.drops == [.unreadable: [2]])
        #expect(try read("email\n\"a@example.com").drops == [.unreadable: [2]])
    }

    @Test("of Pinpoint's own import format have dotted and repeated headings")
    func pinpointCSV() throws {
        let text = """
            ChannelType,Address,OptOut,Attributes.Interests,Attributes.Interests,User.UserAttributes.FirstName,Attributes.Nick
            EMAIL,ann@example.com,NONE,Music,Tea,Ann,
            EMAIL,bob@example.com,ALL,,,Bob,
            SMS,+34600000000,NONE,,,Cyd,
            EMAIL,dan@example.com,,,Tea,,Danny
            """
        let reading = try read(text)
        #expect(reading.people == ["ann@example.com Ann", "dan@example.com"])
        #expect(reading.drops == [.optedOut: [3], .otherChannel: [4]])
        // A value may fill the name; of a repeated heading the first column that says something.
        let named = try read(text, options: ListOptions(nameField: "Attributes.Nick"))
        #expect(named.people == ["ann@example.com", "dan@example.com Danny"])
        let interests = try read(text, options: ListOptions(nameField: "Attributes.Interests"))
        #expect(interests.people == ["ann@example.com Music", "dan@example.com Tea"])
    }

    @Test("of Pinpoint users alone hold nobody to write to, and say so")
    func usersOnly() throws {
        #expect(throws: ListRefusal.noAddressColumn(headings: ["User.UserId", "User.UserAttributes.Age"])) {
            try read("User.UserId,User.UserAttributes.Age\nu1,30\n")
        }
    }

    @Test("of Pinpoint may name the greeting in an attribute, in JSON as in CSV")
    func attributes() throws {
        let line =
            #"{"ChannelType":"EMAIL","Address":"a@example.com","Attributes":{"Nick":["Annie"]},"User":{"UserAttributes":{"FirstName":["Ann"]}}}"#
        #expect(try read(line).people == ["a@example.com Ann"])
        #expect(try read(line, options: ListOptions(nameField: "Attributes.Nick")).people == ["a@example.com Annie"])
    }

    @Test("of Customer Profiles are read as JSON lines and as CSV")
    func profiles() throws {
        let lines = """
            {"ProfileId":"1","EmailAddress":"a@example.com","FirstName":"Ann","LastName":"Lee","Attributes":{"x":"y"}}
            {"ProfileId":"2","PersonalEmailAddress":"b@example.com"}
            {"ProfileId":"3","PhoneNumber":"+34"}
            """
        let reading = try read(lines)
        #expect(reading.people == ["a@example.com Ann Lee", "b@example.com"])
        #expect(reading.drops == [.otherChannel: [3]])
        let csv = """
            ProfileId,EmailAddress,PersonalEmailAddress,FirstName,LastName
            1,a@example.com,,Ann,Lee
            2,,b@example.com,,
            3,,,,
            """
        let columns = try read(csv)
        #expect(columns.people == ["a@example.com Ann Lee", "b@example.com"])
        #expect(columns.drops == [.badAddress: [4]])
    }

    @Test("of an SES contact list are read as the API answers, as JSON lines and as CSV", arguments: [1, 5, 4096])
    func contacts(piece: Int) throws {
        let answer = """
            {
              "Contacts": [
                {"EmailAddress": "a@example.com", "UnsubscribeAll": false,
                 "TopicPreferences": [{"TopicName": "x", "SubscriptionStatus": "OPT_IN"}]},
                {"EmailAddress": "b@example.com", "UnsubscribeAll": true},
                {"EmailAddress": "c}\\"{@example.com"},
                {"EmailAddress": "d@example.com"}
              ],
              "NextToken": "t"
            }
            """
        let reading = try read(answer, piece: piece)
        #expect(reading.people == ["a@example.com", "d@example.com"])
        #expect(reading.drops == [.optedOut: [5], .badAddress: [6]])
        #expect(try read(#"[{"email":"a@example.com"},{"email":"b@example.com"}]"#, piece: piece).people.count == 2)
        let lines = """
            {"emailAddress":"a@example.com","unsubscribeAll":false,"attributesData":"{\\"Name\\":\\"A\\"}"}
            {"emailAddress":"b@example.com","unsubscribeAll":true}
            """
        #expect(try read(lines, piece: piece).people == ["a@example.com"])
        let csv = """
            emailAddress,unsubscribeAll,attributesData,topicPreferences.Sports
            a@example.com,false,"{""Name"": ""A, B""}",OPT_IN
            b@example.com,TRUE,,OPT_OUT
            """
        #expect(try read(csv, piece: piece).people == ["a@example.com"])
        #expect(try read(csv, piece: piece).drops == [.optedOut: [3]])
    }

    @Test("that break off within an object keep those before it")
    func brokenDocument() throws {
        var reading = Reading()
        var reader = ListReader(name: "x", options: ListOptions())
        try reader.read(Array(#"[{"email":"a@example.com"},{"email":"b@exa"#.utf8)) { reading.take($0, $1) }
        #expect(throws: ObjectReader.Failure.truncated) { try reader.finish { reading.take($0, $1) } }
        #expect(reading.people == ["a@example.com"])
    }

    @Test("without headings hold addresses anywhere: one a line, several, or with names")
    func plainText() throws {
        let reading = try read(
            """
            ann@example.com
            Bob Lee <bob@example.com>
            "Doe, Jane" <jane@example.com>
            mailto:cyd@example.com

            nonsense
            d@example.com; e@example.com
            """)
        #expect(
            reading.people == [
                "ann@example.com", "bob@example.com Bob Lee", "jane@example.com Doe, Jane", "cyd@example.com",
                "d@example.com", "e@example.com",
            ])
        #expect(reading.drops == [.badAddress: [6]])
        #expect(
            try read("Ann,ann@example.com\nBob,bob@example.com").people == [
                "ann@example.com Ann", "bob@example.com Bob",
            ])
    }

    @Test("find the column of addresses under a heading in any language, or say that there is none")
    func headings() throws {
        #expect(
            try read("Имя;Адрес почты\nАнна;anna@example.com\n").people == ["anna@example.com"])
        #expect(try read("Address,Contact\nMain Street 5,ann@example.com\n").people == ["ann@example.com"])
        #expect(
            try read("User Email;Status\na@example.com;subscribed\nb@example.com;Unsubscribed\nc@example.com;bounced")
                == Reading(people: ["a@example.com"], drops: [.optedOut: [3], .inactive: [4]], rows: 3))
        #expect(throws: ListRefusal.noAddressColumn(headings: ["Name", "Town"])) { try read("Name,Town\nAnn,Ulm\n") }
        let refusal = ListRefusal.noAddressColumn(headings: ["Name", "Town"])
        #expect(refusal.explanation.hasSuffix("the headings are: Name, Town."))
    }

    @Test("that are no lists are refused with what to do")
    func refusals() {
        let files: [([UInt8], ListRefusal)] = [
            ([0x50, 0x4B, 3, 4, 0x14], .spreadsheet), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .spreadsheet),
            (Array("PAR1xxxx".utf8), .columnar), (Array("ORC\u{8}".utf8), .columnar),
            (Array("%PDF-1.7".utf8), .document),
            (Array("<!DOCTYPE html><p>a@b.example".utf8), .document), ([1, 2, 3, 0, 0, 9, 8, 7], .binary),
        ]
        for (bytes, refusal) in files {
            #expect(throws: refusal) { try read(bytes) }
            #expect(refusal.explanation.contains(". ") || refusal == .columnar)
        }
        #expect(ListRefusal.spreadsheet.explanation.contains("save the sheet as CSV"))
    }

    @Test("may leave out addresses of functions, never any others")
    func roles() throws {
        let text = "postmaster@example.com\nInfo@example.com\ninformation@example.com\nann@example.com\n"
        let reading = try read(text, options: ListOptions(dropsRoles: true))
        #expect(reading.people == ["information@example.com", "ann@example.com"])
        #expect(reading.drops == [.role: [1, 2]])
        #expect(try read(text).people.count == 4)
    }

    @Test("keep mailboxes apart that only look alike, and know one domain by both its names")
    func normalization() throws {
        let reading = try read(
            "ann.lee@example.com\nannlee@example.com\nann.lee+x@example.com\nAnn@bücher.example\nann@xn--bcher-kva.example"
        )
        #expect(Set(reading.people).count == 4)
    }

    @Test("can be left at any row and gone on with from there", arguments: [false, true])
    func resuming(startsThere: Bool) throws {
        // Longer than the beginning that is looked at first.
        let csv = "name;email\n" + (0..<4000).map { "\"P;\n\($0)\";p\($0)@example.com\r\n" }.joined()
        let json = (0..<4000).map { "{\"email\":\"p\($0)@example.com\"}\n" }.joined()
        let objects = (0..<4000).map { "{\"email\":\"p\($0)@example.com\"}" }.joined(separator: ",\n")
        let document = "{\"Contacts\":[\(objects)]}"
        for text in [csv, json, document] {
            let bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            let whole = try read(bytes)
            #expect(whole.rows == 4000)
            for cut in stride(from: 66_000, to: bytes.count, by: 3001) {
                var reading = Reading()
                var first = ListReader(name: "x", options: ListOptions())
                try first.read(Array(bytes[..<cut])) { reading.take($0, $1) }
                let position = try #require(first.position)
                let restored = try #require(ListLayout(json: position.layout.json))
                #expect(restored == position.layout)
                var second = ListReader(name: "x", options: ListOptions(), from: position, startsThere: startsThere)
                let start = startsThere ? position.layout.prefix + position.offset : 0
                try second.read(Array(bytes[start...])) { reading.take($0, $1) }
                try second.finish { reading.take($0, $1) }
                #expect(reading == whole, "cut at \(cut)")
            }
        }
    }
}
