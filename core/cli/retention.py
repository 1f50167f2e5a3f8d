"""`retention`: let the texts go whose time is up, or say which would."""

import json

import click

from core.cli.session import as_json, moment, opened
from core.keeping import overwriting, retention


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@as_json
def retention_command(dry_run: bool, as_json: bool) -> None:
    """Take away the texts that are older than COPYDESK_RETENTION allows. While Copydesk is served, it does so by itself."""
    with opened() as copydesk:
        if not copydesk.retention.rules and not as_json:
            click.echo("COPYDESK_RETENTION is not set: all texts are kept.")
        found = retention.due(copydesk.db, copydesk.retention)
        if not dry_run:
            for _ in retention.expire(copydesk.db, copydesk.retention):
                pass
            # Where this is run, nothing may be served that would do it later.
            overwriting.overwrite(copydesk.db)
    for rule in copydesk.retention.rules:
        here = next((each for each in found if each.rule == rule), None)
        if as_json:
            told = {"place": rule.place, "days": rule.days, "traces": here.traces if here else 0}
            click.echo(json.dumps(told | {"oldest": here and here.oldest}))
        else:
            went = "would go" if dry_run else "went"
            since = f", the oldest of {moment(here.oldest)}" if here else ""
            click.echo(
                f"{rule.place}, kept for {rule.days} days: the texts of {here.traces if here else 0:,} calls {went}{since}"
            )
