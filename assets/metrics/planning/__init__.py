"""Plan of a position: how large it may be, and which limit orders would buy it. Nothing is ever ordered."""
