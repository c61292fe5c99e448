import Handlers

await Function.run { environment in
    try ImportSegment.live(environment).handle
}
