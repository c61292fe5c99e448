import AWSClients
import HTTPTransport
import Testing

@Suite("S3")
struct S3Tests {
    private let whole = Array("0123456789".utf8)

    private func piece(_ range: Range<Int>, etag: String = "\"v1\"") -> FakeAWS.Answer {
        .response(
            HTTPResponse(
                status: 206,
                headers: [
                    HTTPHeader("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/10"),
                    HTTPHeader("ETag", etag),
                ], body: Array(whole[range])))
    }

    @Test("an object is read whole up to the size given")
    func getObject() async throws {
        let fake = FakeAWS([
            .response(
                HTTPResponse(
                    status: 206,
                    headers: [HTTPHeader("Content-Type", "text/plain"), HTTPHeader("ETag", "\"v1\"")], body: whole)),
            piece(0..<10), .text("<Error><Code>InvalidRange</Code></Error>", status: 416),
        ])
        let s3 = try fake.clients().s3
        let object = try await s3.getObject(bucket: "b", key: "lists/Mü//../a+b.csv", maximumSize: 10)
        #expect(object.body == whole)
        #expect(object.contentType == "text/plain")
        #expect(object.etag == "\"v1\"")
        let error = await awsError { () throws(AWSError) in
            _ = try await s3.getObject(bucket: "b", key: "a", maximumSize: 9)
        }
        #expect(error?.code == "EntityTooLarge")
        #expect(error?.kind == .client)
        #expect(try await s3.getObject(bucket: "b", key: "empty", maximumSize: 9).body == [])
        #expect(
            fake.requests.map(\.url) == [
                "https://b.s3.eu-west-1.amazonaws.com/lists/M%C3%BC//../a%2Bb.csv",
                "https://b.s3.eu-west-1.amazonaws.com/a", "https://b.s3.eu-west-1.amazonaws.com/empty",
            ])
        #expect(fake.requests.map { $0.header("Range") } == ["bytes=0-10", "bytes=0-9", "bytes=0-9"])
        #expect(
            fake.requests[0].header("x-amz-content-sha256")
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("an object is read in pieces, all of the same version")
    func pieces() async throws {
        let fake = FakeAWS([piece(0..<4), piece(4..<8), piece(8..<10)])
        var reader = try fake.clients().s3.reader(bucket: "b", key: "k", pieceSize: 4)
        var read: [[UInt8]] = []
        while let next = try await reader.nextPiece() { read.append(next) }
        #expect(read == [Array(whole[0..<4]), Array(whole[4..<8]), Array(whole[8..<10])])
        #expect(reader.offset == 10)
        #expect(reader.size == 10)
        #expect(fake.requests.map { $0.header("Range") } == ["bytes=0-3", "bytes=4-7", "bytes=8-11"])
        #expect(fake.requests.map { $0.header("If-Match") } == [nil, "\"v1\"", "\"v1\""])
    }

    @Test("a reader goes on where another stopped")
    func resumed() async throws {
        let fake = FakeAWS([piece(8..<10)])
        var reader = try fake.clients().s3.reader(bucket: "b", key: "k", pieceSize: 4, offset: 8, etag: "\"v1\"")
        #expect(try await reader.nextPiece() == Array(whole[8..<10]))
        #expect(try await reader.nextPiece() == nil)
        #expect(fake.requests.map { $0.header("If-Match") } == ["\"v1\""])
    }

    @Test("an object replaced while it is read is an error")
    func replaced() async throws {
        let fake = FakeAWS([piece(0..<4), .text("<Error><Code>PreconditionFailed</Code></Error>", status: 412)])
        var reader = try fake.clients().s3.reader(bucket: "b", key: "k", pieceSize: 4)
        _ = try await reader.nextPiece()
        do throws(AWSError) {
            _ = try await reader.nextPiece()
            Issue.record("the second piece came")
        } catch {
            #expect(error.kind == .conditionFailed(item: nil))
        }
        #expect(reader.offset == 4)
    }

    @Test("a reader of an empty object, or one at its end, has nothing to read")
    func nothing() async throws {
        for offset in [0, 10] {
            let fake = FakeAWS([.text("<Error><Code>InvalidRange</Code></Error>", status: 416)])
            var reader = try fake.clients().s3.reader(bucket: "b", key: "k", offset: offset)
            #expect(try await reader.nextPiece() == nil)
        }
    }

    @Test("a server that ignores ranges is understood, one that answers with a range it does not name is not")
    func rangeIgnored() async throws {
        var reader = try FakeAWS([.text("0123456789")]).clients().s3.reader(
            bucket: "b", key: "k", pieceSize: 4, offset: 3)
        #expect(try await reader.nextPiece() == Array(whole[3...]))
        #expect(try await reader.nextPiece() == nil)
        var nameless = try FakeAWS([.text("0123", status: 206)]).clients().s3.reader(
            bucket: "b", key: "k", pieceSize: 4)
        await #expect(throws: AWSError.self) { try await nameless.nextPiece() }
    }

    @Test("an object is stored, only where there is none if so wished")
    func putObject() async throws {
        let fake = FakeAWS([
            .text("", headers: [HTTPHeader("ETag", "\"v2\"")]), .text("", status: 412),
            .text("<Error><Code>ConditionalRequestConflict</Code></Error>", status: 409), .text(""),
        ])
        let s3 = try fake.clients().s3
        let etag = try await s3.putObject(bucket: "b", key: "k", body: Array("hi".utf8), contentType: "text/plain")
        #expect(etag == "\"v2\"")
        let error = await awsError { () throws(AWSError) in
            try await s3.putObject(bucket: "b", key: "k", body: [], onlyIfAbsent: true)
        }
        #expect(error?.kind == .conditionFailed(item: nil))
        try await s3.putObject(bucket: "b", key: "k", body: [], onlyIfAbsent: true)
        #expect(fake.requests.map(\.method) == ["PUT", "PUT", "PUT", "PUT"])
        #expect(fake.requests.map { $0.header("Content-Type") } == ["text/plain", nil, nil, nil])
        #expect(fake.requests.map { $0.header("If-None-Match") } == [nil, "*", "*", "*"])
        #expect(fake.requests[0].body == Array("hi".utf8))
        #expect(
            fake.requests[0].header("x-amz-content-sha256")
                == "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4")
    }

    @Test("a bucket is listed page by page")
    func listObjects() async throws {
        let fake = FakeAWS([
            .text(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- as S3 writes it -->
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>in/</Prefix>
                <IsTruncated>true</IsTruncated><NextContinuationToken>1/+==</NextContinuationToken>
                <Contents><Key>in/a&amp;b &#x1F4C5;.csv</Key><LastModified>2026-11-22T20:00:00.000Z</LastModified>
                <ETag>&quot;v1&quot;</ETag><Size>12</Size><Owner><ID>o</ID></Owner></Contents>
                <Contents><Key><![CDATA[in/<c>]]></Key><ETag>"v2"</ETag><Size>0</Size><Empty/></Contents>
                </ListBucketResult>
                """),
            .text("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"),
        ])
        let s3 = try fake.clients().s3
        let first = try await s3.listObjects(bucket: "b", prefix: "in/", startAfter: "in/A", maximumKeys: 2)
        #expect(
            first.objects == [
                S3.ListedObject(
                    key: "in/a&b 📅.csv", size: 12, etag: "\"v1\"", lastModified: "2026-11-22T20:00:00.000Z"),
                S3.ListedObject(key: "in/<c>", size: 0, etag: "\"v2\"", lastModified: ""),
            ])
        #expect(first.continuationToken == "1/+==")
        let second = try await s3.listObjects(bucket: "b", continuationToken: first.continuationToken)
        #expect(second == S3.ListPage(objects: [], continuationToken: nil))
        #expect(
            fake.requests.map(\.url) == [
                "https://b.s3.eu-west-1.amazonaws.com/?list-type=2&max-keys=2&prefix=in%2F&start-after=in%2FA",
                "https://b.s3.eu-west-1.amazonaws.com/?list-type=2&max-keys=1000&continuation-token=1%2F%2B%3D%3D",
            ])
    }

    @Test(
        "a listing that is none is an error, not an empty bucket",
        arguments: [
            "", "<ListBucketResult>", "<ListBucketResult></Other>", "<Other/>", "{}", "<ListBucketResult>&nope;",
            String(repeating: "<a>", count: 100_000),
        ])
    func noListing(body: String) async throws {
        let s3 = try FakeAWS([.text(body)]).clients().s3
        let error = await awsError { () throws(AWSError) in _ = try await s3.listObjects(bucket: "b") }
        #expect(error?.code == "MalformedResponse")
    }
}
