"""Reference of the sources: what each can tell and who answers which criterion, as `docs/sources.md`."""

from collections.abc import Iterable, Iterator
from typing import Final

from assets.metrics.families import EQUITY, TOKEN
from screener.checklist import CRITERIA, Criterion
from screener.services.evidence.answer_sources import AnswerSource, Capability, capabilities, sources_of
from screener.services.evidence.unanswered import WITHOUT_KEYLESS_SOURCE

HEAD: Final = """\
# What a source can give

Written from the code by `manage.py coverage --sources > docs/sources.md`: change the code, not this page.
The Data page shows the same. An imported sheet can tell everything and is not named.

## Sources

In the order in which their word counts. "key" says what of it is for those with a key alone.
"""

CRITERIA_HEAD: Final = """
## Criteria

Who tells a fact that decides it. Price and supply, which come with every token, decide nothing alone.
"""

TITLES: Final = {TOKEN: "tokens", EQUITY: "equities"}


def source_reference() -> str:
    return "\n".join([HEAD, *_sources(), CRITERIA_HEAD, *_criteria(), ""])


def _sources() -> Iterator[str]:
    yield "| Source | Website | Key | Facts | Criteria |"
    yield "|-|-|-|-|-|"
    for each in capabilities():
        facts = "; ".join(f"{family}: {', '.join(names)}" for family, names in each.facts)
        criteria = ", ".join(f"`{one.id}`" for one in each.criteria) or "—"
        yield f"| {each.provider.title} | {each.provider.website} | {_key(each)} | {facts} | {criteria} |"


def _key(capability: Capability) -> str:
    provider = capability.provider
    if provider.terms:
        return f"`{provider.terms_variable()}`"
    return "key" if provider.needs_key else ", ".join(f"key: {each}" for each in sorted(provider.keyed))


def _criteria() -> Iterator[str]:
    yield "| Criterion | Asked of | Without a key | With a key |"
    yield "|-|-|-|-|"
    for each in CRITERIA.values():
        for kind in (kind for kind in (TOKEN, EQUITY) if kind in each.kinds):
            sources = sources_of(each, kind)
            keyless = _titles(one for one in sources if not one.needs_key) or _reason(each)
            keyed = _titles(one for one in sources if one.needs_key)
            yield f"| `{each.id}` | {TITLES[kind]} | {keyless} | {keyed} |"


def _titles(sources: Iterable[AnswerSource]) -> str:
    return ", ".join(dict.fromkeys(each.title for each in sources))


def _reason(criterion: Criterion) -> str:
    return f"*None.* {WITHOUT_KEYLESS_SOURCE.get(criterion.id, '')}".strip()
