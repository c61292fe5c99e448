import JSON
import Yams

/// Reads a CloudFormation template: YAML whose tags are short for intrinsic functions (`!Ref X` is `{"Ref":"X"}`,
/// `!Sub` is `Fn::Sub`, and so on).
package enum TemplateYAML {
    package static func json(_ text: String) throws -> JSON {
        guard let root = try Yams.compose(yaml: text) else { throw TemplateError.empty }
        return try json(root)
    }

    private static func json(_ node: Node) throws -> JSON {
        let tag = node.tag.description
        let value = try untagged(node)
        guard tag.hasPrefix("!"), tag.count > 1 else { return value }
        switch tag.dropFirst() {
        case "Ref", "Condition": return .object([String(tag.dropFirst()): value])
        case "GetAtt":
            // The short form names resource and attribute in one string; an attribute may have dots itself.
            let parts = value.string?.split(separator: ".", maxSplits: 1).map { JSON.string(String($0)) }
            return ["Fn::GetAtt": parts.map { .array($0) } ?? value]
        case let name: return .object(["Fn::\(name)": value])
        }
    }

    private static func untagged(_ node: Node) throws -> JSON {
        switch node {
        case .mapping(let mapping):
            var object = JSONObject()
            for (key, value) in mapping {
                guard let name = key.scalar?.string else { throw TemplateError.keyIsNotText(line: line(of: node)) }
                guard object[name] == nil else { throw TemplateError.repeatedKey(name, line: line(of: value)) }
                object[name] = try json(value)
            }
            return .object(object)
        case .sequence(let sequence): return .array(try sequence.map(json))
        case .scalar(let scalar): return plain(node, scalar)
        case .alias: throw TemplateError.alias(line: line(of: node))
        }
    }

    private static func plain(_ node: Node, _ scalar: Node.Scalar) -> JSON {
        switch node.tag.description {
        case "tag:yaml.org,2002:null": .null
        case "tag:yaml.org,2002:bool": node.bool.map { .bool($0) } ?? .string(scalar.string)
        case "tag:yaml.org,2002:int": node.int.map { .int($0) } ?? .string(scalar.string)
        case "tag:yaml.org,2002:float": node.float.map { .number("\($0)") } ?? .string(scalar.string)
        // Whatever else YAML would make of it, such as the date in `Version: 2012-10-17`, is text here.
        default: .string(scalar.string)
        }
    }

    private static func line(of node: Node) -> Int { node.mark?.line ?? 0 }
}

/// Why a template cannot be used. Lines count from 1; 0 is unknown.
package enum TemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    case empty
    case keyIsNotText(line: Int)
    case repeatedKey(String, line: Int)
    case alias(line: Int)
    /// An intrinsic function or a name that this reader does not resolve.
    case unresolved(String)
    case unexpected(resource: String, String)

    package var description: String {
        switch self {
        case .empty: "the template is empty"
        case .keyIsNotText(let line): "template line \(line): a key is not text"
        case .repeatedKey(let key, let line): "template line \(line): \(key) is given twice"
        case .alias(let line): "template line \(line): aliases are not CloudFormation"
        case .unresolved(let what): "the template has something that cannot be resolved here: \(what)"
        case .unexpected(let resource, let what): "resource \(resource): \(what)"
        }
    }
}
