"""The servers that tests run against: PostgreSQL, Valkey, a worker, a browser."""
