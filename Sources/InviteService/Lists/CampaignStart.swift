import Audience
import JSON
import MailMessage
import SigV4

/// Starts campaigns through the API: with a list that lies in S3, or one given with the request.
package struct CampaignStart: Sendable {
    package struct Ports: Sendable {
        package var readOrganizer: @Sendable (EmailAddress) async throws -> Organizer?
        /// Stores a list of the organizer's under a name; returns where.
        package var writeList: @Sendable (EmailAddress, _ name: String, [UInt8]) async throws -> ListSource
        /// Where a list of the organizer's of that name can be uploaded for some time.
        package var uploadTarget: @Sendable (EmailAddress, _ name: String, _ seconds: Int) -> UploadTarget
        /// Makes the campaign unless there is one of its id; returns what is there.
        package var createCampaign: @Sendable (Campaign) async throws -> Campaign
        package var enqueueImport: @Sendable (ImportJob) async throws -> Void
        /// Epoch seconds.
        package var now: @Sendable () -> Int64

        package init(
            readOrganizer: @escaping @Sendable (EmailAddress) async throws -> Organizer?,
            writeList: @escaping @Sendable (EmailAddress, _ name: String, [UInt8]) async throws -> ListSource,
            uploadTarget: @escaping @Sendable (EmailAddress, _ name: String, _ seconds: Int) -> UploadTarget,
            createCampaign: @escaping @Sendable (Campaign) async throws -> Campaign,
            enqueueImport: @escaping @Sendable (ImportJob) async throws -> Void,
            now: @escaping @Sendable () -> Int64
        ) {
            self.readOrganizer = readOrganizer
            self.writeList = writeList
            self.uploadTarget = uploadTarget
            self.createCampaign = createCampaign
            self.enqueueImport = enqueueImport
            self.now = now
        }
    }

    package struct UploadTarget: Sendable, Equatable {
        /// Takes one PUT with the file as its body.
        package var url: String
        package var source: ListSource

        package init(url: String, source: ListSource) {
            self.url = url
            self.source = source
        }
    }

    package enum List: Sendable, Equatable {
        /// `s3://bucket/prefix`.
        case stored(url: String)
        /// A segment of Amazon Pinpoint; nil is the application that the server is set up for.
        case segment(application: String?, id: String, version: Int?)
        /// As they were given: what is no address is counted by the import like a row of any list.
        case given([Entry])
    }

    package struct Entry: Sendable, Equatable {
        package var email: String
        package var name: String?

        package init(email: String, name: String? = nil) {
            self.email = email
            self.name = name
        }
    }

    package struct Request: Sendable, Equatable {
        package var list: List
        package var origin: Origin
        package var options: ListOptions
        package var isDryRun: Bool
        package var consent: String?
        /// The same key for the same event always means the same campaign.
        package var idempotencyKey: String?

        package init(
            list: List, origin: Origin = .vip, options: ListOptions = ListOptions(), isDryRun: Bool = false,
            consent: String? = nil, idempotencyKey: String? = nil
        ) {
            self.list = list
            self.origin = origin
            self.options = options
            self.isDryRun = isDryRun
            self.consent = consent
            self.idempotencyKey = idempotencyKey
        }
    }

    package enum Failure: Error, Sendable, Equatable {
        case cancelled
        /// The organizer is.
        case suspended
        case unusableSource(reason: String)
        /// No Pinpoint application is set up.
        case noPinpoint
        /// Segments are the owner's.
        case segmentsForOwnerOnly
        /// The idempotency key was used for another request.
        case otherRequest(campaign: String)
    }

    /// Addresses one request may carry.
    package static let givenLimit = 10_000
    private static let uploadSeconds = 3600

    private let ports: Ports
    /// The bucket lists are read from.
    private let bucket: String
    /// The application whose segments may be exported; nil for none.
    private let pinpointApplication: String?

    package init(ports: Ports, bucket: String, pinpointApplication: String? = nil) {
        self.ports = ports
        self.bucket = bucket
        self.pinpointApplication = pinpointApplication
    }

    /// - Parameters:
    ///   - event: one that the key allows.
    ///   - scope: of the key.
    package func start(_ request: Request, for event: Event, _ scope: APIKey.Scope) async throws -> Campaign {
        guard event.status != .cancelled else { throw Failure.cancelled }
        let id =
            request.idempotencyKey.map { Campaign.id(derivedFrom: ["api", event.uid.description, $0]) }
            ?? Campaign.newID()
        var (storedList, segment): (ListSource?, PinpointSegment?)
        switch request.list {
        case .stored(let url): storedList = try listSource(url, for: event, scope)
        case .segment(let application, let id, let version):
            segment = try pinpointSegment(application, id, version, scope)
        case .given: break
        }
        guard try await ports.readOrganizer(event.organizer)?.isSuspended != true else { throw Failure.suspended }
        let source: ListSource
        switch request.list {
        case .stored(let url): source = try storedList ?? listSource(url, for: event, scope)
        case .segment:
            source = ListSource(bucket: bucket, prefix: "lists/\(event.organizer.normalized)/pinpoint/\(id)/")
        case .given(let entries):
            let list = Self.rows(entries)
            // Named after what is in it as well, so that another list under the same key is another source.
            source = try await ports.writeList(
                event.organizer, "given/\(id)-\(SHA256.hex(list).prefix(16)).jsonl", list)
        }
        let campaign = Campaign(
            id: id, event: event.uid, organizer: event.organizer, domain: event.domain, origin: request.origin,
            source: source, status: .importing, created: ports.now(), options: request.options,
            isDryRun: request.isDryRun, consent: request.consent, segment: segment)
        let stored = try await ports.createCampaign(campaign)
        guard stored.isSameRequest(as: campaign) else { throw Failure.otherRequest(campaign: id) }
        // The first request may have ended before this; an import that is over is not done again.
        if stored.status == .importing { try await ports.enqueueImport(ImportJob(campaign: id)) }
        return stored
    }

    /// Where the event's organizer can upload a list, and how many seconds that is good for.
    package func uploadTarget(
        named name: String, for event: Event
    ) throws(Failure) -> (target: UploadTarget, seconds: Int) {
        guard event.status != .cancelled else { throw .cancelled }
        let kept = name.utf8.map { byte -> UInt8 in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): byte
            default: UInt8(ascii: "_")
            }
        }
        let file = kept.isEmpty ? "list" : String(decoding: kept.suffix(100), as: UTF8.self)
        let target = ports.uploadTarget(
            event.organizer, "uploads/\(Campaign.newID())/\(file)", Self.uploadSeconds)
        return (target, Self.uploadSeconds)
    }

    private static func rows(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            var row: JSONObject = ["email": .string(entry.email)]
            row["name"] = entry.name.map { .string($0) }
            JSON.object(row).append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private func pinpointSegment(
        _ application: String?, _ id: String, _ version: Int?, _ scope: APIKey.Scope
    ) throws(Failure) -> PinpointSegment {
        guard scope == .owner else { throw .segmentsForOwnerOnly }
        guard let allowed = pinpointApplication else { throw .noPinpoint }
        guard application == nil || application == allowed else {
            throw .unusableSource(reason: "The server may export segments of the application \(allowed) only.")
        }
        return PinpointSegment(application: allowed, id: id, version: version)
    }

    /// Lists lie under `lists/<organizer>/`, so that an organizer's key reaches that organizer's lists alone; the
    /// domain owner may use any list.
    private func listSource(_ url: String, for event: Event, _ scope: APIKey.Scope) throws(Failure) -> ListSource {
        guard let source = ListSource(url: url) else {
            throw .unusableSource(reason: "\"source\" must have the form s3://\(bucket)/lists/…")
        }
        guard source.bucket == bucket else {
            throw .unusableSource(reason: "Lists are read from the bucket \(bucket) only: copy the export there.")
        }
        let allowed = scope == .owner ? "lists/" : "lists/\(event.organizer.normalized)/"
        guard source.prefix.hasPrefix(allowed) else {
            throw .unusableSource(reason: "The list must lie under s3://\(bucket)/\(allowed)")
        }
        return source
    }
}

extension Campaign {
    /// Whether both were asked for in the same words.
    fileprivate func isSameRequest(as other: Campaign) -> Bool {
        event == other.event && source == other.source && segment == other.segment && origin == other.origin
            && options == other.options
            && isDryRun == other.isDryRun && consent == other.consent
    }
}
