"""The demo city: invented organisations and people, played through the real services on one timeline with a moved clock."""
