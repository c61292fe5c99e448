import Audience
import InviteService
import MailMessage
import Synchronization
import Testing

@Suite("A list that comes by mail")
struct BulkIntakeTests {
    /// What the intake reads and leaves behind.
    private final class World: Sendable {
        struct State {
            var mail: [UInt8] = []
            var organizers: [EmailAddress: Organizer] = [:]
            var events: [EventUID: Event] = [:]
            var persons: [EmailAddress: Person] = [:]
            var reserved = 0
            var lists: [String: [UInt8]] = [:]
            var report: [UInt8] = []
            var campaigns: [String: Campaign] = [:]
            var imports: [ImportJob] = []
            var notices: [Notice] = []
            var failsAt: Int?
            var calls = 0
        }

        struct Crash: Error {}

        let state: Mutex<State>

        init(_ mail: [UInt8]) throws {
            var state = State(mail: mail)
            let ann = try Samples.address("ann@acme.example")
            state.organizers[ann] = Organizer(address: ann, mayBulk: true)
            let event = try Samples.event()
            state.events[event.uid] = event
            self.state = Mutex(state)
        }

        private func called<Value>(_ body: (inout State) throws -> Value) throws -> Value {
            try state.withLock { state in
                state.calls += 1
                if state.calls - 1 == state.failsAt { throw Crash() }
                return try body(&state)
            }
        }

        func receive(
            recipients: [String] = ["bulk@calendar.example.com"],
            verdicts: SenderAuthentication.Verdicts = Samples.passed
        ) async throws -> BulkIntake.Outcome {
            let ports = BulkIntake.Ports(
                readMail: { _ in try self.called { $0.mail } },
                readOrganizer: { address in try self.called { $0.organizers[address] } },
                readEvent: { uid in try self.called { $0.events[uid] } },
                readPersons: { addresses in
                    try self.called { state in state.persons.filter { addresses.contains($0.key) } }
                },
                readReserved: { _ in try self.called { $0.reserved } },
                readInvited: { _, addresses in
                    try self.called { _ in Set(addresses.filter { $0.description.hasPrefix("known") }) }
                },
                writeList: { _, name, bytes in
                    try self.called { $0.lists[name] = bytes }
                    return ListSource(bucket: "data", prefix: "lists/ann@acme.example/\(name)")
                },
                writeReport: { _, bytes in try self.called { $0.report = bytes } },
                createCampaign: { campaign in
                    try self.called { state in
                        if let known = state.campaigns[campaign.id] { return known }
                        state.campaigns[campaign.id] = campaign
                        return campaign
                    }
                },
                enqueueImport: { job in try self.called { $0.imports.append(job) } },
                notify: { notice in try self.called { $0.notices.append(notice) } }, now: noon)
            return try await BulkIntake(ports: ports, inviteLimit: 1000).receive(
                messageID: "mail-9", recipients: recipients, verdicts: verdicts)
        }

        var reportLines: [String] {
            String(decoding: state.withLock(\.report).dropFirst(3), as: UTF8.self).split(separator: "\r\n").map(
                String.init)
        }

        var receipt: ListReceipt? {
            if case .listTaken(let receipt)? = state.withLock({ $0.notices.last?.kind }) { receipt } else { nil }
        }
    }

    private static let otherUID = "99112233445566778899aabbccddeeff00112233"

    private func mail(
        _ csv: String, type: String = "text/csv", name: String? = "guests.csv", from: String = "Ann <ann@acme.example>",
        subject: String = "Guests for \(Samples.uid)", body: String = "See attachment."
    ) -> [UInt8] {
        let disposition = name.map { "attachment; filename=\"\($0)\"" } ?? "attachment"
        return Array(
            """
            From: \(from)
            To: bulk@calendar.example.com
            Subject: \(subject)
            Message-ID: <list-1@acme.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            \(body)
            --b
            Content-Type: \(type)
            Content-Disposition: \(disposition)
            Content-Transfer-Encoding: 8bit

            \(csv)
            --b--

            """.replacing("\n", with: "\r\n").utf8)
    }

    private func refusal(_ world: World) async throws -> String? {
        guard case .refused(let code) = try await world.receive() else { return nil }
        #expect(world.state.withLock(\.campaigns).isEmpty)
        #expect(world.state.withLock { $0.notices.map(\.id) } == ["list.mail-9"])
        return code
    }

    @Test("becomes one campaign, and every row gets its answer")
    func accepted() async throws {
        let world = try World(
            mail("email,name\nbob@example.com,Bob\nbad,Bad\nBOB@example.com,Again\ncyd@example.com,\n"))
        #expect(try await world.receive() == .taken(accepted: 2, rejected: 2))
        let campaign = try #require(world.state.withLock { $0.campaigns.values.first })
        #expect(world.state.withLock { $0.imports } == [ImportJob(campaign: campaign.id)])
        #expect(campaign.event.description == Samples.uid)
        #expect(campaign.origin == .bulk)
        #expect(campaign.consent?.contains("by mail") == true)
        let list = try #require(world.state.withLock { $0.lists["mail/\(campaign.id).jsonl"] })
        #expect(
            String(decoding: list, as: UTF8.self)
                == "{\"email\":\"bob@example.com\",\"name\":\"Bob\"}\n{\"email\":\"cyd@example.com\"}\n")
        #expect(
            world.reportLines == [
                "file,line,email,result,reason,event",
                "guests.csv,2,bob@example.com,accepted,,\(Samples.uid)",
                "guests.csv,3,,rejected,the @ is missing,",
                "guests.csv,4,BOB@example.com,rejected,the same address as in line 2 of guests.csv,",
                "guests.csv,5,cyd@example.com,accepted,,\(Samples.uid)",
            ])
        #expect(world.receipt?.accepted == 2)
        #expect(world.receipt?.campaigns.map(\.recipients) == [2])
    }

    @Test("incumbent 9: invites no more people than its event may have; those invited before are none of them")
    func limit() async throws {
        let world = try World(
            mail("email\nbob@example.com\nknown@example.com\ncyd@example.com\ndan@example.com\n"))
        let ann = try Samples.address("ann@acme.example")
        world.state.withLock {
            $0.organizers[ann]?.inviteLimit = 5
            $0.reserved = 4
        }
        #expect(try await world.receive() == .taken(accepted: 2, rejected: 2))
        #expect(world.receipt?.campaigns.map(\.recipients) == [2])
        let reason = "you may invite 5 people to one event: ask the owner of this domain for more"
        #expect(
            world.reportLines.suffix(2) == [
                "guests.csv,4,cyd@example.com,rejected,\(reason),", "guests.csv,5,dan@example.com,rejected,\(reason),",
            ])
    }

    @Test("names its event by the address, the subject, the text or a column, in this order")
    func naming() async throws {
        let csv = "email\nbob@example.com\n"
        let byAddress = try World(mail(csv, subject: "Guests \(Self.otherUID)"))
        let outcome = try await byAddress.receive(recipients: ["bulk+\(Samples.uid)@calendar.example.com"])
        #expect(outcome == .taken(accepted: 1, rejected: 0))
        let byText = try World(mail(csv, subject: "Guests", body: "For event \(Samples.uid), please."))
        #expect(try await byText.receive() == .taken(accepted: 1, rejected: 0))
        let byColumn = try World(mail("uid,email\n\(Samples.uid.uppercased()),bob@example.com\n", subject: "Guests"))
        #expect(try await byColumn.receive() == .taken(accepted: 1, rejected: 0))
        let unnamed = try World(mail(csv, subject: "Guests"))
        #expect(try await unnamed.receive() == .taken(accepted: 0, rejected: 1))
        #expect(unnamed.reportLines[1].contains("no event UID: add a column uid"))
    }

    @Test("ends in the same campaigns and one answer whichever call fails")
    func crashes() async throws {
        let bytes = mail("email\nbob@example.com\ncyd@example.com\n")
        let undisturbed = try World(bytes)
        _ = try await undisturbed.receive()
        for call in 0..<undisturbed.state.withLock(\.calls) {
            let world = try World(bytes)
            world.state.withLock { $0.failsAt = call }
            await #expect(throws: World.Crash.self) { try await world.receive() }
            _ = try await world.receive()
            #expect(world.state.withLock(\.campaigns) == undisturbed.state.withLock(\.campaigns))
            #expect(world.state.withLock(\.lists) == undisturbed.state.withLock(\.lists))
            #expect(Set(world.state.withLock { $0.notices.map(\.id) }) == ["list.mail-9"])
        }
    }

    @Test("incumbent 7: delivered again after its answer failed does not queue its rows twice")
    func repeated() async throws {
        let world = try World(mail("email\nbob@example.com\n"))
        _ = try await world.receive()
        world.state.withLock { state in for id in state.campaigns.keys { state.campaigns[id]?.status = .sending } }
        _ = try await world.receive()
        #expect(world.state.withLock { $0.campaigns.count } == 1)
        #expect(world.state.withLock { $0.imports.count } == 1)
        #expect(Set(world.state.withLock { $0.notices.map(\.id) }).count == 1, "notices of one id are mailed once")
    }

    @Test("incumbent 8: ordinary guests are invited, those who blocked the organizer are not")
    func blocked() async throws {
        let world = try World(mail("email\n" + (0..<20).map { "p\($0)@example.com\n" }.joined()))
        let blocking = Person(isUnsubscribed: false, isSuppressed: false, blockedOrganizers: ["ann@acme.example"])
        let elsewhere = Person(isUnsubscribed: false, isSuppressed: false, blockedOrganizers: ["eve@acme.example"])
        let persons = Dictionary(
            uniqueKeysWithValues: try (0..<20).map {
                (try Samples.address("p\($0)@example.com"), $0 < 10 ? blocking : elsewhere)
            })
        world.state.withLock { $0.persons = persons }
        #expect(try await world.receive() == .taken(accepted: 10, rejected: 10))
        #expect(world.reportLines[1].contains("unsubscribed, blocked you"))
        #expect(world.reportLines[11].contains("accepted"))
    }

    @Test("incumbent 10: quotes hold together what they enclose, and a row without a uid costs only itself")
    func quotes() async throws {
        let world = try World(
            mail(
                "uid,email,name\n\(Samples.uid),\"bob@example.com\",\"Doe, Bob\"\n,cyd@example.com,Cyd\nnone,dan@example.com,Dan\n",
                subject: "Guests"))
        #expect(try await world.receive() == .taken(accepted: 1, rejected: 2))
        #expect(
            world.state.withLock { $0.lists.values.first.map { String(decoding: $0, as: UTF8.self) } }?.contains(
                "Doe, Bob") == true)
    }

    @Test(
        "incumbent 11: is a list under whatever type mail programs give it",
        arguments: [
            ("application/vnd.ms-excel", "guests.csv"), ("application/octet-stream", "GUESTS.CSV"),
            ("text/plain", "guests.txt"), ("text/comma-separated-values", nil), ("application/csv", "guests"),
        ])
    func types(type: String, name: String?) async throws {
        let world = try World(mail("email\nbob@example.com\n", type: type, name: name))
        #expect(try await world.receive() == .taken(accepted: 1, rejected: 0))
    }

    @Test("incumbent 12: from a sender written with capitals is taken like any other")
    func capitals() async throws {
        let world = try World(mail("email\nbob@example.com\n", from: "Ann <Ann@Acme.Example>"))
        #expect(try await world.receive() == .taken(accepted: 1, rejected: 0))
    }

    @Test("incumbent 13: for somebody else's event is rejected, row by row, and nothing is sent")
    func foreign() async throws {
        let world = try World(
            mail("uid,email\n\(Samples.uid),bob@example.com\n\(Self.otherUID),cyd@example.com\n", subject: "Guests"))
        let eve = try Samples.address("eve@acme.example")
        world.state.withLock { state in
            for uid in state.events.keys { state.events[uid]?.organizer = eve }
        }
        #expect(try await world.receive() == .taken(accepted: 0, rejected: 2))
        #expect(world.state.withLock(\.campaigns).isEmpty)
        #expect(world.reportLines.dropFirst().allSatisfy { $0.hasSuffix("rejected,you have no event of that UID,") })
    }

    @Test("for a cancelled event is rejected")
    func cancelled() async throws {
        let world = try World(mail("email\nbob@example.com\n"))
        let event = try Samples.event(status: .cancelled)
        world.state.withLock { $0.events[event.uid] = event }
        #expect(try await world.receive() == .taken(accepted: 0, rejected: 1))
        #expect(world.reportLines[1].contains("the event was cancelled"))
    }

    @Test("is refused with a reason when the sender may not, or there is nothing to read")
    func refusals() async throws {
        let csv = mail("email\nbob@example.com\n")
        let ann = try Samples.address("ann@acme.example")
        let stranger = try World(csv)
        stranger.state.withLock { $0.organizers = [:] }
        #expect(try await refusal(stranger) == "lists-not-allowed")
        let suspended = try World(csv)
        suspended.state.withLock { $0.organizers[ann] = Organizer(address: ann, isSuspended: true, mayBulk: true) }
        #expect(try await refusal(suspended) == "organizer-suspended")
        #expect(
            try await refusal(World(Array("From: ann@acme.example\r\nSubject: x\r\n\r\nNo list.\r\n".utf8)))
                == "no-list")
        #expect(try await refusal(World(mail("email\n"))) == "empty-list")
        let long = "email\n" + (0..<50_001).map { "p\($0)@example.com\n" }.joined()
        #expect(try await refusal(World(mail(long))) == "list-too-long")
    }

    @Test("from an unproven sender, or from a program, gets no answer")
    func ignored() async throws {
        let forged = try World(mail("email\nbob@example.com\n"))
        let failed = SenderAuthentication.Verdicts(spam: "PASS", virus: "PASS", dmarc: "FAIL")
        #expect(try await forged.receive(verdicts: failed) == .ignored(reason: "sender not authenticated"))
        let automatic = try World(Array("Auto-Submitted: auto-replied\r\n".utf8) + mail("email\nbob@example.com\n"))
        #expect(try await automatic.receive() == .ignored(reason: "automatic mail"))
        #expect(forged.state.withLock { $0.notices.isEmpty })
        #expect(automatic.state.withLock { $0.notices.isEmpty })
    }

    @Test("that is a spreadsheet is answered with how to save it")
    func spreadsheet() async throws {
        let world = try World(
            mail(
                "PK\u{3}\u{4}rest", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                name: "g.xlsx"))
        #expect(try await world.receive() == .taken(accepted: 0, rejected: 1))
        #expect(world.reportLines[1].contains("save the sheet as CSV"))
    }

    @Test("gets a report that no spreadsheet calculates from")
    func formulas() async throws {
        let world = try World(
            mail("email,name\n=cmd@example.com,x\n+1@example.com,x\n", name: "=evil.csv"))
        _ = try await world.receive()
        for line in world.reportLines.dropFirst() {
            #expect(line.hasPrefix("'=evil.csv,"))
            #expect(line.split(separator: ",").allSatisfy { !"=+-@".contains($0.first ?? "x") }, "\(line)")
        }
    }
}
