# The network.

ACTIVATIONS = {
    "identity": lambda z: z,
    "step": lambda z: (z > 0).to(z.dtype),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "mish": F.mish,
}


class Scale(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(width))
        self.shift = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        return x * self.scale + self.shift


class Periodic(nn.Module):
    """Cosines of some inputs, then all inputs."""

    def __init__(self, embedded, frequencies):
        super().__init__()
        self.embedded = embedded
        self.frequency = nn.Parameter(torch.zeros(len(embedded), frequencies))
        self.phase = nn.Parameter(torch.zeros(len(embedded), frequencies))

    def forward(self, x):
        angles = 2 * math.pi * self.frequency * x[:, self.embedded].unsqueeze(2) + self.phase
        return torch.cat([torch.cos(angles).flatten(1), x], 1)


def layer_of(layer):
    if layer["kind"] == "scale":
        return Scale(layer["inputs"])
    if layer["kind"] == "periodic":
        return Periodic(layer["embedded"], layer["tensors"]["frequency"][1])
    return nn.Linear(layer["inputs"], layer["outputs"])


class Network(nn.Module):
    """A member; its parameters are called layers.0.weight and so on. `dropout` has a share for each hidden layer."""

    def __init__(self, layers, dropout=()):
        super().__init__()
        self.layers = nn.ModuleList(layer_of(layer) for layer in layers)
        self.activations = [layer["activation"] for layer in layers]
        self.dropout = list(dropout)

    def sums(self, x):
        """What the last activation is of."""
        last = len(self.layers) - 1
        for index in range(last):
            x = ACTIVATIONS[self.activations[index]](self.layers[index](x))
            if self.dropout:
                x = F.dropout(x, self.dropout[index], self.training)
        return self.layers[last](x)

    def forward(self, x):
        return ACTIVATIONS[self.activations[-1]](self.sums(x))


class Model(nn.Module):
    """All members. As a module it takes features and gives outputs in the units of training, logits for classes."""

    def __init__(self, file=FILE):
        super().__init__()
        self.members = nn.ModuleList(Network(member["layers"]) for member in DESCRIPTION["members"])
        self.weights = [member["weight"] for member in DESCRIPTION["members"]]
        self.load(file)
        self.eval()

    def forward(self, x):
        z = torch.stack([network(x) for network in self.members]).double()
        weights = torch.tensor(self.weights, dtype=torch.float64, device=z.device).reshape(-1, 1, 1)
        average = DESCRIPTION["average"]
        if len(self.members) == 1:
            z = z[0]
        elif average == "values":
            z = (weights * z).sum(0)
        elif average == "softmax":
            z = torch.logsumexp(weights.log() + F.log_softmax(z, 2), 0)
        else:
            logs = weights.log()
            z = torch.logsumexp(logs + F.logsigmoid(z), 0) - torch.logsumexp(logs + F.logsigmoid(-z), 0)
        z = z / DESCRIPTION["temperature"]
        limits = [output.get("limits") for output in OUTPUTS]
        if any(limits):
            ends = torch.tensor([own or [-math.inf, math.inf] for own in limits], dtype=torch.float64, device=z.device)
            z = torch.maximum(torch.minimum(z, ends[:, 1]), ends[:, 0])
        return z

    @torch.no_grad()
    def predict(self, rows):
        """[{value, low, high}] or [{class, probabilities}] for a list of dictionaries or a DataFrame."""
        device = next(self.parameters()).device
        return [answer(z) for z in self(features(rows).to(device)).cpu()]

    def load(self, file=FILE):
        tensors, self.header = read_safetensors(file)
        # A single network has no prefix in the file.
        self.prefix = "" if any(name.startswith("members.") for name in tensors) else "members.0."
        self.load_state_dict({self.prefix + name: tensor for name, tensor in tensors.items()})

    def save(self, file):
        """The file with the parameters as they are now, which Perceptron Lab reads too."""
        own = {name[len(self.prefix) :]: tensor for name, tensor in self.state_dict().items()}
        write_safetensors(file, own, self.header)


def answer(z):
    """The answer for the outputs of a row."""
    if CLASSES:
        place, shares = classify(z)
        return {"class": CLASSES[place], "probabilities": dict(zip(CLASSES, shares.tolist()))}
    answers = {output["column"]: number_answer(output, float(value)) for output, value in zip(OUTPUTS, z)}
    return {"targets": answers} if len(answers) > 1 else next(iter(answers.values()))


def classify(z):
    average = DESCRIPTION["average"]
    share = torch.sigmoid(z) if average == "logistic" else z.clamp(0, 1)
    if len(z) == 1:
        rest = torch.sigmoid(-z) if average == "logistic" else 1 - share
        return int(z[0] > 0 if average == "logistic" else z[0] >= 0.5), torch.cat([rest, share])
    if average == "softmax":
        share = torch.softmax(z, 0)
    total = share.sum()
    return int(z.argmax()), share / total if total > 0 else torch.full_like(share, 1 / len(z))


def number_answer(output, z):
    def in_units(value):
        value = value * output["scale"] + output["offset"]
        return math.expm1(value) if output["log"] else value

    half = output.get("half_width")
    ends = {} if half is None else {"low": in_units(z - half), "high": in_units(z + half)}
    return {"value": in_units(z), **ends}


# The file of parameters.


def read_safetensors(file):
    """The tensors by name, and the header."""
    data = Path(file).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, tensor in header.items():
        if name != "__metadata__":
            start, end = (8 + length + offset for offset in tensor["data_offsets"])
            values = struct.unpack(f"<{(end - start) // 4}f", data[start:end])
            tensors[name] = torch.tensor(values).reshape(tensor["shape"])
    return tensors, header


def write_safetensors(file, tensors, header):
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    data = [struct.pack("<Q", len(text)), text]
    for name in header:
        if name != "__metadata__":
            values = tensors[name].detach().cpu().flatten().tolist()
            data.append(struct.pack(f"<{len(values)}f", *values))
    Path(file).write_bytes(b"".join(data))
