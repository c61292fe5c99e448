import Handlers

await Function.run { environment in
    try EventAPI.live(environment).handle
}
