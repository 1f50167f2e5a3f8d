"""What a judge's word is worth, in the words that stand beside its name on every screen."""

from collections.abc import Sequence

from core.judge.agreement import Agreement


def in_words(agreements: Sequence[Agreement]) -> str:
    """One sentence for all criteria where they say the same, otherwise one each."""
    sentences = [each.sentence for each in agreements]
    if len(set(sentences)) == 1:
        return f"{sentences[0][0].upper()}{sentences[0][1:]}."
    return " · ".join(f"{each.criterion}: {each.sentence}" for each in agreements)
