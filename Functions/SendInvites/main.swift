import Handlers

await Function.run { environment in
    try await SendInvites.live(environment).handle
}
