import Handlers

await Function.run { environment in
    try await EventAPI.live(environment).handle
}
