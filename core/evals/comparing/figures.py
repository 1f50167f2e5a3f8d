"""How a measured value and a difference of two read to an editor: with their unit, rounded to what they mean."""

from dataclasses import dataclass

from core.evals.results import Measure


def figure(of: Measure, value: float) -> str:
    """A value of a measure: 98.4 %, 1.2 s, $0.0040, 3.5 of 5."""
    if of.kind == "rate":
        return f"{_short(value * 100, 1)} %"
    if of.unit == "ms":
        return f"{value:,.0f} ms" if abs(value) < 1_000 else f"{_short(value / 1_000, 1)} s"
    if of.unit == "USD":
        # A rule's $0.02 stays so, and a headline's $0.0004 is not rounded away.
        return f"${value:.2f}" if abs(value) >= 1 or round(value, 2) == value else f"${value:.4f}"
    return f"{_short(value, 2)} {of.unit}".rstrip()


def margin_words(of: Measure, margin: float) -> str:
    """How much worse would still do: 5 points, 500 ms, $0.01."""
    if of.kind == "rate":
        points = _short(margin * 100, 1)
        return f"{points} point" if points == "1" else f"{points} points"
    return _short(margin, 2) if of.unit.startswith("of ") else figure(of, margin)


@dataclass(frozen=True)
class Change:
    """A difference candidate − baseline with its interval, as the measure counts and not as it is good."""

    of: Measure
    estimate: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """Such as "8 of 100 more sets met the contract at once"."""
        if self.of.kind == "rate":
            who, did = _counted(self.of)
            many = self._size(self.estimate)
            return f"as many {who} {did}" if many == "0" else f"{many} of 100 {self._more} {who} {did}"
        size = figure(self.of, abs(self.estimate))
        return f"{self.of.words} is {size} {self._more}" if self.estimate else f"{self.of.words} is the same"

    @property
    def range(self) -> str:
        """The interval to go with `words`: "2 to 15" where it lies on one side, else "3 fewer to 9 more"."""
        low, high = self._size(self.low), self._size(self.high)
        if self.low == self.high:
            return low
        if (self.low >= 0) == (self.high >= 0) and self.estimate:
            return f"{low} to {high}" if self.low >= 0 else f"{high} to {low}"
        return f"{low} {_direction(self.of, self.low)} to {high} {_direction(self.of, self.high)}"

    @property
    def _more(self) -> str:
        return _direction(self.of, self.estimate)

    def _size(self, value: float) -> str:
        if self.of.kind != "rate":
            return figure(self.of, abs(value))
        # Decimals of a hundred sets mean nothing, except where there is nothing else.
        of_100 = abs(value) * 100
        return _short(of_100, 0 if of_100 >= 1 else 1)


def _direction(of: Measure, value: float) -> str:
    more, less = ("more", "fewer") if of.kind == "rate" else ("higher", "lower")
    return more if value >= 0 else less


def _counted(of: Measure) -> tuple[str, str]:
    """What a rate counts, and what these did."""
    match of.name:
        case "met_at_once":
            return "sets", "met the contract at once"
        case "met":
            return "sets", "met the contract"
        case "expected":
            return "expectations", "were met"
        case "without_fail":
            return "headlines", "were without a failed check"
        case _:
            return "headlines", f"were flagged for {of.name.partition(':')[2].replace('_', ' ')}"


def _short(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
