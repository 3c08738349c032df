# What cells are.


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


def records(rows):
    """A list of dictionaries; from a pandas DataFrame too."""
    return rows.to_dict("records") if hasattr(rows, "to_dict") else list(rows)
