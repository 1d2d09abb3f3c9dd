"""Reads shapes back into places, so that tests can say where things stand."""

import re

from screener.charts import Chart


def places(path: str) -> list[tuple[float, float]]:
    """The corners of a path of straight lines."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def shape(chart: Chart, kind: str) -> str:
    (found,) = (each.path for each in chart.shapes if each.kind == kind)
    return found


def stays_inside(chart: Chart) -> bool:
    corners = [place for each in chart.shapes for place in places(each.path)]
    return all(-0.1 <= x <= chart.width + 0.1 and -0.1 <= y <= chart.height + 0.1 for x, y in corners)
