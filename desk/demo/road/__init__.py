"""The road of a case, stage by stage, each act through the service that the table names."""
