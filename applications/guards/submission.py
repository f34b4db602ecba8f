"""What stands in the way of submitting, resubmitting and withdrawing."""
