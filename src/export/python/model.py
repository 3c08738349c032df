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
        self._texts = {column["name"]: text_of(column) for column in self.inputs if "levels" in column}

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
        for column, cells in zip(self.inputs, columns_of(self.inputs, rows)):
            name = column["name"]
            text = self._texts.get(name)
            values = np.array([text(cell) for cell in cells], object) if text else np.array(cells, np.float64)
            feeds[name] = values.reshape(len(rows), 1)
        return self.session.run(names, feeds)


def text_of(column):
    """What makes of a cell the text that the graph takes."""
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
