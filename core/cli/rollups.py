"""`rollups`: whether the sums of hours and days say what the record says, and how to have them counted anew."""

import json
import sys
from dataclasses import asdict

import click

from core.cli.session import as_json, moment, opened
from core.traces.counting import rollups as core_rollups

DIFFERENT = 1


@click.group()
def rollups() -> None:
    """The sums of hours and days, which the overview reads."""


@rollups.command()
@as_json
def check(as_json: bool) -> None:
    """Count all traces and compare; ends with 1 if the sums say something else."""
    with opened() as copydesk:
        found = core_rollups.differences(copydesk.db)
    for each in found:
        row = each.row
        what = f"{moment(row.start)}, {row.place.desk}, {row.place.prompt} {row.place.version}, {row.place.source}"
        if as_json:
            place = {"span": row.span, "start": row.start} | asdict(row.place)
            click.echo(json.dumps(place | {"kept": each.kept.calls, "counted": each.counted.calls}))
        else:
            click.echo(f"{what}: {each.kept.calls:,} calls in the sums, {each.counted.calls:,} on record.")
    if found:
        click.echo(
            f"{len(found):,} sums say something else than the record. Where texts were erased, edits are only in the sums; "
            "otherwise count anew with: python -m core rollups rebuild",
            err=True,
        )
        sys.exit(DIFFERENT)
    click.echo("All sums say what the record says.", err=True)


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
