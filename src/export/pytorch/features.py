@USAGE@
import json
import math
import re
import struct
import unicodedata
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timezone
from pathlib import Path
from statistics import NormalDist

import torch
from torch import nn
from torch.nn import functional as F

DESCRIPTION = json.loads(
    r"""
@DESCRIPTION@
"""
)
INPUTS = DESCRIPTION["inputs"]
OUTPUTS = DESCRIPTION["outputs"]
CLASSES = OUTPUTS[0].get("classes")
FILE = Path(__file__).with_name("model.safetensors")


# What becomes of cells.


def is_missing(cell):
    if cell is None or cell == "" or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(cell, float) and math.isnan(cell)


def read_number(cell):
    if isinstance(cell, str):
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", cell.strip(), re.IGNORECASE | re.ASCII):
            raise ValueError(f"{cell!r} is no number such as 1234.5")
    elif isinstance(cell, (bool, date)):
        raise ValueError(f"{cell!r} is no number such as 1234.5")
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(f"{cell!r} is no number such as 1234.5")
    return value


def read_days(cell):
    """Days since 1970-01-01 UTC of a date, a datetime or a text in ISO 8601."""
    if isinstance(cell, str):
        parts = re.fullmatch(
            r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?(?: ?(?:Z|UTC|([+-])(\d\d):?(\d\d)))?)?",
            cell.strip(),
            re.IGNORECASE | re.ASCII,
        )
        if parts is None:
            raise ValueError(f"{cell!r} is no date such as 2024-05-31")
        year, month, day, hour, minute = (int(part or 0) for part in parts.groups()[:5])
        sign, away, more = parts.group(7), int(parts.group(8) or 0), int(parts.group(9) or 0)
        seconds = float(parts.group(6) or 0)
        if hour > 23 or minute > 59 or seconds >= 60 or away > 23 or more > 59:
            raise ValueError(f"{cell!r} is no date such as 2024-05-31")
        offset = (away * 60 + more) * (-1 if sign == "-" else 1)
        return date(year, month, day).toordinal() - 719163 + ((hour * 60 + minute - offset) * 60 + seconds) / 86400
    if isinstance(cell, datetime):
        moment = cell if cell.tzinfo else cell.replace(tzinfo=timezone.utc)
        return (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() / 86400
    if isinstance(cell, date):
        return float(cell.toordinal() - 719163)
    raise ValueError(f"{cell!r} is no date such as 2024-05-31")


def level_finder(levels):
    """The place of a text among levels, however it is written, if that is certain; else -1."""

    def plain(text):
        return re.sub(r"[\s\u200b-\u200d\ufeff]+", " ", unicodedata.normalize("NFKC", text)).strip()

    def places_by(key):
        places = {}
        for place, level in enumerate(levels):
            # Of two levels with the same key neither is meant.
            places[key(level)] = -1 if key(level) in places else place
        return lambda text: places.get(key(text), -1)

    finders = [places_by(key) for key in (str, plain, lambda text: plain(text).lower())]

    def find(cell):
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        return next((place for place in (find_by(text) for find_by in finders) if place >= 0), -1)

    return find


def encode(encoding, value):
    """The features of a number."""
    kind = encoding["kind"]
    if kind == "quantile":
        quantile = NormalDist().inv_cdf(min(max(share_below(encoding["quantiles"], value), 1e-9), 1 - 1e-9))
        return [max(-3.1, min(3.1, quantile))]
    if kind == "piecewise_linear":
        edges = encoding["edges"]
        through = [(value - low) / (high - low) for low, high in zip(edges, edges[1:])]
        return [max(0.0, min(1.0, share)) - 0.5 for share in through]
    z = (value - encoding["offset"]) / encoding["scale"]
    return [z / math.hypot(1, z / 3) if kind == "robust" else z]


def share_below(quantiles, value):
    """Quantiles are evenly spaced; for a value that several have, the middle of them."""
    last = len(quantiles) - 1
    up_to, start = bisect_right(quantiles, value) - 1, bisect_left(quantiles, value)
    if start <= up_to:
        return (start + up_to) / 2 / last if last else 0.5
    if up_to < 0 or start > last:
        return 0.0 if up_to < 0 else 1.0
    return (up_to + (value - quantiles[up_to]) / (quantiles[start] - quantiles[up_to])) / last


def encoder_of(column):
    """What makes the features of a cell of the column."""
    kind, missing = column["kind"], column["missing"]
    if kind == "boolean":
        find = level_finder([column["falsehood"], column["truth"]])

        def boolean(cell):
            place = int(cell) if isinstance(cell, bool) else -1 if is_missing(cell) else find(cell)
            return [float(missing if place < 0 else place)]

        return boolean
    if kind == "category":
        find = level_finder(column["levels"])

        def category(cell):
            level = -1 if is_missing(cell) else find(cell)
            place = level if level >= 0 else missing if is_missing(cell) else column["unknown"]
            return [float(index == place) for index in range(column["width"])]

        return category
    read = read_days if kind == "date" else read_number

    def number(cell):
        absent = is_missing(cell)
        value = missing if absent else read(cell)
        angles = [2 * math.pi * math.fmod(value, turn) / turn for turn in column.get("turns", [])]
        return [
            *encode(column["encoding"], value),
            *([float(absent)] if column["indicator"] else []),
            *(part for angle in angles for part in (math.sin(angle), math.cos(angle))),
        ]

    return number


ENCODERS = [encoder_of(column) for column in INPUTS]


def records(rows):
    """A list of dictionaries; from a pandas DataFrame too."""
    return rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)


def features(rows):
    """[row, feature] of dictionaries or a DataFrame. Raises ValueError about cells and columns that it cannot use."""
    rows = records(rows)
    values = []
    for column in INPUTS:
        if rows and not any(column["column"] in row for row in rows):
            raise ValueError(f"no row has the column {column['column']!r}; row 1 has {list(rows[0])!r}")
    for number, row in enumerate(rows, 1):
        own = []
        for column, encoder in zip(INPUTS, ENCODERS):
            try:
                cell = row.get(column["column"])
                own += encoder(cell.item() if hasattr(cell, "item") else cell)
            except (TypeError, ValueError) as error:
                raise ValueError(f"row {number}, column {column['column']!r}: {error}") from error
        values.append(own)
    return torch.tensor(values, dtype=torch.float64).reshape(len(rows), DESCRIPTION["features"]).float()
