"""What a person typed into a form survives the end of the session and a form that has become outdated.

``parcels`` packs what was sent, ``filling`` puts it back into the form of the page, ``middleware`` decides when. Why it is safe:
docs/decisions/0010-what-was-typed-survives-the-session.md.
"""
