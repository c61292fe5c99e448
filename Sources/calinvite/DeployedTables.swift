import AWSClients
import ArgumentParser
import Foundation
import Store

/// Tables of a deployed stack, in the account and region that AWS_REGION and so on name.
enum DeployedTables {
    /// - Parameter tables: names of tables by variable, such as MAIN_TABLE.
    static func environment(_ tables: [String: String]) throws -> Environment {
        let variables = ProcessInfo.processInfo.environment.merging(tables) { $1 }
        do {
            return try Environment(variables: variables)
        } catch AWSConfigurationError.missing(let variable) {
            throw ValidationError("The variable \(variable) is not set; --table needs a region and credentials.")
        }
    }
}
