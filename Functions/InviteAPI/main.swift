import Handlers

await Function.run { environment in
    try await InviteAPI.live(environment).handle
}
