"""The network: a MiniLM-L6 trunk over a window of sentences, and small heads that say everything about its words.

Input:  `pieces`, `shapes`, `mask` [B,T], `first` [B,W] (see models/CONTRACT.md). Output: a dict of logits for each word.
Limits: windows of at most 256 pieces.
"""
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from windows import POSITIONS

STATE, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
ARC, RELATION = 256, 128


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(STATE, STATE) for _ in range(4))
        self.up, self.down = nn.Linear(STATE, INNER), nn.Linear(INNER, STATE)
        self.norm1, self.norm2 = nn.LayerNorm(STATE, eps=1e-12), nn.LayerNorm(STATE, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, bias):
        B, T, _ = x.shape
        split = lambda y: y.view(B, T, ATTENTION_HEADS, -1).transpose(1, 2)
        parts = (split(part(x)) for part in (self.query, self.key, self.value))
        context = F.scaled_dot_product_attention(*parts, attn_mask=bias.to(x.dtype))
        x = self.norm1(x + self.drop(self.out(context.transpose(1, 2).reshape(B, T, STATE))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Trunk(nn.Module):
    def __init__(self, n_pieces, n_shapes):
        super().__init__()
        self.pieces, self.positions = nn.Embedding(n_pieces, STATE), nn.Embedding(POSITIONS, STATE)
        self.shapes = nn.Embedding(n_shapes, STATE) if n_shapes else None
        self.norm = nn.LayerNorm(STATE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        if n_shapes:
            nn.init.zeros_(self.shapes.weight)

    def forward(self, pieces, shapes, mask):
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        if self.shapes is not None:
            x = x + self.shapes(shapes)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @torch.no_grad()
    def load(self, path, keep=slice(None)):
        """MiniLM's weights; `keep` picks the rows of the word pieces that stay. The token-type row, a constant, joins the positions."""
        weights = {k.split("bert.")[-1]: v.float() for k, v in load_file(path).items()}
        take = lambda module, key: (module.weight.copy_(weights[key + ".weight"]), module.bias.copy_(weights[key + ".bias"]))
        table = lambda name: weights[f"embeddings.{name}_embeddings.weight"]
        self.pieces.weight.copy_(table("word")[keep])
        self.positions.weight.copy_(table("position")[:POSITIONS] + table("token_type")[0])
        take(self.norm, "embeddings.LayerNorm")
        names = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
                 "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
                 "down": "output.dense", "norm2": "output.LayerNorm"}
        for i, layer in enumerate(self.layers):
            for ours, theirs in names.items():
                take(getattr(layer, ours), f"encoder.layer.{i}.{theirs}")
        return self


class Network(nn.Module):
    def __init__(self, n_pieces, n_shapes, sizes):
        """`sizes`: how many labels `upos`, `xpos`, `lemma`, `names`, `kinds` and `deprels` have."""
        super().__init__()
        self.trunk = Trunk(n_pieces, n_shapes)
        self.upos, self.xpos, self.lemma, self.names, self.kinds = (
            nn.Linear(STATE, sizes[k]) for k in ("upos", "xpos", "lemma", "names", "kinds"))
        self.ends, self.similarity = nn.Linear(STATE, 1), nn.Linear(STATE, STATE)
        self.arc_dependent, self.arc_head = nn.Linear(STATE, ARC), nn.Linear(STATE, ARC)
        self.dependent, self.head = nn.Linear(STATE, RELATION), nn.Linear(STATE, RELATION)
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.arc_prior = nn.Parameter(torch.zeros(ARC))
        self.pair = nn.Parameter(torch.randn(RELATION, sizes["deprels"] * RELATION) * 0.02)
        self.pair_dependent, self.pair_head = nn.Linear(RELATION, sizes["deprels"]), nn.Linear(RELATION, sizes["deprels"], bias=False)
        self.drop = nn.Dropout(0.2)
        with torch.no_grad():
            self.similarity.weight.copy_(torch.eye(STATE))
            self.similarity.bias.zero_()

    def forward(self, pieces, shapes, mask, first):
        states = self.trunk(pieces, shapes, mask)
        raw = torch.gather(states, 1, first[..., None].expand(-1, -1, STATE))
        words = self.drop(raw)
        dependent, head = F.gelu(self.arc_dependent(words)), F.gelu(self.arc_head(words))
        return {
            "upos": self.upos(words), "xpos": self.xpos(words), "lemma": self.lemma(words), "ends": self.ends(words)[..., 0],
            "names": self.names(words), "kinds": self.kinds(words),
            "arcs": (dependent @ self.arc + self.arc_prior) @ head.transpose(1, 2),
            "dependents": F.gelu(self.dependent(words)), "heads": F.gelu(self.head(words)), "similarity": self.similarity(raw),
        }

    def relations(self, dependent, head):
        """[M,K], [M,K] → [M,R]."""
        M = dependent.shape[0]
        pairs = (dependent @ self.pair).view(M, -1, RELATION) @ head[..., None]
        return pairs[..., 0] + self.pair_dependent(dependent) + self.pair_head(head)


def minilm_sentences(trunk, encodings, batch=64):
    """The original MiniLM's sentence embeddings (mean of all pieces, normalised) of lists of piece ids, for teaching `similarity`."""
    out = torch.zeros(len(encodings), STATE)
    order = sorted(range(len(encodings)), key=lambda i: len(encodings[i]))
    trunk.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), batch):
            rows = order[at:at + batch]
            T = max(len(encodings[i]) for i in rows)
            pieces = torch.tensor([encodings[i] + [0] * (T - len(encodings[i])) for i in rows])
            mask = (torch.arange(T) < torch.tensor([[len(encodings[i])] for i in rows])).float()
            states = trunk(pieces, None, mask).float()
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            out[rows] = F.normalize(mean, dim=-1)
    return out
