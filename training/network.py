"""The network: a transformer trunk over a window of sentences, and small heads that say everything about its words.

Input:  `pieces`, `shapes`, `mask` [B,T], `first` [B,W] (see models/CONTRACT.md); a frozen table has the vectors of pieces.
Output: a dict of logits for each word.
Limits: windows of at most 256 pieces.
"""
from dataclasses import dataclass

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from windows import POSITIONS

STATE, HEAD_WIDTH = 384, 32
ACTIVATION_STEPS, WEIGHT_STEPS = 255, 63          # eight bits; seven, so that no processor's sums overflow


@dataclass(frozen=True)
class Size:
    layers: int
    attention_heads: int
    inner: int
    arc: int
    relation: int
    coreference: int


SIZES = {"accurate": Size(6, 12, 1536, 256, 128, 128), "fast": Size(3, 6, 768, 128, 64, 64)}


class Linear(nn.Linear):
    """A product that can behave as its int8 export does, so that training makes up for the rounding.

    `smooth` evens out the inputs before they are rounded: a few of a transformer's channels are forty times as large as the others
    (Xiao et al. 2023, SmoothQuant, with the inputs' half of its formula).
    """

    rounded = False
    watched = False

    def __init__(self, *sizes, **options):
        super().__init__(*sizes, **options)
        self.register_buffer("smooth", torch.ones(self.in_features))
        self.register_buffer("largest", torch.zeros(self.in_features), persistent=False)

    def forward(self, x):
        if Linear.watched:
            self.largest = torch.maximum(self.largest, x.detach().float().abs().flatten(0, -2).amax(0))
        if Linear.rounded:
            return product(x / self.smooth.to(x.dtype), self.weight.T * self.smooth[:, None], self.bias)
        return super().forward(x)

    def settle(self):
        """Sets `smooth` by what was seen while watched."""
        self.smooth = (self.largest / self.largest.mean().clamp_min(1e-6)).clamp_min(1e-3).sqrt()


def product(x, weight, bias=None):
    """x · weight [in, out] + bias."""
    if Linear.rounded:
        x, weight = rounded_activations(x), rounded_weights(weight, 0)
    return F.linear(x, weight.T, bias)


def rounded_weights(weight, axis):
    """The values that seven-bit codes, one scale a row along the other axis, give back; gradients pass."""
    with torch.no_grad():
        scale = weight.abs().amax(axis, keepdim=True).clamp_min(1e-12) / WEIGHT_STEPS
        difference = (weight / scale).round_().mul_(scale).sub_(weight)
    return weight + difference


def rounded_activations(x):
    """The same for eight bits over the range of all of x, zero included (ONNX's DynamicQuantizeLinear)."""
    with torch.no_grad():
        values = x.float()
        low, high = values.amin().clamp_max(0), values.amax().clamp_min(0)
        scale = ((high - low) / ACTIVATION_STEPS).clamp_min(1e-12)
        zero = (-low / scale).round()
        difference = ((values / scale).round_().add_(zero).clamp_(0, ACTIVATION_STEPS).sub_(zero).mul_(scale)).sub_(values)
    return x + difference.to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self, size):
        super().__init__()
        width = size.attention_heads * HEAD_WIDTH
        self.query, self.key, self.value = Linear(STATE, width), Linear(STATE, width), Linear(STATE, width)
        self.out = Linear(width, STATE)
        self.up, self.down = Linear(STATE, size.inner), Linear(size.inner, STATE)
        self.norm1, self.norm2 = nn.LayerNorm(STATE, eps=1e-12), nn.LayerNorm(STATE, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        B, T, _ = x.shape
        split = lambda y: y.view(B, T, -1, HEAD_WIDTH).transpose(1, 2)
        query, key, value = (split(part(x)) for part in (self.query, self.key, self.value))
        # Written out: on short windows it is much faster than the fused attention, whose backward pass is slow on processors.
        scores = (query * HEAD_WIDTH ** -0.5) @ key.transpose(-1, -2) + bias.to(query.dtype)
        context = torch.softmax(scores, -1).to(value.dtype) @ value
        x = self.norm1(x + self.drop(self.out(context.transpose(1, 2).reshape(B, T, -1))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Trunk(nn.Module):
    def __init__(self, n_shapes, size):
        super().__init__()
        self.positions = nn.Embedding(POSITIONS, STATE)
        self.shapes = nn.Embedding(n_shapes, STATE) if n_shapes else None
        self.norm = nn.LayerNorm(STATE, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.layers))
        self.drop = nn.Dropout(0.1)
        if n_shapes:
            nn.init.zeros_(self.shapes.weight)

    def forward(self, vectors, shapes, mask):
        x = vectors + self.positions.weight[: vectors.shape[1]]
        if self.shapes is not None:
            x = x + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @torch.no_grad()
    def load(self, path):
        """MiniLM's weights. The token-type row, a constant, joins the positions."""
        weights = minilm(path)
        take = lambda module, key: (module.weight.copy_(weights[key + ".weight"]), module.bias.copy_(weights[key + ".bias"]))
        table = lambda name: weights[f"embeddings.{name}_embeddings.weight"]
        self.positions.weight.copy_(table("position")[:POSITIONS] + table("token_type")[0])
        take(self.norm, "embeddings.LayerNorm")
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for i, layer in enumerate(self.layers):
            for ours, theirs in names.items():
                take(getattr(layer, ours), f"encoder.layer.{i}.{theirs}")
        return self


def minilm(path):
    return {k.split("bert.")[-1]: v.float() for k, v in load_file(path).items()}


class Table:
    """The frozen vectors of word pieces, as `words.bin` holds them: int8 codes, one scale a row."""

    def __init__(self, path, keep):
        rows = minilm(path)["embeddings.word_embeddings.weight"][keep]
        self.scales = rows.abs().amax(1) / 127
        self.codes = (rows / self.scales[:, None]).round().to(torch.int8)
        self.rows = self.codes.float() * self.scales[:, None]

    def __call__(self, pieces):
        return self.rows[pieces]

    def write(self, path):
        with open(path, "wb") as file:
            file.write(np.array(self.codes.shape, dtype="<u4").tobytes() + self.scales.numpy().astype("<f4").tobytes() + self.codes.numpy().tobytes())


class Network(nn.Module):
    def __init__(self, table, n_shapes, size, n_labels):
        """`table`: the vectors of word pieces. `n_labels`: how many labels `upos`, `xpos`, `lemma`, `names`, `kinds` and `deprels` have."""
        super().__init__()
        self.table, self.size, R = table, size, size.relation
        self.trunk = Trunk(n_shapes, size)
        self.upos, self.xpos, self.lemma, self.names, self.kinds = (
            Linear(STATE, n_labels[k]) for k in ("upos", "xpos", "lemma", "names", "kinds"))
        self.ends, self.similarity = Linear(STATE, 1), Linear(STATE, STATE)
        self.arc_dependent, self.arc_head = Linear(STATE, size.arc), Linear(STATE, size.arc)
        self.dependent, self.head = Linear(STATE, R), Linear(STATE, R)
        self.arc = nn.Parameter(torch.randn(size.arc, size.arc) * 0.02)
        self.arc_prior = nn.Parameter(torch.zeros(size.arc))
        self.pair = nn.Parameter(torch.randn(R, n_labels["deprels"] * R) * 0.02)
        self.pair_dependent, self.pair_head = Linear(R, n_labels["deprels"]), Linear(R, n_labels["deprels"], bias=False)
        self.anaphor, self.antecedent = Linear(STATE, size.coreference), Linear(STATE, size.coreference)
        self.drop = nn.Dropout(0.2)
        with torch.no_grad():
            self.similarity.weight.copy_(torch.eye(STATE))
            self.similarity.bias.zero_()

    def forward(self, pieces, shapes, mask, first):
        states = self.trunk(self.table(pieces), shapes, mask)
        raw = torch.gather(states, 1, first[..., None].expand(-1, -1, STATE))
        words = self.drop(raw)
        dependent, head = F.gelu(self.arc_dependent(words)), F.gelu(self.arc_head(words))
        return {
            "upos": self.upos(words), "xpos": self.xpos(words), "lemma": self.lemma(words), "ends": self.ends(words)[..., 0],
            "names": self.names(words), "kinds": self.kinds(words),
            "arcs": product(dependent, self.arc, self.arc_prior) @ head.transpose(1, 2),
            "dependents": F.gelu(self.dependent(words)), "heads": F.gelu(self.head(words)),
            "anaphors": self.anaphor(words), "antecedents": self.antecedent(words), "similarity": self.similarity(raw),
        }

    def relations(self, dependent, head):
        """[M,K], [M,K] → [M,R]."""
        pairs = product(dependent, self.pair).view(dependent.shape[0], -1, self.size.relation) @ head[..., None]
        return pairs[..., 0] + self.pair_dependent(dependent) + self.pair_head(head)


def minilm_sentences(path, encodings, batch=64):
    """The original MiniLM's sentence embeddings (mean of all pieces, normalised) of lists of piece ids, for teaching `similarity`."""
    trunk, table = Trunk(0, SIZES["accurate"]).load(path).eval(), minilm(path)["embeddings.word_embeddings.weight"]
    out = torch.zeros(len(encodings), STATE)
    order = sorted(range(len(encodings)), key=lambda i: len(encodings[i]))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), batch):
            rows = order[at:at + batch]
            T = max(len(encodings[i]) for i in rows)
            pieces = torch.tensor([encodings[i] + [0] * (T - len(encodings[i])) for i in rows])
            mask = (torch.arange(T) < torch.tensor([[len(encodings[i])] for i in rows])).float()
            states = trunk(table[pieces], None, mask).float()
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[rows] = F.normalize(mean, dim=-1)
    return out


@torch.no_grad()
def pruned(teacher, student):
    """Starts a smaller network from a larger: every other layer, its weightiest attention heads and inner units; heads as far as sizes agree."""
    step = len(teacher.trunk.layers) // len(student.trunk.layers)
    for name in ("positions", "shapes", "norm"):
        getattr(student.trunk, name).load_state_dict(getattr(teacher.trunk, name).state_dict())
    for i, small in enumerate(student.trunk.layers):
        prune_layer(teacher.trunk.layers[i * step], small, student.size)
    theirs = dict(teacher.named_parameters())
    for name, parameter in student.named_parameters():
        if not name.startswith("trunk.") and theirs[name].shape == parameter.shape:
            parameter.copy_(theirs[name])


def prune_layer(large, small, size):
    rows = lambda weight, keep: weight.view(-1, HEAD_WIDTH, STATE)[keep].reshape(-1, STATE)
    weight = (large.value.weight.view(-1, HEAD_WIDTH * STATE).norm(dim=1) * large.out.weight.T.reshape(-1, HEAD_WIDTH * STATE).norm(dim=1)
              * (large.query.weight.view(-1, HEAD_WIDTH * STATE).norm(dim=1) * large.key.weight.view(-1, HEAD_WIDTH * STATE).norm(dim=1)).sqrt())
    keep = weight.topk(size.attention_heads).indices.sort().values
    for name in ("query", "key", "value"):
        ours, theirs = getattr(small, name), getattr(large, name)
        ours.weight.copy_(rows(theirs.weight, keep))
        ours.bias.copy_(theirs.bias.view(-1, HEAD_WIDTH)[keep].reshape(-1))
    small.out.weight.copy_(rows(large.out.weight.T, keep).T)
    keep = (large.up.weight.norm(dim=1) * large.down.weight.norm(dim=0)).topk(size.inner).indices.sort().values
    small.up.weight.copy_(large.up.weight[keep])
    small.up.bias.copy_(large.up.bias[keep])
    small.down.weight.copy_(large.down.weight[:, keep])
    for name in ("norm1", "norm2"):
        getattr(small, name).load_state_dict(getattr(large, name).state_dict())
    small.out.bias.copy_(large.out.bias)
    small.down.bias.copy_(large.down.bias)
