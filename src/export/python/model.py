class PerceptronModel:
    """Predicts as scikit-learn's estimators do, with ONNX Runtime. X is a DataFrame or a list of dictionaries."""

    def __init__(self, path=Path(__file__).with_name("model.onnx")):
        self.session = onnxruntime.InferenceSession(str(path))
        metadata = self.session.get_modelmeta().custom_metadata_map
        self.inputs = json.loads(metadata["inputs"])
        self.outputs = json.loads(metadata["outputs"])
        self.feature_names_in_ = np.array([column["column"] for column in self.inputs], object)
        if "classes" in metadata:
            self.classes_ = np.array(json.loads(metadata["classes"]), object)
        self._readers = [reader_of(column) for column in self.inputs]

    def predict(self, X):
        """[row], or [row, target] where there are several targets."""
        answers = self._run(X, self._named("predicted"))
        return answers[0][:, 0] if len(answers) == 1 else np.concatenate(answers, 1)

    def predict_proba(self, X):
        """[row, class], in the order of `classes_`."""
        if not hasattr(self, "classes_"):
            raise AttributeError("predict_proba: this model predicts numbers")
        return self._run(X, ["probabilities"])[0]

    def predict_interval(self, X):
        """The low and the high end, each as `predict`."""
        if not self._named("low"):
            raise AttributeError("predict_interval: this model has no intervals")
        low, high = (np.concatenate(self._run(X, self._named(end)), 1) for end in ("low", "high"))
        return (low[:, 0], high[:, 0]) if low.shape[1] == 1 else (low, high)

    def _named(self, gives):
        return [output["name"] for output in self.outputs if output["gives"] == gives]

    def _run(self, X, names):
        rows = records(X)
        feeds = {}
        for column, read in zip(self.inputs, self._readers):
            name = column["column"]
            if rows and not any(name in row for row in rows):
                raise ValueError(f"no row has the column {name!r}; row 1 has {list(rows[0])!r}")
            cells = []
            for number, row in enumerate(rows, 1):
                cell = row.get(name)
                try:
                    cells.append([read(cell.item() if hasattr(cell, "item") else cell)])
                except (TypeError, ValueError) as error:
                    raise ValueError(f"row {number}, column {name!r}: {error}") from error
            kind = object if "levels" in column else np.float64
            feeds[column["name"]] = np.array(cells, kind).reshape(len(rows), 1)
        return self.session.run(names, feeds)


def reader_of(column):
    """What makes of a cell what the graph takes."""
    if "levels" in column:
        levels = column["levels"]
        find = level_finder(levels)

        def text(cell):
            if is_missing(cell):
                return ""
            if isinstance(cell, bool) and column["kind"] == "boolean":
                return levels[0 if cell else 1]
            place = find(cell)
            return levels[place] if place >= 0 else str(cell)

        return text
    read = read_days if column["kind"] == "date" else read_number
    return lambda cell: math.nan if is_missing(cell) else read(cell)
