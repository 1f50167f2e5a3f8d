"""`rollups`: whether the sums of hours and days say what the record says, and how to have them counted anew."""

import json
import sys

import click

from core.cli.session import as_json, moment, opened
from core.traces.counting import rollups as core_rollups
from core.traces.counting.figures import COUNTS, HISTOGRAMS

DIFFERENT = 1


@click.group()
def rollups() -> None:
    """The sums of hours and days, which the overview reads."""


@rollups.command()
@as_json
def check(as_json: bool) -> None:
    """Count all traces and compare; ends with 1 if the sums say something else.

    How much was edited in headlines whose texts are gone is in the sums alone, where an older Copydesk took the texts away.
    That is told, and no fault.
    """
    with opened() as copydesk:
        found = core_rollups.differences(copydesk.db)
    for each in found:
        if as_json:
            click.echo(
                json.dumps(each.row._asdict() | {"differs": _differing(each), "fault": not each.is_known_better})
            )
        else:
            row = each.row
            what = f"{moment(row.start)}, {row.desk}, {row.prompt} {row.version}, {row.source}"
            click.echo(f"{what}: {'; '.join(_words(*figure) for figure in _differing(each).items())}.")
    faults = sum(not each.is_known_better for each in found)
    if kept := len(found) - faults:
        click.echo(
            f"{kept:,} sums know how much was edited in headlines whose texts are gone since. That cannot be counted anew; "
            "it stays as it was counted.",
            err=True,
        )
    if faults:
        click.echo(
            f"{faults:,} sums say something else than the record. Count anew with: python -m core rollups rebuild",
            err=True,
        )
        sys.exit(DIFFERENT)
    click.echo(
        "All sums say what the record says." if not found else "All other sums say what the record says.", err=True
    )


def _differing(found: core_rollups.Difference) -> dict[str, tuple[int, int]]:
    """By name the figures that differ, as kept and as counted; of times, how many there are."""
    kept, counted = found.kept, found.counted
    different = {name: (getattr(kept, name), getattr(counted, name)) for name in COUNTS}
    different |= {name: (getattr(kept, name).n, getattr(counted, name).n) for name in HISTOGRAMS}
    return {name: figures for name, figures in different.items() if getattr(kept, name) != getattr(counted, name)}


def _words(name: str, figures: tuple[int, int]) -> str:
    kept, counted = figures
    return f"{kept:,} {name.replace('_', ' ')} in the sums, {counted:,} on record"


@rollups.command()
def rebuild() -> None:
    """Count all traces anew; what is counted already shows meanwhile."""
    with opened() as copydesk:
        core_rollups.start_over(copydesk.db)
        counted = 0
        for many in core_rollups.catch_up(copydesk.db):
            counted += many
            click.echo(f"\r{counted:,} traces …", err=True, nl=False)
    click.echo(f"\r{counted:,} traces are counted.", err=True)
