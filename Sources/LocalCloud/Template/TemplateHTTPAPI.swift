import JSON

extension Template {
    /// The HTTP API: its routes from the functions' `HttpApi` events, its throttles and CORS from the
    /// `AWS::Serverless::HttpApi` resource.
    ///
    /// - Throws: when the template has more than one such resource: one gateway stands for one API.
    package func httpAPI(_ expression: TemplateExpression, accountID: String) throws(TemplateError) -> HTTPAPI {
        let resources = resources(ofType: "AWS::Serverless::HttpApi")
        guard resources.count <= 1 else {
            throw .unexpected(resource: resources[1].id, "a second HTTP API; the local gateway serves one")
        }
        var routes: [GatewayRoute] = []
        for function in self.resources(ofType: "AWS::Serverless::Function") {
            for event in function.properties["Events"]?.object ?? [:] where event.value["Type"] == "HttpApi" {
                let properties = event.value["Properties"]
                routes.append(
                    GatewayRoute(
                        method: properties?["Method"]?.string ?? "ANY", path: properties?["Path"]?.string ?? "$default",
                        function: function.id))
            }
        }
        let id = resources.first.flatMap { expression.physicalIDs[$0.id] } ?? "local"
        var api = HTTPAPI(accountID: accountID, id: id, routes: routes)
        guard let resource = resources.first else { return api }
        let properties = try expression.resolve(resource.properties)
        api.cors = Template.cors(properties["CorsConfiguration"])
        api.throttle = Template.throttle(properties["DefaultRouteSettings"])
        for member in properties["RouteSettings"]?.object ?? [:] {
            api.routeThrottles[member.name] = Template.throttle(member.value)
        }
        return api
    }

    private static func cors(_ json: JSON?) -> CORSRules? {
        guard let json else { return nil }
        // SAM takes `CorsConfiguration: true` for everything allowed.
        if json.bool == true { return CORSRules(origins: ["*"], methods: ["*"], headers: ["*"]) }
        guard json.object != nil else { return nil }
        func list(_ name: String) -> [String] { json[name]?.array?.compactMap(\.string) ?? [] }
        return CORSRules(
            origins: list("AllowOrigins"), methods: list("AllowMethods"), headers: list("AllowHeaders"),
            exposedHeaders: list("ExposeHeaders"), maximumAge: json["MaxAge"].flatMap(number).map { Int($0) },
            allowsCredentials: json["AllowCredentials"]?.bool ?? false)
    }

    private static func throttle(_ settings: JSON?) -> HTTPAPI.Throttle? {
        guard let rate = settings?["ThrottlingRateLimit"].flatMap(number),
            let burst = settings?["ThrottlingBurstLimit"].flatMap(number)
        else { return nil }
        return HTTPAPI.Throttle(rate: rate, burst: burst)
    }

    /// A parameter's value is text.
    private static func number(_ json: JSON) -> Double? { (json.number ?? json.string).flatMap(Double.init) }
}
