"""`doctor`: what is wrong with this installation."""

import json
import sys
from dataclasses import asdict

import click

from core.cli.session import as_json, opened
from core.keeping import doctor
from core.traces.counting import rollups
from core.traces.finding import index, index_care

TO_MEND = 1


@click.command("doctor")
@click.option("--rebuild-index", is_flag=True, help="First make the index of words anew.")
@click.option("--rebuild-figures", is_flag=True, help="First count all traces anew for the figures of Overview.")
@as_json
def doctor_command(rebuild_index: bool, rebuild_figures: bool, as_json: bool) -> None:
    """Say in words what is wrong with this installation, and what to do.

    Of more than 50,000 calls, the figures of the newest are counted again; `rollups check` counts all of them.

    Without an option it changes nothing. It shows no secret. Ends with 0 if there is nothing to mend, 1 if there is.
    """
    if rebuild_index:
        with opened() as copydesk:
            index_care.discard(copydesk.db)
            done = sum(index.catch_up(copydesk.db))
        click.echo(f"{done:,} traces are in the index.", err=True)
    if rebuild_figures:
        with opened() as copydesk:
            rollups.start_over(copydesk.db)
            done = sum(rollups.catch_up(copydesk.db))
        click.echo(f"{done:,} traces are in the figures.", err=True)
    worst = 0
    for finding in doctor.examine():
        worst = TO_MEND if finding.weight == "mend" else worst
        if as_json:
            click.echo(json.dumps(asdict(finding), ensure_ascii=False))
        else:
            click.echo(f"{'Mend' if finding.weight == 'mend' else 'Mind'}  {finding.about}: {finding.sentence}")
            click.echo(f"      {finding.remedy}")
    if not worst:
        click.echo("Nothing to mend.", err=as_json)
    sys.exit(worst)
