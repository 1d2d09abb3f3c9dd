"""Chart of a plan: the prices before and after it, its orders and its stop."""

from assets.metrics.bars import Bars
from assets.metrics.planning.progress import PlannedOrders
from screener.charts import Chart, price_chart
from screener.services.dossier.sections.price import drawn_bars


def plan_chart(bars: Bars, orders: PlannedOrders) -> Chart | None:
    """None for fewer than two days. All in the units of today."""
    levels = [*orders.price_usd.tolist(), *([orders.stop_usd] if orders.stop_usd else [])]
    return price_chart([*drawn_bars(bars)], levels=levels)
