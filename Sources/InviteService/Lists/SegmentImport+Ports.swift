import Audience
import MailMessage

extension SegmentImport {
    package struct Ports: Sendable {
        package var readCampaign: @Sendable (_ id: String) async throws -> Campaign?
        package var readEvent: @Sendable (EventUID) async throws -> Event?
        package var listParts: @Sendable (ListSource) async throws -> [Part]
        /// Throws `PartChanged` when the object is no longer the one that was listed.
        package var openPart: @Sendable (_ bucket: String, Part, _ offset: Int) async throws -> PartReader
        package var readState: @Sendable (_ campaign: String, _ name: String) async throws -> [UInt8]
        package var writeState: @Sendable (_ campaign: String, _ name: String, [UInt8]) async throws -> Void
        package var readRun: @Sendable (_ campaign: String, _ name: String, Range<Int>) async throws -> [UInt8]
        package var writeRun: @Sendable (_ campaign: String, _ name: String, [UInt8]) async throws -> Void
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        package var readPersons: @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person]
        /// People counted against the event's limit so far.
        package var readReserved: @Sendable (EventUID) async throws -> Int
        /// Which of a chunk's people were invited before, and count no more.
        package var readInvited: @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>
        package var reserve: @Sendable (Reservation) async throws -> Reservation.Outcome
        /// Stores a chunk unless it is there; returns what is there.
        package var storeChunk: @Sendable (_ campaign: String, _ number: Int, [Recipient]) async throws -> [Recipient]
        package var enqueue: @Sendable ([SendJob]) async throws -> Void
        /// Writes what the import knows of the campaign, as long as it is still being imported and its checkpoint is the
        /// given one; says whether it did.
        package var advance: @Sendable (Campaign, _ from: String?) async throws -> Bool
        /// The owner's list of domains whose mailboxes are thrown away; nil when there is none.
        package var readDisposableDomains: @Sendable () async throws -> [UInt8]?
        /// Has another invocation go on.
        package var goOn: @Sendable (ImportJob, _ delay: Duration) async throws -> Void
        package var notify: @Sendable (Notice) async throws -> Void

        package init(
            readCampaign: @escaping @Sendable (_ id: String) async throws -> Campaign?,
            readEvent: @escaping @Sendable (EventUID) async throws -> Event?,
            listParts: @escaping @Sendable (ListSource) async throws -> [Part],
            openPart: @escaping @Sendable (_ bucket: String, Part, _ offset: Int) async throws -> PartReader,
            readState: @escaping @Sendable (_ campaign: String, _ name: String) async throws -> [UInt8],
            writeState: @escaping @Sendable (_ campaign: String, _ name: String, [UInt8]) async throws -> Void,
            readRun: @escaping @Sendable (_ campaign: String, _ name: String, Range<Int>) async throws -> [UInt8],
            writeRun: @escaping @Sendable (_ campaign: String, _ name: String, [UInt8]) async throws -> Void,
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            readPersons: @escaping @Sendable ([EmailAddress]) async throws -> [EmailAddress: Person],
            readReserved: @escaping @Sendable (EventUID) async throws -> Int,
            readInvited: @escaping @Sendable (EventUID, [EmailAddress]) async throws -> Set<EmailAddress>,
            reserve: @escaping @Sendable (Reservation) async throws -> Reservation.Outcome,
            storeChunk:
                @escaping @Sendable (_ campaign: String, _ number: Int, [Recipient]) async throws -> [Recipient],
            enqueue: @escaping @Sendable ([SendJob]) async throws -> Void,
            advance: @escaping @Sendable (Campaign, _ from: String?) async throws -> Bool,
            readDisposableDomains: @escaping @Sendable () async throws -> [UInt8]?,
            goOn: @escaping @Sendable (ImportJob, _ delay: Duration) async throws -> Void,
            notify: @escaping @Sendable (Notice) async throws -> Void
        ) {
            self.readCampaign = readCampaign
            self.readEvent = readEvent
            self.listParts = listParts
            self.openPart = openPart
            self.readState = readState
            self.writeState = writeState
            self.readRun = readRun
            self.writeRun = writeRun
            self.readOrganizer = readOrganizer
            self.readPersons = readPersons
            self.readReserved = readReserved
            self.readInvited = readInvited
            self.reserve = reserve
            self.storeChunk = storeChunk
            self.enqueue = enqueue
            self.advance = advance
            self.readDisposableDomains = readDisposableDomains
            self.goOn = goOn
            self.notify = notify
        }
    }

    /// One object of the list.
    package struct Part: Sendable, Equatable {
        package var key: String
        /// Bytes.
        package var size: Int
        package var etag: String

        package init(key: String, size: Int, etag: String = "") {
            self.key = key
            self.size = size
            self.etag = etag
        }
    }

    /// Gives an object's bytes piece by piece; nil after the last.
    package struct PartReader: Sendable {
        package var nextPiece: @Sendable () async throws -> [UInt8]?

        package init(nextPiece: @escaping @Sendable () async throws -> [UInt8]?) { self.nextPiece = nextPiece }
    }

    /// An object of the list was replaced or removed while it was read.
    package struct PartChanged: Error, Sendable, Equatable {
        package let key: String

        package init(key: String) { self.key = key }
    }
}
