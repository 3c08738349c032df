# What cells are.


def is_missing(cell):
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(cell, str):
        return cell.strip() == ""
    return isinstance(cell, float) and math.isnan(cell)


def columns_of(columns, rows):
    """The cells of each column: numbers and days as numbers, NaN where there is none."""
    return [numbers_of(column, cells) if column["kind"] in READERS else cells for column, cells in cells_of(columns, rows)]


def cells_of(columns, rows):
    for column in columns:
        name = column["column"]
        if rows and not any(name in row for row in rows):
            raise ValueError(f"no row has the column {name!r}; row 1 has {list(rows[0])!r}")
        cells = (row.get(name) for row in rows)
        yield column, [cell.item() if hasattr(cell, "item") else cell for cell in cells]


def numbers_of(column, cells):
    """What is no number is missing, unless the column has nothing else."""
    kind = column["kind"]
    read, what = READERS[kind]

    def refuse(number):
        raise ValueError(f"row {number}, column {column['column']!r}: {cells[number - 1]!r} is no {what}")

    values, odd = [], 0
    for number, cell in enumerate(cells, 1):
        value = math.nan if is_missing(cell) else read(cell)
        if value is None:
            refuse(number)
        values.append(value)
        if not (odd or is_missing(cell) or (kind == "number" and NO_VALUE.fullmatch(str(cell)))):
            odd = number
    if odd and all(math.isnan(value) for value in values):
        refuse(odd)
    return values


# What says of itself that it is no number, or is one beyond those of a computer.
NO_VALUE = re.compile(
    r"tb[adc]|n/?a|n\.a\.|nil|none|unknown|missing|---?|–|—|-?nan|[+-]?(inf(inity)?|∞)"
    r"|없음|미상|미정|해당 ?없음|모름|무응답|결측|.*\d.*",
    re.IGNORECASE,
)


def text_without_number(text):
    """NaN; None where the model's own program may read something that is not read here, such as 12 kg."""
    return None if re.search(r"\d", unicodedata.normalize("NFKC", text)) else math.nan


def read_number(cell):
    """NaN where there is none, None where that is not certain."""
    if isinstance(cell, bool):
        return math.nan
    if isinstance(cell, str):
        text = cell.strip()
        if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", text, re.IGNORECASE | re.ASCII):
            return text_without_number(text)
        return float(text) if math.isfinite(float(text)) else math.nan
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def read_days(cell):
    """Days since 1970-01-01 UTC of a date, a datetime or a text in ISO 8601; NaN and None as for numbers."""
    if isinstance(cell, bool):
        return math.nan
    if isinstance(cell, str):
        parts = re.fullmatch(
            r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?(?: ?(?:Z|UTC|([+-])(\d\d):?(\d\d)))?)?",
            cell.strip(),
            re.IGNORECASE | re.ASCII,
        )
        if parts is None:
            return text_without_number(cell)
        year, month, day, hour, minute = (int(part or 0) for part in parts.groups()[:5])
        sign, away, more = parts.group(7), int(parts.group(8) or 0), int(parts.group(9) or 0)
        seconds = float(parts.group(6) or 0)
        if hour > 23 or minute > 59 or seconds >= 60 or away > 23 or more > 59:
            return math.nan
        try:
            day_number = date(year, month, day).toordinal() - 719163
        except ValueError:
            return math.nan
        offset = (away * 60 + more) * (-1 if sign == "-" else 1)
        return day_number + ((hour * 60 + minute - offset) * 60 + seconds) / 86400
    if isinstance(cell, datetime):
        moment = cell if cell.tzinfo else cell.replace(tzinfo=timezone.utc)
        return (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds() / 86400
    if isinstance(cell, date):
        return float(cell.toordinal() - 719163)
    return None


READERS = {"number": (read_number, "number such as 1234.5"), "date": (read_days, "date such as 2024-05-31")}


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


def records(rows):
    """A list of dictionaries; from a pandas DataFrame too."""
    return rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)
