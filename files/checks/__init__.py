"""What must be true of an upload before it is stored. Runs in the sandbox's process; knows nothing of Django."""
