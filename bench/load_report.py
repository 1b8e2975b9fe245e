"""What the measurement under load says: a table, the limit in a sentence, and a small picture of both databases."""

from collections.abc import Sequence
from html import escape
from math import log10

import msgspec

TOO_SLOW = 1000.0  # milliseconds within which 99 of 100 pages come: above it the site is full
TOO_FEW = 0.95  # of what is asked
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 340, 64, 40, 20, 52
COLOURS = ("#1f6f6b", "#b4532a")
COLUMNS = ("asked, pages a second", "answered", "p50", "p99", "JSON p99", "desk pages p95", "saves p95", "failed")


class Step(msgspec.Struct, frozen=True):
    """One rate: what was asked and answered a second, milliseconds of each kind of answer, how many saves."""

    asked: float
    answered: float
    p50: float
    p99: float
    json_p99: float
    read_p95: float
    save_p95: float
    saves: int
    failed: int

    @property
    def is_full(self) -> bool:
        """Whether the site can't keep up at this rate."""
        return self.p99 > TOO_SLOW or self.answered < TOO_FEW * self.asked or self.failed > 0


class Run(msgspec.Struct, frozen=True):
    """All steps on one database, with the memory of the site and of the desk, in MB, and the load before."""

    database: str
    steps: list[Step]
    site_mb: float
    desk_mb: float
    load: float


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all is not above; nan of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def limit(run: Run) -> float:
    """Return the most pages a second of a step that was not full; 0 where all were."""
    return max((step.asked for step in run.steps if not step.is_full), default=0.0)


def table(run: Run) -> str:
    """Return the steps as Markdown, times in milliseconds, with a sentence under them."""
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    for step in run.steps:
        times = (step.p50, step.p99, step.json_p99, step.read_p95, step.save_p95)
        cells = [f"{step.asked:,.0f}", f"{step.answered:,.0f}", *(f"{one:,.0f}" for one in times), str(step.failed)]
        lines.append("| " + " | ".join(cells) + " |")
    full = f"up to {limit(run):,.0f} pages a second ({limit(run) * 60:,.0f} a minute) keep up"
    memory = f"the site's processes have {run.site_mb:,.0f} MB of their own, the desk {run.desk_mb:,.0f} MB"
    return "\n".join([f"**{run.database}**: {full}; {memory}; load before {run.load:.1f}.", "", *lines, ""])


def picture(runs: Sequence[Run]) -> str:
    """Return an SVG: pages a second to the right, milliseconds upwards, both by tenfold steps."""
    steps = [step for run in runs for step in run.steps]
    across = (min(step.asked for step in steps), max(step.asked for step in steps))
    parts = [*_frame(across)]
    for number, run in enumerate(runs):
        colour = COLOURS[number % len(COLOURS)]
        for name, dash in (("p50", ""), ("p99", ""), ("save_p95", "5 4")):
            points = " ".join(f"{_x(step.asked, across):.1f},{_y(getattr(step, name)):.1f}" for step in run.steps
                              if getattr(step, name) == getattr(step, name))  # fmt: skip
            width = 1.5 if name == "p50" else 2.5
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"'
                         f' stroke-dasharray="{dash}"/>')  # fmt: skip
        parts.append(f'<text x="{LEFT + 8 + 130 * number}" y="24" fill="{colour}">{escape(run.database)}</text>')
    words = "thick: 99 of 100 pages; thin: half of them; dashed: 95 of 100 saves"
    parts.append(f'<text x="{WIDTH - RIGHT}" y="24" text-anchor="end" fill="#555">{words}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="13" role="img" aria-label="Milliseconds by pages a second">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _x(value: float, across: tuple[float, float]) -> float:
    low, high = (log10(one) for one in across)
    return LEFT + (log10(value) - low) / ((high - low) or 1) * (WIDTH - LEFT - RIGHT)


def _y(milliseconds: float) -> float:
    share = (log10(min(max(milliseconds, 1), 30_000))) / log10(30_000)
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _frame(across: tuple[float, float]) -> list[str]:
    parts = []
    for milliseconds, word in (
        (1, "1 ms"),
        (10, "10 ms"),
        (100, "100 ms"),
        (500, "500 ms"),
        (1000, "1 s"),
        (10_000, "10 s"),
    ):
        y = _y(milliseconds)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{word}</text>')
    for rate in (17, 50, 100, 200, 300, 600, 1200):
        if across[0] * 0.9 <= rate <= across[1] * 1.1:
            parts.append(f'<text x="{_x(rate, across):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" '
                         f'fill="#555">{rate}</text>')  # fmt: skip
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle" fill="#555">pages a second</text>')
    return parts
