"""The review queue: headlines that people should look at, each read by one person at a time, and what they found.

    for _ in filling.catch_up(db): ...
    item = work.claim_next(db, "ada")
    work.label(db, item.id, "misleading", person="ada")
    work.resolve(db, item.id, person="ada", comment="It was the council, not the mayor.")

There is one item for a trace, with every reason why it is there. Rules find most of them; people add others.
"""
