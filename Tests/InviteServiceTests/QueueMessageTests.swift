import Audience
import InviteService
import JSON
import MailMessage
import Testing

@Suite("Queue messages and stored texts")
struct QueueMessageTests {
    @Test("of the send queue are read back")
    func sendJob() throws {
        let uid = try #require(EventUID(Samples.uid))
        var full = SendJob(event: uid, campaign: "c1", chunk: 7, remaining: [0, 5, 99], failures: 3)
        full.throttles = 4
        full.skipped.alreadyInvited = 1
        full.skipped.refused = 2
        full.skipped.cancelled = 3
        for job in [
            full, SendJob(event: uid, campaign: "c1", chunk: 0),
            SendJob(event: uid, campaign: "c", chunk: 1, remaining: []),
            SendJob(
                event: uid,
                work: .recipients(
                    [
                        Recipient(address: try Samples.address("Bob@example.com"), name: "Bob \"B\""),
                        Recipient(address: try Samples.address("eve@example.com")),
                    ], origin: .webForm), remaining: [1], failures: 2),
            SendJob(event: uid, work: .attendees([Recipient(address: try Samples.address("Bob@example.com"))])),
        ] {
            #expect(try SendJob(json: try JSON(parsing: job.json.text)) == job)
        }
        let largest = SendJob(event: uid, campaign: "c1", chunk: 1_000_000, remaining: Array(0..<100), failures: 19)
        #expect(largest.json.text.utf8.count < 1000)
    }

    @Test("of the import queue are read back")
    func importJob() throws {
        for job in [ImportJob(campaign: "c1"), ImportJob(campaign: "c1", requeuedFrom: 500)] {
            #expect(try ImportJob(json: try JSON(parsing: job.json.text)) == job)
        }
        #expect(throws: MessageError.self) { try ImportJob(json: ["campaign": "c1", "requeue": -1]) }
    }

    @Test("of the notice queue are read back")
    func notice() throws {
        let uid = try #require(EventUID(Samples.uid))
        let ann = try Samples.address("ann@acme.example")
        let notices = [
            Notice(
                kind: .created(uid, invited: true), organizer: ann, message: "m", subject: "S \"x\"\n",
                inReplyTo: "<a@b>"),
            Notice(
                kind: .unprovenChange(uid, day: 20_779), organizer: ann, message: "m", subject: nil, inReplyTo: nil),
            Notice(
                kind: .limitReached(uid, limit: 7), organizer: ann, message: "m", subject: nil, inReplyTo: nil),
            Notice(kind: .accepted(uid), organizer: ann, message: "m", subject: nil, inReplyTo: nil),
            Notice(kind: .created(uid, invited: false), organizer: ann, message: "m", subject: nil, inReplyTo: nil),
            Notice(
                kind: .refused(RefusalReason(code: "c", explanation: "é")), organizer: ann, message: "m2",
                subject: nil, inReplyTo: nil),
        ]
        for notice in notices { #expect(try Notice(json: try JSON(parsing: notice.json.text)) == notice) }
        #expect(Set(notices.map(\.id)).count == 5)
    }

    @Test(
        "of any other form are refused by naming their fields alone",
        arguments: [
            "{}", "[]", "null", #""text""#, #"{"campaign":5}"#, #"{"event":"x","campaign":"c","chunk":0}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","campaign":"c","chunk":-1}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","campaign":"c"}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","recipients":[],"origin":"api"}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","recipients":[["x",null]],"origin":"api"}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","recipients":[["a@b.example",null]]}"#,
            #"{"event":"00112233445566778899aabbccddeeff00112233","recipients":[["a@b.example",null]],"origin":"A B"}"#,
            #"{"organizer":"secret@example.com","message":"m"}"#,
            #"{"organizer":"nobody","message":"m","created":"x"}"#,
        ])
    func badForms(text: String) throws {
        let body = try JSON(parsing: text)
        func error(_ read: () throws(MessageError) -> Void) -> MessageError? {
            do throws(MessageError) {
                try read()
                return nil
            } catch {
                return error
            }
        }
        let errors = [
            error { () throws(MessageError) in _ = try SendJob(json: body) },
            error { () throws(MessageError) in _ = try ImportJob(json: body) },
            error { () throws(MessageError) in _ = try Notice(json: body) },
        ]
        #expect(errors[0] != nil)
        #expect(errors[2] != nil)
        #expect((errors[1] == nil) == (body["campaign"]?.string != nil))
        for error in errors.compactMap(\.self) { #expect(!error.description.contains("secret")) }
    }

    @Test("of a chunk keep every recipient's place")
    func chunk() throws {
        let recipients = [
            Recipient(address: try Samples.address("Ann@Example.com"), name: "Ann \"A\" Lee"),
            Recipient(address: try Samples.address("\"odd local\"@example.com")),
            Recipient(address: try Samples.address("info@xn--bcher-kva.example"), name: "Bücher\n"),
        ]
        let read = try RecipientChunk.decode(RecipientChunk.encode(recipients))
        #expect(read == recipients)
        #expect(read.map(\.address.description) == recipients.map(\.address.description), "letter case is kept")
        #expect(throws: (any Error).self) { try RecipientChunk.decode(Array("nothing".utf8)) }
        #expect(throws: (any Error).self) { try RecipientChunk.decode(Array(#"[["bad",null]]"#.utf8)) }
    }

    @Test("of a cursor are opaque, and only this server's are read")
    func cursor() throws {
        let cursors = [
            AttendeeCursor.start, AttendeeCursor(shard: 15, after: "é b@example.com"),
            AttendeeCursor(shard: 3, after: "zoe@example.com"),
        ]
        for cursor in cursors {
            #expect(AttendeeCursor(cursor.text) == cursor)
            #expect(cursor.text.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x32 && $0 <= 0x37 })
        }
        for text in ["", "a", "0", "1 ann@example.com", "mzxw6ytb", AttendeeCursor(shard: 16, after: nil).text, "é"] {
            #expect(AttendeeCursor(text) == nil, "\(text)")
        }
    }

    @Test("of a list's place in S3 are read")
    func listSource() throws {
        #expect(ListSource(url: "s3://data/lists/a/") == ListSource(bucket: "data", prefix: "lists/a/"))
        #expect(ListSource(url: "s3://data/lists/a/")?.url == "s3://data/lists/a/")
        for url in ["", "s3://", "s3://data", "s3://data/", "s3:///lists", "https://data/lists", "S3://data/x"] {
            #expect(ListSource(url: url) == nil, "\(url)")
        }
    }
}
