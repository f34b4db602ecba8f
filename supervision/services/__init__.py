"""What is done to a title after its plaque: one module per duty of Articles 16 to 22."""
