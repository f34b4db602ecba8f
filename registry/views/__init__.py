"""Pages of the book: for everybody, and for those concerned."""
