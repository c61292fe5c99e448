import JSON
import SigV4

/// The IAM user that the command-line tool and the local services act as. MiniStack does not check signatures of the
/// root account, so a mistake in signing would only show on AWS.
struct AccountUser: Sendable {
    let root: LocalAWS
    let name: String

    /// A fresh key of the user, who is made when there is none; older keys are removed.
    func credentials() async throws -> Credentials {
        do {
            _ = try await call("CreateUser", [])
        } catch let error as LocalAWSError where error.code.hasPrefix("EntityAlreadyExists") {}
        let policy: JSON = [
            "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]],
        ]
        _ = try await call("PutUserPolicy", [("PolicyName", "owner"), ("PolicyDocument", policy.text)])
        for key in try await call("ListAccessKeys", []).members(of: "AccessKeyMetadata") {
            _ = try await call("DeleteAccessKey", [("AccessKeyId", key.text(of: "AccessKeyId") ?? "")])
        }
        let key = try await call("CreateAccessKey", []).first("AccessKey")
        guard let id = key?.text(of: "AccessKeyId"), let secret = key?.text(of: "SecretAccessKey") else {
            throw LocalAWSError(service: "iam", operation: "CreateAccessKey", status: 200, code: "NoAccessKey")
        }
        return Credentials(accessKeyID: id, secretAccessKey: secret)
    }

    private func call(_ action: String, _ parameters: [(String, String)]) async throws -> XMLTree {
        try await root.query("iam", version: "2010-05-08", action: action, [("UserName", name)] + parameters)
    }
}
