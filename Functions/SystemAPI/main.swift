import Handlers

await Function.run { environment in
    try SystemAPI.live(environment).handle
}
