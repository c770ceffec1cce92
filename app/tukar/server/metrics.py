"""Figures for Prometheus: how many messages of which kind came, how they ended, and how long they took.

Counted on the event loop alone, in plain dictionaries; a label is an address as the route table has it, never one that
was asked, so that no number and no id of anybody gets here. ``prometheus-client`` is imported at the first look.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

BOUNDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the spans that are told apart, in seconds."""
NO_ROUTE: Final = "none"


class Metrics:
    """What was counted since the start of this process."""

    def __init__(self) -> None:
        self._ended: Counter[tuple[str, str, int]] = Counter()
        self._spans = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """A message was answered."""
        # Who asks for nothing there is may call it by any method, and each would be a line of its own for good.
        self._ended[method if route != NO_ROUTE else NO_ROUTE, route, status] += 1
        self._spans[bisect_left(BOUNDS, seconds)] += 1
        self._seconds += seconds

    def text(self, *, ready: bool) -> bytes:
        """In Prometheus' own form."""
        from prometheus_client import CollectorRegistry, generate_latest

        registry = CollectorRegistry()
        registry.register(_Families(self, ready=ready))
        return generate_latest(registry)

    def families(self, *, ready: bool) -> Iterator[Any]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        from tukar import __version__

        ended = CounterMetricFamily("tukar_messages", "Messages answered.", labels=["method", "route", "status"])
        for (method, route, status), count in sorted(self._ended.items()):
            ended.add_metric([method, route, str(status)], count)
        yield ended
        total, buckets = 0, []
        for bound, count in zip([*map(str, BOUNDS), "+Inf"], self._spans, strict=True):
            total += count
            buckets.append((bound, float(total)))
        spans = HistogramMetricFamily("tukar_message_seconds", "From a message's last byte to its answer.")
        spans.add_metric([], buckets, self._seconds)
        yield spans
        yield GaugeMetricFamily("tukar_ready", "1 while the database takes messages.", value=float(ready))
        about = GaugeMetricFamily("tukar", "The program.", labels=["version"])
        about.add_metric([__version__], 1.0)
        yield about


class _Families:
    """A collector as prometheus-client wants one."""

    def __init__(self, metrics: Metrics, *, ready: bool) -> None:
        self._metrics = metrics
        self._ready = ready

    def collect(self) -> Iterator[Any]:
        return self._metrics.families(ready=self._ready)
