"""Database backend: Django's PostgreSQL, whose every wait for the server has an end."""
