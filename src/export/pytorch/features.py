# What becomes of cells.


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

    def number(cell):
        absent = math.isnan(cell)
        value = missing if absent else cell
        angles = [2 * math.pi * math.fmod(value, turn) / turn for turn in column.get("turns", [])]
        return [
            *encode(column["encoding"], value),
            *([float(absent)] if column["indicator"] else []),
            *(part for angle in angles for part in (math.sin(angle), math.cos(angle))),
        ]

    return number


ENCODERS = [encoder_of(column) for column in INPUTS]


def features(rows):
    """[row, feature] of dictionaries or a DataFrame. Raises ValueError about cells and columns that it cannot use."""
    rows = records(rows)
    columns = columns_of(INPUTS, rows)
    values = [
        [part for encoder, cells in zip(ENCODERS, columns) for part in encoder(cells[row])] for row in range(len(rows))
    ]
    return torch.tensor(values, dtype=torch.float64).reshape(len(rows), DESCRIPTION["features"]).float()
