import Handlers

await Function.run { environment in
    try ProcessFeedback.live(environment).handle
}
