"""Checks that say which claims of a headline its article does not hold.

They find a minority of errors: that they find nothing proves nothing. Where a claim can be read so that the
article holds it, they keep quiet, because an editor switches off a check that cries wolf.

number.py     numbers that the article has not
name.py       names that it has not
quotation.py  quotations that it has otherwise, or not at all
overlap.py    a headline most of whose words it has not
words.py      the words that these know
given_names.py  first names, and short forms of them
"""

from core.checks.support.name import unsupported_name
from core.checks.support.number import unsupported_number
from core.checks.support.overlap import little_overlap
from core.checks.support.quotation import quotation_not_verbatim

SUPPORT = (unsupported_number, unsupported_name, quotation_not_verbatim, little_overlap)
