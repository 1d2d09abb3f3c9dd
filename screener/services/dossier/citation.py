"""Citation: an asset's dossier as Markdown, each statement with the stored answers that it rests on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from screener.services.dossier.cited import CitedDossier, ListedSource, Statement
from screener.services.dossier.cited_tables import CitedTable

ESCAPED: Final = re.compile(r"([\\`*_\[\]<>#|~])")


def markdown_of(dossier: CitedDossier) -> str:
    """The whole text."""
    symbol = f" ({_escaped(dossier.symbol)})" if dossier.symbol else ""
    blocks = [f"# {_escaped(dossier.name)}{symbol}", dossier.address, dossier.rating, dossier.remark]
    blocks += [_list(each.title, map(_statement, each.statements)) for each in dossier.parts]
    blocks += [_list(f"{each.title}{_cited(each.cites)}", _table(each)) for each in dossier.tables]
    blocks.append(_list(_("Sources"), map(_source, dossier.sources)))
    blocks.append(dossier.caveat)
    return "\n\n".join(each for each in blocks if each) + "\n"


def _statement(statement: Statement) -> str:
    state = f"{statement.mark} **{statement.state}** " if statement.state else ""
    return f"- {state}{statement.title}: {_escaped(statement.says)}{_cited(statement.cites)}"


def _source(source: ListedSource) -> str:
    return f"{source.number}. {source.words}: {source.address}"


def _table(table: CitedTable) -> Iterator[str]:
    yield _row(table.columns)
    names = len(table.columns) - table.figures
    yield f"|{' --- |' * names}{' ---: |' * table.figures}"
    yield from (_row([_escaped(cell) for cell in row]) for row in table.rows)
    if table.remark:
        yield from ("", table.remark)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cited(numbers: Sequence[int]) -> str:
    """` [1][2]`; nothing where there is no source."""
    return f" {''.join(f'[{number}]' for number in numbers)}" if numbers else ""


def _list(title: str, lines: Iterable[str]) -> str:
    """A heading over its lines; nothing where there are none."""
    listed = [*lines]
    return "\n".join([f"## {title}", "", *listed]) if listed else ""


def _escaped(text: str) -> str:
    """As text that Markdown takes for nothing else, in one line."""
    return ESCAPED.sub(r"\\\1", " ".join(text.split()))
