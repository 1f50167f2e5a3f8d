"""How a headline is written, whatever it says: all checks of that, in the order in which they are shown."""

from core.checks import marks, wording
from core.checks.clickbait import clickbait
from core.checks.finding import Check

STYLE: tuple[Check, ...] = (
    marks.too_short, marks.too_long, marks.trailing_period, marks.exclamation, marks.question, marks.capitals,
    marks.title_case, clickbait, wording.banned_word, wording.discouraged_word, marks.emoji, marks.markup,
    wording.other_language, wording.late_keyword, wording.passive, wording.machine_word, wording.comma_for_and,
)  # fmt: skip
