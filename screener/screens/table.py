"""The universe as typed columns: one row an asset, NaN where a number is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded:
    """A category: each row's place in `labels`."""

    codes: npt.NDArray[np.int32]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Coded":
        labels = tuple(sorted(set(texts)))
        place = {label: code for code, label in enumerate(labels)}
        return cls(np.fromiter((place[text] for text in texts), np.int32, len(texts)), labels)

    def take(self, rows: Ids | Mask) -> "Coded":
        return Coded(self.codes[rows], self.labels)

    def followed_by(self, other: "Coded") -> "Coded":
        labels = tuple(sorted({*self.labels, *other.labels}))
        place = {label: code for code, label in enumerate(labels)}

        def moved(part: "Coded") -> npt.NDArray[np.int32]:
            to = np.array([place[label] for label in part.labels], dtype=np.int32)
            return to[part.codes] if len(part.codes) else part.codes

        return Coded(np.concatenate([moved(self), moved(other)]), labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`names` are lower case for searching; `texts` are shown. All columns are equally long."""

    ids: Ids
    numbers: Mapping[str, Numbers]
    categories: Mapping[str, Coded]
    gates_open: npt.NDArray[np.int16]
    gates_unverified: npt.NDArray[np.int16]
    fictional: Mask
    names: npt.NDArray[np.object_]
    texts: Mapping[str, npt.NDArray[np.object_]]

    def __len__(self) -> int:
        return len(self.ids)

    def updated_by(self, newer: "Table") -> "Table":
        """This table with the rows of `newer` in place of those of the same assets."""
        keep = ~np.isin(self.ids, newer.ids)
        return Table(
            ids=np.concatenate([self.ids[keep], newer.ids]),
            numbers={
                key: np.concatenate([column[keep], newer.numbers[key]])
                for key, column in self.numbers.items()
            },
            categories={
                key: column.take(keep).followed_by(newer.categories[key])
                for key, column in self.categories.items()
            },
            gates_open=np.concatenate([self.gates_open[keep], newer.gates_open]),
            gates_unverified=np.concatenate([self.gates_unverified[keep], newer.gates_unverified]),
            fictional=np.concatenate([self.fictional[keep], newer.fictional]),
            names=np.concatenate([self.names[keep], newer.names]),
            texts={
                key: np.concatenate([column[keep], newer.texts[key]]) for key, column in self.texts.items()
            },
        )
