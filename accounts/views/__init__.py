"""Pages of accounts: signing in, own account, capacities, the chosen display."""
