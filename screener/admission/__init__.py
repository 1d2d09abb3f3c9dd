"""Admission control: what may be worked on at once, how much of a request is read, and who is refused."""
