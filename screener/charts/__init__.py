"""Geometry of the charts: numbers in, shapes of an SVG out. Templates draw them; Django is not known here."""

from screener.charts.concentration import concentration_chart
from screener.charts.correlation import CorrelationPoint, correlation_chart
from screener.charts.exits import exit_chart
from screener.charts.holders import Piece, holder_pieces
from screener.charts.market_lines import caps_chart, shares_chart
from screener.charts.overhang import overhang_chart
from screener.charts.overlay import PriceLine, indexed, overlay_chart
from screener.charts.prices import Bar, bar_values, price_chart
from screener.charts.runway import runway_chart
from screener.charts.scores import ScorePoint, score_chart
from screener.charts.shapes import HEIGHT, WIDTH, Chart, Mark, Point, Shape, Tick, wider
from screener.charts.swings import drawdown_chart, volatility_chart
from screener.charts.unlocks import Release, unlock_chart

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Bar",
    "Chart",
    "CorrelationPoint",
    "Mark",
    "Piece",
    "Point",
    "PriceLine",
    "Release",
    "ScorePoint",
    "Shape",
    "Tick",
    "bar_values",
    "caps_chart",
    "concentration_chart",
    "correlation_chart",
    "drawdown_chart",
    "exit_chart",
    "holder_pieces",
    "indexed",
    "overhang_chart",
    "overlay_chart",
    "price_chart",
    "runway_chart",
    "score_chart",
    "shares_chart",
    "unlock_chart",
    "volatility_chart",
    "wider",
]
