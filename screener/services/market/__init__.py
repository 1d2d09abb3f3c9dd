"""The market as a whole: its history by size, worked out by a task, and the page that reads it."""
