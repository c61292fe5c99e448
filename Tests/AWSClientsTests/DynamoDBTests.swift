import AWSClients
import HTTPTransport
import JSON
import Testing

@Suite("DynamoDB")
struct DynamoDBTests {
    private let key: DynamoDB.Item = ["pk": "event#1", "sk": "event"]

    @Test("values of every type are written and read back")
    func values() throws {
        let all: DynamoDB.Item = [
            "s": "text", "n": .n("12345678901234567890123456789012345678"), "bool": true, "null": .null,
            "b": .b([0, 1, 2, 250, 251, 252, 253, 254, 255]), "l": .l(["a", 1, .l([])]), "m": .m(["x": .m([:])]),
            "ss": .ss(["a", "b"]), "ns": .ns(["1", "2.5"]),
        ]
        let wire = try JSON(
            parsing: """
                {"s":{"S":"text"},"n":{"N":"12345678901234567890123456789012345678"},"bool":{"BOOL":true},
                "null":{"NULL":true},"b":{"B":"AAEC+vv8/f7/"},"l":{"L":[{"S":"a"},{"N":"1"},{"L":[]}]},
                "m":{"M":{"x":{"M":{}}}},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2.5"]}}
                """)
        #expect(all.wire == wire)
        #expect(DynamoDB.Item(wire: wire) == all)
    }

    @Test("binary of every length is written and read back")
    func binary() {
        let cases: [([UInt8], String)] = [
            ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
        ]
        for (bytes, text) in cases {
            #expect(AttributeValue.b(bytes).wire == ["B": .string(text)])
            #expect(AttributeValue(wire: ["B": .string(text)]) == .b(bytes))
        }
        let long = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        #expect(AttributeValue(wire: AttributeValue.b(long).wire) == .b(long))
    }

    @Test(
        "what is no value is not read as one",
        arguments: [
            #"{"X":"1"}"#, #"{"S":1}"#, #"{"N":1}"#, #"{"S":"a","N":"1"}"#, "{}", "[]", #"{"L":[{"S":1}]}"#,
            #"{"SS":["a",1]}"#, #"{"B":"A"}"#, #"{"B":"A==="}"#, #"{"B":"Zm=v"}"#, #"{"M":{"a":"b"}}"#,
        ])
    func notAValue(text: String) throws {
        #expect(AttributeValue(wire: try JSON(parsing: text)) == nil)
    }

    @Test("an item is read, or is not there")
    func getItem() async throws {
        let fake = FakeAWS([.json(["Item": ["pk": ["S": "event#1"], "n": ["N": "7"]]]), .json([:])])
        let dynamoDB = try fake.clients().dynamoDB
        let found = try await dynamoDB.getItem(
            table: "main", key: key, consistent: true, projection: "pk, #n", names: ["#n": "n"])
        #expect(found == ["pk": "event#1", "n": 7])
        #expect(try await dynamoDB.getItem(table: "main", key: key) == nil)
        let bodies = try fake.bodies()
        #expect(
            bodies[0] == [
                "TableName": "main", "Key": ["pk": ["S": "event#1"], "sk": ["S": "event"]], "ConsistentRead": true,
                "ProjectionExpression": "pk, #n", "ExpressionAttributeNames": ["#n": "n"],
            ])
        #expect(bodies[1] == ["TableName": "main", "Key": ["pk": ["S": "event#1"], "sk": ["S": "event"]]])
        #expect(fake.requests[0].method == "POST")
        #expect(fake.requests[0].header("X-Amz-Target") == "DynamoDB_20120810.GetItem")
        #expect(fake.requests[0].header("Content-Type") == "application/x-amz-json-1.0")
        #expect(
            fake.requests[0].header("Authorization")?.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/eu-west-1/dynamodb/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=") == true)
    }

    @Test("an answer with an attribute of unknown type is an error, not an item without it")
    func unknownType() async throws {
        let dynamoDB = try FakeAWS([.json(["Item": ["a": ["Z": "1"]]])]).clients().dynamoDB
        let error = await awsError { () throws(AWSError) in _ = try await dynamoDB.getItem(table: "t", key: key) }
        #expect(error?.code == "MalformedResponse")
    }

    @Test("an item is put under a condition")
    func putItem() async throws {
        let fake = FakeAWS([.json([:])])
        try await fake.clients().dynamoDB.putItem(
            DynamoDB.PutItem(
                table: "main", item: ["pk": "a"], condition: "attribute_not_exists(pk) OR #r < :r",
                names: ["#r": "rev"],
                values: [":r": 2], returnsOldOnFailure: true))
        #expect(
            try fake.bodies() == [
                [
                    "TableName": "main", "Item": ["pk": ["S": "a"]],
                    "ConditionExpression": "attribute_not_exists(pk) OR #r < :r",
                    "ExpressionAttributeNames": ["#r": "rev"], "ExpressionAttributeValues": [":r": ["N": "2"]],
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                ]
            ])
    }

    @Test("an item is updated and comes back as asked for")
    func updateItem() async throws {
        let fake = FakeAWS([.json(["Attributes": ["n": ["N": "8"]]]), .json([:])])
        let dynamoDB = try fake.clients().dynamoDB
        let new = try await dynamoDB.updateItem(
            DynamoDB.UpdateItem(
                table: "main", key: key, update: "SET n = :n", condition: "n < :n", values: [":n": 8],
                returnValues: .allNew))
        #expect(new == ["n": 8])
        #expect(
            try await dynamoDB.updateItem(DynamoDB.UpdateItem(table: "main", key: ["pk": "a"], update: "REMOVE x"))
                == nil)
        #expect(
            try fake.bodies() == [
                [
                    "TableName": "main", "Key": ["pk": ["S": "event#1"], "sk": ["S": "event"]],
                    "UpdateExpression": "SET n = :n", "ConditionExpression": "n < :n",
                    "ExpressionAttributeValues": [":n": ["N": "8"]], "ReturnValues": "ALL_NEW",
                ],
                ["TableName": "main", "Key": ["pk": ["S": "a"]], "UpdateExpression": "REMOVE x"],
            ])
    }

    @Test("a query carries all it can say")
    func query() async throws {
        let fake = FakeAWS([
            .json(["Items": [["pk": ["S": "a"]]], "Count": 1, "LastEvaluatedKey": ["pk": ["S": "a"]]])
        ])
        let page = try await fake.clients().dynamoDB.query(
            DynamoDB.Query(
                table: "main", index: "byOrganizer", keyCondition: "#o = :o", filter: "attribute_exists(x)",
                projection: "pk", names: ["#o": "organizer"], values: [":o": "a@example.com"], forward: false,
                limit: 25,
                consistent: true, start: ["pk": "z"]))
        #expect(page == DynamoDB.QueryPage(items: [["pk": "a"]], count: 1, next: ["pk": "a"]))
        #expect(
            try fake.bodies() == [
                [
                    "TableName": "main", "IndexName": "byOrganizer", "KeyConditionExpression": "#o = :o",
                    "FilterExpression": "attribute_exists(x)", "ProjectionExpression": "pk",
                    "ExpressionAttributeNames": ["#o": "organizer"],
                    "ExpressionAttributeValues": [":o": ["S": "a@example.com"]], "ScanIndexForward": false, "Limit": 25,
                    "ConsistentRead": true, "ExclusiveStartKey": ["pk": ["S": "z"]],
                ]
            ])
    }

    @Test("pages follow one another to the end, empty ones included")
    func pages() async throws {
        let fake = FakeAWS([
            .json(["Items": [["pk": ["S": "a"]]], "Count": 1, "LastEvaluatedKey": ["pk": ["S": "a"]]]),
            .json(["Items": [], "Count": 0, "LastEvaluatedKey": ["pk": ["S": "m"]]]),
            .json(["Items": [["pk": ["S": "z"]]], "Count": 1]),
        ])
        var items: [DynamoDB.Item] = []
        for try await page in try fake.clients().dynamoDB.pages(DynamoDB.Query(table: "t", keyCondition: "pk = :p")) {
            items += page.items
        }
        #expect(items == [["pk": "a"], ["pk": "z"]])
        #expect(
            try fake.bodies().map { $0["ExclusiveStartKey"] } == [nil, ["pk": ["S": "a"]], ["pk": ["S": "m"]]])
    }

    @Test("counting reads no items and adds up all pages")
    func count() async throws {
        let fake = FakeAWS([.json(["Count": 40, "LastEvaluatedKey": ["pk": ["S": "a"]]]), .json(["Count": 2])])
        let count = try await fake.clients().dynamoDB.count(DynamoDB.Query(table: "t", keyCondition: "pk = :p"))
        #expect(count == 42)
        #expect(try fake.bodies().map { $0["Select"] } == ["COUNT", "COUNT"])
    }

    @Test("a batch asks for each key once, a hundred at a time")
    func batchGet() async throws {
        let fake = FakeAWS([.json(["Responses": ["t": [["pk": ["S": "1"]]]]]), .json(["Responses": ["t": []]])])
        let keys: [DynamoDB.Item] = (0..<130).map { ["pk": .int($0 % 120)] }
        let items = try await fake.clients().dynamoDB.batchGet(table: "t", keys: keys, consistent: true)
        #expect(items == [["pk": "1"]])
        let bodies = try fake.bodies()
        #expect(bodies.map { $0["RequestItems"]?["t"]?["Keys"]?.array?.count } == [100, 20])
        #expect(bodies[0]["RequestItems"]?["t"]?["ConsistentRead"] == true)
        #expect(try await fake.clients().dynamoDB.batchGet(table: "t", keys: []).isEmpty)
    }

    @Test("keys left unread are asked for again, after a wait, until attempts run out")
    func unprocessedKeys() async throws {
        func answer(_ read: [Int], unread: [Int]) -> FakeAWS.Answer {
            .json([
                "Responses": ["t": .array(read.map { ["pk": ["N": .string("\($0)")]] })],
                "UnprocessedKeys": unread.isEmpty
                    ? [:] : ["t": ["Keys": .array(unread.map { ["pk": ["N": .string("\($0)")]] })]],
            ])
        }
        let keys: [DynamoDB.Item] = (0..<4).map { ["pk": .int($0)] }
        let passing = FakeAWS([
            answer([0, 1], unread: [2, 3]), answer([], unread: [2, 3]), answer([2, 3], unread: []),
        ])
        let items = try await passing.clients().dynamoDB.batchGet(table: "t", keys: keys)
        #expect(Set(items) == Set(keys))
        #expect(passing.sleeps == [.milliseconds(25), .milliseconds(50)])

        let stuck = FakeAWS([FakeAWS.Answer](repeating: answer([], unread: [0, 1, 2, 3]), count: 9))
        let dynamoDB = try stuck.clients().dynamoDB
        let error = await awsError { () throws(AWSError) in _ = try await dynamoDB.batchGet(table: "t", keys: keys) }
        #expect(error?.kind == .throttled)
        #expect(stuck.requests.count == 4)
    }

    @Test("a transaction carries its actions and its token")
    func transactWrite() async throws {
        let fake = FakeAWS([.json([:])])
        try await fake.clients().dynamoDB.transactWrite(
            [
                .put(DynamoDB.PutItem(table: "t", item: ["pk": "a"], condition: "attribute_not_exists(pk)")),
                .update(
                    DynamoDB.UpdateItem(
                        table: "t", key: ["pk": "b"], update: "ADD n :n", values: [":n": 3], returnValues: .allNew,
                        returnsOldOnFailure: true)),
                .delete(DynamoDB.DeleteItem(table: "t", key: ["pk": "c"])),
            ], clientToken: "token")
        #expect(
            try fake.bodies() == [
                [
                    "ClientRequestToken": "token",
                    "TransactItems": [
                        [
                            "Put": [
                                "TableName": "t", "Item": ["pk": ["S": "a"]],
                                "ConditionExpression": "attribute_not_exists(pk)",
                            ]
                        ],
                        [
                            "Update": [
                                "TableName": "t", "Key": ["pk": ["S": "b"]], "UpdateExpression": "ADD n :n",
                                "ExpressionAttributeValues": [":n": ["N": "3"]],
                                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                            ]
                        ],
                        ["Delete": ["TableName": "t", "Key": ["pk": ["S": "c"]]]],
                    ],
                ]
            ])
    }

    @Test("a transaction that met another is repeated under the same token, one that failed a condition is not")
    func contention() async throws {
        func cancelled(_ codes: [String]) -> FakeAWS.Answer {
            .json(
                [
                    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                    "CancellationReasons": .array(codes.map { ["Code": .string($0)] }),
                ], status: 400)
        }
        let action = DynamoDB.TransactAction.delete(DynamoDB.DeleteItem(table: "t", key: key))
        let met = FakeAWS([cancelled(["None", "TransactionConflict"]), .failure(.interrupted("reset")), .json([:])])
        try await met.clients().dynamoDB.transactWrite([action, action])
        let tokens = try met.bodies().map { $0["ClientRequestToken"]?.string }
        #expect(tokens.count == 3)
        #expect(Set(tokens).count == 1)
        #expect((1...36).contains(tokens[0]?.utf8.count ?? 0))

        for codes in [["TransactionConflict", "ConditionalCheckFailed"], ["None"], []] {
            let failed = FakeAWS([cancelled(codes)])
            let dynamoDB = try failed.clients().dynamoDB
            let error = await awsError { () throws(AWSError) in try await dynamoDB.transactWrite([action]) }
            #expect(error?.attempts == 1)
            #expect(error?.code == "TransactionCanceledException")
        }
    }
}
