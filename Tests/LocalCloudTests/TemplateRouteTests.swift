import Foundation
import Handlers
import JSON
import LocalCloud
import Testing

@Suite("The routes of template.yaml")
struct TemplateRouteTests {
    private func template() throws -> Template {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Template(yaml: String(contentsOf: root.appendingPathComponent("template.yaml"), encoding: .utf8))
    }

    @Test("take ApiRate requests a second and ApiBurst at once")
    func throttle() throws {
        let template = try self.template()
        var parameters = template.parameterDefaults.compactMapValues { $0.string ?? $0.number }
        let defaults = try template.httpAPI(TemplateExpression(parameters: parameters), accountID: "1")
        #expect(defaults.throttle == HTTPAPI.Throttle(rate: 1000, burst: 2000))
        parameters["ApiRate"] = "7"
        parameters["ApiBurst"] = "9"
        let given = try template.httpAPI(TemplateExpression(parameters: parameters), accountID: "1")
        #expect(given.throttle == HTTPAPI.Throttle(rate: 7, burst: 9))
    }

    @Test("are those that /openapi.json describes, each by one operation of its own")
    func description() throws {
        let text = OpenAPIDocument.text.withUTF8Buffer { Array($0) }
        let document = try JSON(parsing: text)
        #expect(document["openapi"] == "3.1.0")
        var described: Set<String> = []
        var operations: [String] = []
        for path in document["paths"]?.object ?? [:] {
            for operation in path.value.object ?? [:] where operation.name != "parameters" {
                described.insert("\(operation.name.uppercased()) \(path.name)")
                operations.append(operation.value["operationId"]?.string ?? "")
            }
        }
        #expect(Set(OpenAPIDocument.routes) == described)
        #expect(Set(operations).count == described.count)

        let template = try self.template()
        var routes: Set<String> = []
        for function in template.resources(ofType: "AWS::Serverless::Function") {
            for event in function.properties["Events"]?.object ?? [:] where event.value["Type"] == "HttpApi" {
                let properties = event.value["Properties"]
                guard let method = properties?["Method"]?.string, let path = properties?["Path"]?.string else {
                    #expect(function.id == "SystemAPI", "what no route is for")
                    continue
                }
                routes.insert("\(method) \(path)")
            }
        }
        #expect(
            routes.subtracting(described).sorted() == [],
            "describe them in Sources/Templates/openapi.yaml and run Scripts/generate-pages")
        #expect(described.subtracting(routes).sorted() == [], "no function serves them")
    }
}
