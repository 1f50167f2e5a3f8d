"""The first report that somebody opens does not wait for what draws it to load."""

import subprocess
import sys

from tests.conftest import ROOT

SCRIPT = """
import sys
import app
app.load_for_charts()
loaded = set(sys.modules)
from core.reports.feedback import MEASURES, Figure, Group
from core.statistics.intervals import bootstrap_mean
from core.traces.finding.find import Find
from pages.components.feedback import feedback_charts, feedback_reports
from streamlit.dataframe_util import is_dataframe_like
bootstrap_mean([0.0, 1.0, 0.5, 0.2, 0.1, 0.9])
is_dataframe_like([])
groups = [Group("all", Find(), 3, {"taken": Figure(3, 0.5, 0.1, 0.9)}, {1: 3})]
for chart in (feedback_charts.interval_chart(groups, MEASURES["taken"]), feedback_charts.rank_chart(groups)):
    chart.to_json()
print(sorted(name for name in set(sys.modules) - loaded if name.startswith(("plotly", "scipy", "numpy", "pandas"))))
"""


def test_all_that_reports_are_drawn_with_is_loaded_ahead() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
