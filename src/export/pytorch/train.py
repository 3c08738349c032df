@USAGE@
import json
import math

import torch
from torch import nn
from torch.nn import functional as F

from model import ACTIVATIONS, CLASSES, OUTPUTS, features, is_missing, level_finder, read_number, records

# Of each member: what it was trained with, and how each of its tensors is trained.
SETTINGS = json.loads(
    r"""
@SETTINGS@
"""
)


def targets(rows):
    """[row, output] as the network learns them, for rows that have the target columns."""
    rows = records(rows)
    if CLASSES:
        find = level_finder(CLASSES)
        places = torch.tensor([find(row[OUTPUTS[0]["column"]]) for row in rows])
        if (places < 0).any():
            raise ValueError(f"row {int((places < 0).nonzero()[0]) + 1}: no class of {CLASSES}")
        return places.float().reshape(-1, 1) if len(CLASSES) == 2 else F.one_hot(places, len(CLASSES)).float()

    def scaled(output, cell):
        value = read_number(cell)
        return ((math.log1p(value) if output["log"] else value) - output["offset"]) / output["scale"]

    return torch.tensor([[scaled(output, row[output["column"]]) for output in OUTPUTS] for row in rows])


def data_of(rows):
    """Features and targets of the rows that have an answer."""
    known = [row for row in records(rows) if not any(is_missing(row.get(output["column"])) for output in OUTPUTS)]
    return features(known), targets(known)


def loss_of(name, network, x, goal):
    """The mean loss of a batch."""
    if name == "perceptron":
        # The rule of a step unit: its gradient at the weighted sum is prediction - target.
        z = network.sums(x)
        error = ACTIVATIONS["step"](z.detach()) - goal
        rule = (error * z).sum() / len(x)
        return rule - rule.detach() + (error**2).sum() / 2 / len(x)
    y = network(x)
    if name == "softmax_cross_entropy":
        return -(goal * F.log_softmax(y, 1)).sum() / len(x)
    if name == "half_mse":
        return F.mse_loss(y, goal) / 2
    losses = {
        "mse": F.mse_loss,
        "mae": F.l1_loss,
        "huber": F.smooth_l1_loss,
        "binary_cross_entropy": F.binary_cross_entropy_with_logits,
    }
    if name in losses:
        return losses[name](y, goal)
    raise ValueError(f"this program has no loss {name!r}; choose another in SETTINGS, or write it in loss_of")


def smoothed(goal, loss, share):
    classes = goal.shape[1] if loss == "softmax_cross_entropy" else 2
    return (1 - share) * goal + share / classes


def factor_of(schedule, epochs, steps_per_epoch, step):
    """On the learning rate, in a step counted from 0."""
    kind = schedule["kind"]
    warmup = math.floor(schedule.get("warmup", 0) * steps_per_epoch + 0.5)
    if step < warmup:
        return (step + 1) / warmup
    left = max(1, epochs * steps_per_epoch - warmup)
    flat = math.floor(schedule.get("flat", 0) * left + 0.5)
    at = step - warmup - flat
    if kind == "step":
        return schedule["factor"] ** (at // (schedule["every"] * steps_per_epoch))
    if kind == "exponential":
        return schedule["factor"] ** (at // steps_per_epoch)
    if at < 0 or kind in ("constant", "reduce_on_plateau"):
        return 1
    progress = min(at / max(1, left - flat), 1)
    if kind == "coslog4":
        return (1 - math.cos(2 * math.pi * math.log2(1 + 15 * progress))) / 2
    if kind == "linear":
        return 1 - (1 - schedule["final"]) * progress
    if kind in ("cosine", "flat_cosine"):
        return schedule["final"] + (1 - schedule["final"]) * (1 + math.cos(math.pi * progress)) / 2
    raise ValueError(f"this program has no schedule {kind!r}; choose another in SETTINGS, or write it in factor_of")


def optimizer_of(settings, groups):
    """Weight decay is done apart from it, since every optimizer of Perceptron Lab has it decoupled from the gradient."""
    kind, rate, momentum = settings["kind"], settings["learning_rate"], settings.get("momentum", 0)
    if kind == "sgd":
        return torch.optim.SGD(groups, lr=rate, momentum=momentum, nesterov=settings["nesterov"] and momentum > 0)
    if kind == "rmsprop":
        return torch.optim.RMSprop(groups, lr=rate, alpha=settings["alpha"], eps=settings["epsilon"], momentum=momentum)
    if kind in ("adam", "adamw"):
        return torch.optim.Adam(groups, lr=rate, betas=tuple(settings["betas"]), eps=settings["epsilon"])
    raise ValueError(f"this program has no optimizer {kind!r}; choose another in SETTINGS, or write it in optimizer_of")


def train_member(network, settings, train, validation, epochs, report):
    x, goal = train
    training, loss = settings["training"], settings["loss"]
    early, plateau, schedule = training["early_stopping"], training.get("loss_plateau"), training["schedule"]
    rate, decay = training["optimizer"]["learning_rate"], training["optimizer"]["weight_decay"]
    batch_size = min(training["batch_size"], len(x))
    steps_per_epoch = math.ceil(len(x) / batch_size)
    network.dropout = settings["dropout"]
    groups = []
    for name, tensor in network.named_parameters():
        how = settings["tensors"][name]
        tensor.requires_grad_(how["trainable"])
        if how["trainable"]:
            groups.append({"params": [tensor], **how})
    parameters = [group["params"][0] for group in groups]
    optimizer = optimizer_of(training["optimizer"], groups)
    smoothing = training["label_smoothing"]
    learned = smoothed(goal, loss, smoothing) if smoothing > 0 else goal
    generator = torch.Generator().manual_seed(training["seed"])
    history, best, plateau_since, kept, step = [], 0, 0, None, 0

    for epoch in range(epochs or training["epochs"]):
        network.train()
        order = torch.randperm(len(x), generator=generator) if training["shuffle"] else torch.arange(len(x))
        total = 0.0
        for batch in order.split(batch_size):
            factor = factor_of(schedule, epochs or training["epochs"], steps_per_epoch, step)
            step += 1
            optimizer.zero_grad()
            batch_loss = loss_of(loss, network, x[batch], learned[batch])
            batch_loss.backward()
            total += float(batch_loss) * len(batch)
            if training.get("clip_norm"):
                nn.utils.clip_grad_norm_(parameters, training["clip_norm"])
            with torch.no_grad():
                for group in optimizer.param_groups:
                    group["lr"] = rate * factor * group["learning_rate_scale"]
                    if group["regularized"]:
                        (weight,) = group["params"]
                        weight.grad += training["l2"] * weight + training["l1"] * weight.sign()
                        weight -= group["lr"] * decay * weight
            optimizer.step()
        network.eval()
        with torch.no_grad():
            validation_loss = float(loss_of(loss, network, *validation)) if validation else None
        losses = {"train": total / len(x), "validation": validation_loss}
        history.append(losses)
        report(epoch + 1, losses)
        by_training = validation is None or (early and early["monitor"] == "train_loss")
        monitored = [one["train" if by_training else "validation"] for one in history]
        if not math.isfinite(monitored[-1]):
            raise ArithmeticError(f"training diverged in epoch {epoch + 1}; a smaller learning rate may help")
        if epoch == 0 or monitored[-1] < monitored[best] - (early["min_delta"] if early else 0):
            best = epoch
            kept = {name: tensor.clone() for name, tensor in network.state_dict().items()}
        if schedule["kind"] == "reduce_on_plateau":
            plateau_since = max(plateau_since, best, math.ceil(schedule["warmup"]))
            if epoch - plateau_since >= schedule["plateau"]:
                plateau_since, rate = epoch, rate * schedule["factor"]
        if early and epoch - best >= early["patience"]:
            break
        if plateau and epoch > 0 and abs(history[-1]["train"] - history[-2]["train"]) <= plateau["tolerance"]:
            break
    if early and early["restore_best"] and kept:
        network.load_state_dict(kept)
    return history


def train(model, rows, validation=None, epochs=None, report=lambda epoch, losses: print(epoch, losses)):
    """
    Goes on training every member from the parameters it has, on a list of dictionaries or a DataFrame with the target.
    Returns the losses of each epoch, for each member. The temperature and the widths of intervals stay as they were.
    """
    model.train()
    known = data_of(rows)
    held_out = data_of(validation) if validation is not None else None
    histories = [
        train_member(network, settings, known, held_out, epochs, report)
        for network, settings in zip(model.members, SETTINGS)
    ]
    model.eval()
    return histories
