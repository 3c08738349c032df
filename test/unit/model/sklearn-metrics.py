"""Writes sklearn-metrics.json beside it: outputs of networks, and what scikit-learn says of them.

python3 sklearn-metrics.py, with scikit-learn 1.2 or later, then npx biome format --write. Outputs and targets are exact in float32. scikit-learn has no
Brier score of several classes before 1.7 and no expected calibration error: those are worked out here by their formulas.
"""

import json
import pathlib

import numpy as np
from sklearn import metrics

random = np.random.default_rng(15)


def float32(values):
    return np.asarray(values, dtype=np.float32).astype(float)


def probabilities_of(outputs, loss):
    if loss == "softmax_cross_entropy":
        powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)
    shares = 1 / (1 + np.exp(-outputs)) if loss == "binary_cross_entropy" else np.clip(outputs, 0, 1)
    if outputs.shape[1] == 1:
        return np.hstack([1 - shares, shares])
    sums = shares.sum(axis=1, keepdims=True)
    return np.where(sums > 0, shares / np.where(sums > 0, sums, 1), 1 / outputs.shape[1])


def calibration_error(right, confidence, bins=15):
    edges = np.linspace(0, 1, bins + 1)
    error = 0
    for low, high in zip(edges[:-1], edges[1:]):
        own = (confidence > low) & (confidence <= high)
        if own.any():
            error += own.mean() * abs(right[own].mean() - confidence[own].mean())
    return error


def of_classes(name, loss, outputs, actual):
    outputs = float32(outputs)
    actual = np.asarray(actual)
    p = probabilities_of(outputs, loss)
    count = p.shape[1]
    labels = np.arange(count)
    chosen = outputs.argmax(axis=1) if count > 2 else (p[:, 1] > p[:, 0] if loss == "binary_cross_entropy" else outputs[:, 0] >= 0.5)
    chosen = chosen.astype(int)
    one_hot = np.eye(count)[actual]
    macro = {"average": "macro", "zero_division": 0}
    area = (
        metrics.roc_auc_score(actual, p[:, 1])
        if count == 2
        else metrics.roc_auc_score(actual, p, multi_class="ovr", average="macro", labels=labels)
    )
    brier = metrics.brier_score_loss(actual, p[:, 1]) if count == 2 else ((p - one_hot) ** 2).sum(axis=1).mean()
    return {
        "name": name,
        "loss": loss,
        "outputs": outputs.tolist(),
        "actual": actual.tolist(),
        "metrics": {
            "accuracy": metrics.accuracy_score(actual, chosen),
            "balanced_accuracy": metrics.balanced_accuracy_score(actual, chosen),
            "log_loss": metrics.log_loss(actual, p, labels=labels),
            "roc_auc": area,
            "f1": metrics.f1_score(actual, chosen, **macro),
            "weighted_f1": metrics.f1_score(actual, chosen, average="weighted", zero_division=0),
            "precision": metrics.precision_score(actual, chosen, **macro),
            "recall": metrics.recall_score(actual, chosen, **macro),
            "brier_score": brier,
            "expected_calibration_error": calibration_error(chosen == actual, p[np.arange(len(p)), chosen]),
            "confusion": metrics.confusion_matrix(actual, chosen, labels=labels).tolist(),
        },
    }


def of_numbers(name, outputs, targets):
    outputs, targets = float32(outputs), float32(targets)
    return {
        "name": name,
        "outputs": outputs.tolist(),
        "targets": targets.tolist(),
        "metrics": {
            "mse": metrics.mean_squared_error(targets, outputs),
            "rmse": float(np.mean(np.sqrt(((targets - outputs) ** 2).mean(axis=0)))),
            "mae": metrics.mean_absolute_error(targets, outputs),
            "r2": metrics.r2_score(targets, outputs),
        },
    }


def drawn(rows, count, sharpness):
    """Classes, not equally frequent, and outputs that know something of them."""
    actual = np.arange(rows) % count
    rare = random.random(rows) < 0.5
    actual = np.where(rare, 0, actual)
    return sharpness * (np.eye(count)[actual] + random.normal(size=(rows, count))), actual


binary, two = drawn(60, 2, 2)
sure, sure_two = drawn(40, 2, 8)
three, of_three = drawn(90, 3, 1.5)
seven, of_seven = drawn(80, 7, 2.5)
squares, of_squares = drawn(50, 4, 0.5)
never, of_never = drawn(45, 3, 2)
never[:, 2] -= 100 / 7
targets = random.normal(size=(30, 3)) * [1, 10, 0.1] + [0, 50, -2]
# Equal targets: exact in binary, so that scikit-learn's own sums are exact as well.
equal = np.full((8, 1), 2.5)

fixture = {
    "classes": [
        of_classes("two classes, logits", "binary_cross_entropy", binary[:, 1:] - binary[:, :1], two),
        of_classes("two classes, sure of themselves", "binary_cross_entropy", sure[:, 1:] - sure[:, :1], sure_two),
        of_classes("two classes, squared error", "mse", binary[:, 1:] / 4 + 0.4, two),
        of_classes("two classes, outputs of 0 and 1", "perceptron", np.round(binary[:, 1:] > 1), two),
        of_classes("three classes, logits", "softmax_cross_entropy", three, of_three),
        of_classes("three classes, one never answered", "softmax_cross_entropy", never, of_never),
        of_classes("seven classes, logits", "softmax_cross_entropy", seven, of_seven),
        of_classes("seven classes, logits of their own", "binary_cross_entropy", seven, of_seven),
        of_classes("four classes, squared error", "half_mse", squares + 0.2, of_squares),
    ],
    "numbers": [
        of_numbers("one target", targets[:, :1] + random.normal(size=(30, 1)), targets[:, :1]),
        of_numbers("three targets", targets + random.normal(size=(30, 3)) * [0.5, 3, 0.2], targets),
        of_numbers("equal targets that are met", equal, equal),
        of_numbers("equal targets that are not", equal + np.eye(8)[:, :1], equal),
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n")
