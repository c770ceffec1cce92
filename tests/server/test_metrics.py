from prometheus_client.parser import text_string_to_metric_families

from tukar.server.metrics import NO_ROUTE, Metrics


def _samples(metrics: Metrics, *, ready: bool = True) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    families = text_string_to_metric_families(metrics.text(ready=ready).decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def test_messages_are_counted_by_address_and_by_how_they_ended() -> None:
    metrics = Metrics()
    for status in (200, 200, 409):
        metrics.count("PUT", "/v1/bills/{bill_id}", status, 0.004)
    samples = _samples(metrics)
    labels = (("method", "PUT"), ("route", "/v1/bills/{bill_id}"))
    assert samples["tukar_messages_total", (*labels, ("status", "200"))] == 2
    assert samples["tukar_messages_total", (*labels, ("status", "409"))] == 1


def test_the_time_they_took_adds_up() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.004, 60.0):
        metrics.count("GET", "/v1/state", 200, seconds)
    samples = _samples(metrics)
    assert samples["tukar_message_seconds_bucket", (("le", "0.002"),)] == 1
    assert samples["tukar_message_seconds_bucket", (("le", "0.005"),)] == 2
    assert samples["tukar_message_seconds_bucket", (("le", "10.0"),)] == 2
    assert samples["tukar_message_seconds_count", ()] == 3
    assert samples["tukar_message_seconds_sum", ()] == 60.005


def test_whoever_asks_for_nothing_makes_no_lines_of_their_own() -> None:
    metrics = Metrics()
    for method in ("GET", "BREW", "PROPFIND"):
        metrics.count(method, NO_ROUTE, 404, 0.001)
    samples = _samples(metrics, ready=False)
    key = (("method", NO_ROUTE), ("route", NO_ROUTE), ("status", "404"))
    assert samples["tukar_messages_total", key] == 3
    assert samples["tukar_ready", ()] == 0
