"""Everything that opens a foreign file. Runs only in the sandbox's process; knows nothing of Django."""
