print("calinvite")
