"""What an annual report is: its days, its form, its content and the check before filing (Art. 17, 18)."""
