"""The address of a set: of one of its versions, or of whatever is the newest."""


def of(name: str, number: int | None, **more: str) -> dict[str, str]:
    """Without a number it always leads to the newest."""
    version = {} if number is None else {"version": str(number)}
    return {"set": name, **version, **more}
