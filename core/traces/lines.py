"""The narrow row of a call as it is read, and its status, which tells what was refused from what failed.

A call that could never be asked, because something was wrong with the request, is no failure of a model or of Copydesk.
The table keeps both as `failed`: its status knows no other word, and it is too large to be made anew for one.
"""

from dataclasses import fields

from core.traces.model import TraceLine

STATUS = """
iif(traces.status = 'failed' and traces.error_kind = 'bad_input' and traces.attempts = 0, 'refused', traces.status)
""".strip()
"""What a call came to. What is not found is no mistake of the caller for sure: a release may have been taken back."""
COLUMNS = ", ".join(
    f"{STATUS} as status" if each.name == "status" else f"traces.{each.name}" for each in fields(TraceLine)
)
"""All of a `TraceLine`, of a statement about `traces`."""
