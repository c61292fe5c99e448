import JSON
import LocalCloud
import Testing

@Suite("Reading the template")
struct TemplateTests {
    private static let yaml = """
        AWSTemplateFormatVersion: 2010-09-09
        Parameters:
          MailDomain: {Type: String}
          Rate: {Type: Number, Default: 20}
          Staging: {Type: String, Default: "no"}
        Conditions:
          IsStaging: !Equals [!Ref Staging, "yes"]
          IsLive: !Not [!Condition IsStaging]
        Resources:
          Bucket: {Type: AWS::S3::Bucket}
          BucketPolicy:
            Type: AWS::S3::BucketPolicy
            Properties:
              PolicyDocument:
                Statement:
                  - {Effect: Deny, Condition: {Bool: {"aws:SecureTransport": "false"}}}
                  - {Effect: Allow}
          Table:
            Type: AWS::DynamoDB::Table
            DependsOn: [CreateRule, Bucket]
            Properties: {TimeToLiveSpecification: {AttributeName: expires, Enabled: true}}
          Api:
            Type: AWS::Serverless::HttpApi
            Properties:
              CorsConfiguration: {AllowOrigins: [!Sub "https://app.${MailDomain}"], MaxAge: 60}
              DefaultRouteSettings: {ThrottlingRateLimit: !Ref Rate, ThrottlingBurstLimit: 40}
          EventAPI:
            Type: AWS::Serverless::Function
            DependsOn: ReplyRule
            Properties:
              CodeUri: .build/lambda/EventAPI.zip
              Policies: [{Statement: [{Effect: Allow, Action: "sqs:SendMessage"}]}]
              Events:
                Summary: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: "/event/{uid}", Method: get}}
                Queue: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, Most: !Ref Rate}}
          Secret: {Type: AWS::SecretsManager::Secret}
          ReceiveEventMail: {Type: AWS::Serverless::Function, Properties: {CodeUri: x, Env: [!Ref Secret, !Ref Bucket]}}
          RuleSet: {Type: AWS::SES::ReceiptRuleSet}
          ReplyRule:
            Type: AWS::SES::ReceiptRule
            Properties:
              RuleSetName: !Ref RuleSet
              After: !Ref CreateRule
              Rule:
                Name: reply
                Enabled: true
                Recipients: [!Join ["@", [rsvp, !Ref MailDomain]]]
                Actions: [{S3Action: {BucketName: !Ref Bucket, ObjectKeyPrefix: inbound/reply/}}]
          CreateRule:
            Type: AWS::SES::ReceiptRule
            Properties:
              RuleSetName: !Ref RuleSet
              Rule:
                Name: !Sub "${AWS::StackName}-create"
                Enabled: true
                Recipients: [!Sub "create@${MailDomain}"]
                Actions:
                  - S3Action: {BucketName: !Ref Bucket, ObjectKeyPrefix: inbound/create/}
                  - LambdaAction: {FunctionArn: !GetAtt ReceiveEventMail.Arn, InvocationType: Event}
          StagingRule:
            Type: AWS::SES::ReceiptRule
            Condition: IsStaging
            Properties: {RuleSetName: x, Rule: {Name: s, Enabled: true, Actions: []}}
        Outputs:
          Bucket: {Value: !Ref Bucket}
          Rules: {Value: !Sub "x", Export: {Name: !Ref RuleSet}}
        """

    private static let expression = TemplateExpression(
        parameters: ["MailDomain": "example.com", "Rate": "20", "Staging": "no", "AWS::StackName": "stack"],
        physicalIDs: ["Bucket": "bucket-1", "Api": "api-1"],
        attributes: ["ReceiveEventMail.Arn": "arn:create", "EventAPI.Arn": "arn:event"],
        conditions: (try? TemplateYAML.json(yaml))?["Conditions"] ?? .null)

    @Test(
        "tags become intrinsic functions, scalars keep their type",
        arguments: [
            ("a: !Ref B", #"{"a":{"Ref":"B"}}"#), ("a: !GetAtt B.C.D", #"{"a":{"Fn::GetAtt":["B","C.D"]}}"#),
            ("a: !Sub '${B}'", #"{"a":{"Fn::Sub":"${B}"}}"#),
            ("a: !If [C, !Ref X, !Ref AWS::NoValue]", #"{"a":{"Fn::If":["C",{"Ref":"X"},{"Ref":"AWS::NoValue"}]}}"#),
            (
                "a: {b: 1, c: 1.5, d: true, e: null, f: '1', g: 2012-10-17}",
                #"{"a":{"b":1,"c":1.5,"d":true,"e":null,"f":"1","g":"2012-10-17"}}"#
            ),
            ("a: !And [!Condition X]", #"{"a":{"Fn::And":[{"Condition":"X"}]}}"#),
        ])
    func yaml(text: String, json: String) throws {
        #expect(try TemplateYAML.json(text).text == json)
    }

    @Test("a key given twice is refused with its line")
    func repeatedKey() {
        #expect(throws: (any Error).self) { try TemplateYAML.json("a: 1\nb: 2\na: 3") }
    }

    @Test("receipt rules come in the order of their rule set, every name resolved")
    func receiptRules() throws {
        let rules = try Template(yaml: TemplateTests.yaml).receiptRules(TemplateTests.expression)
        #expect(
            rules == [
                ReceiptRule(
                    name: "stack-create", recipients: ["create@example.com"],
                    actions: [
                        .s3(bucket: "bucket-1", prefix: "inbound/create/"),
                        .lambda(functionARN: "arn:create", invocationType: "Event"),
                    ]),
                ReceiptRule(
                    name: "reply", recipients: ["rsvp@example.com"],
                    actions: [.s3(bucket: "bucket-1", prefix: "inbound/reply/")]),
            ])
    }

    @Test("the HTTP API has its routes, throttle and CORS")
    func httpAPI() throws {
        let api = try Template(yaml: TemplateTests.yaml).httpAPI(TemplateTests.expression, accountID: "1")
        #expect(api.id == "api-1")
        #expect(api.routes == [GatewayRoute(method: "GET", path: "/event/{uid}", function: "EventAPI")])
        #expect(api.throttle == HTTPAPI.Throttle(rate: 20, burst: 40))
        #expect(api.cors == CORSRules(origins: ["https://app.example.com"], maximumAge: 60))
    }

    @Test("the local template lacks what MiniStack refuses, and nothing refers to it")
    func localTemplate() throws {
        let template = try Template(yaml: TemplateTests.yaml)
        let local = LocalTemplate(
            template, parameters: ["Rate": "7"],
            code: ["EventAPI": LocalTemplate.Code(bucket: "code", key: "EventAPI-1.zip")])
        let resources = try #require(local.json["Resources"]?.object)
        #expect(
            resources.map(\.name) == [
                "Bucket", "BucketPolicy", "Table", "Api", "EventAPI", "Secret", "ReceiveEventMail",
            ])
        #expect(resources["Table"]?["DependsOn"] == ["Bucket"])
        #expect(resources["EventAPI"]?["DependsOn"] == nil)
        #expect(resources["EventAPI"]?["Properties"]?["CodeUri"] == "s3://code/EventAPI-1.zip")
        #expect(
            resources["ReceiveEventMail"]?["Properties"]?["Env"] == [
                ["Fn::GetAtt": ["Secret", "Id"]], ["Ref": "Bucket"],
            ])
        #expect(resources["EventAPI"]?["Properties"]?["Events"]?["Queue"]?["Properties"]?["Most"] == 7)
        #expect(
            resources["BucketPolicy"]?["Properties"]?["PolicyDocument"]?["Statement"] == [["Effect": "Allow"]])
        #expect(
            resources["EventAPI"]?["Properties"]?["Policies"]?[0]?["Statement"]?[0]?["Action"]
                == ["sqs:SendMessage", "sqs:SendMessageBatch"])
        #expect(local.timeToLive == ["Table": "expires"])
        #expect(local.json["Outputs"]?.object?.map(\.name) == ["Bucket"])
        #expect(local.json["Parameters"] == template.json["Parameters"])
    }

    @Test("what cannot be resolved is an error, not a guess")
    func unresolved() throws {
        for text in [#"{"Ref":"Nothing"}"#, #"{"Fn::GetAtt":["A","B"]}"#, #"{"Fn::ImportValue":"x"}"#] {
            let value = try JSON(parsing: text)
            #expect(throws: TemplateError.self) { try TemplateTests.expression.resolve(value) }
        }
    }

    @Test(
        "functions are resolved",
        arguments: [
            (#"{"Fn::Sub":["${a}-${MailDomain}-${!b}",{"a":{"Ref":"Bucket"}}]}"#, #""bucket-1-example.com-${b}""#),
            (#"{"Fn::If":["IsStaging",1,{"x":{"Ref":"AWS::NoValue"}}]}"#, "{}"),
            (#"[{"Fn::If":["IsLive",{"Ref":"AWS::NoValue"},1]},2]"#, "[2]"),
            (#"{"Fn::Select":[1,{"Fn::Split":["/","a/b"]}]}"#, #""b""#),
        ])
    func functions(text: String, resolved: String) throws {
        #expect(try TemplateTests.expression.resolve(JSON(parsing: text)).text == resolved)
    }
}
