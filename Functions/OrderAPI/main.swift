import Handlers

await Function.run { environment in
    try OrderAPI.live(environment).handle
}
