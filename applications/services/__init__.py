"""What may be done with calls and applications, as verbs: one module per matter."""
