"""A toy Chinese-English model, trained by the tests: a Transformer of one layer, in numpy.

It knows the few dozen invented sentences of its fixture and nothing else. It is a real CTranslate2
model all the same, in a real package, so that the real engine can be driven from end to end.
"""

import io
import json
import math
import os

import numpy as np

DEPTH, HIDDEN, HEADS, POSITIONS = 48, 96, 4, 512
STEPS, RATE, SMOOTHING = 200, 0.004, 0.1


class Node:
    """A value of the computation, and how its gradient goes to what it was made of."""

    def __init__(self, value, parents=(), back=None):
        self.value, self.parents, self.back, self.grad = value, parents, back, None

    def add_grad(self, grad):
        extra = grad.ndim - self.value.ndim
        grad = grad.sum(axis=tuple(range(extra))) if extra else grad
        stretched = [i for i, n in enumerate(self.value.shape) if n == 1 != grad.shape[i]]
        grad = grad.sum(axis=tuple(stretched), keepdims=True) if stretched else grad
        self.grad = grad if self.grad is None else self.grad + grad


def backward(node):
    order, seen = [], set()

    def visit(n):
        if id(n) not in seen:
            seen.add(id(n))
            for parent in n.parents:
                visit(parent)
            order.append(n)

    visit(node)
    node.grad = np.ones_like(node.value)
    for n in reversed(order):
        if n.back and n.grad is not None:
            for parent, grad in zip(n.parents, n.back(n.grad), strict=True):
                parent.add_grad(grad)


def add(a, b):
    return Node(a.value + b.value, (a, b), lambda g: (g, g))


def linear(x, w, b):
    """x @ w.T + b, with the weights as CTranslate2 stores them."""
    flat = x.value.reshape(-1, x.value.shape[-1])

    def back(g):
        rows = g.reshape(-1, g.shape[-1])
        return g @ w.value, rows.T @ flat, rows.sum(0)

    return Node(x.value @ w.value.T + b.value, (x, w, b), back)


def relu(x):
    return Node(np.maximum(x.value, 0), (x,), lambda g: (g * (x.value > 0),))


def norm(x, gamma, beta):
    mean = x.value.mean(-1, keepdims=True)
    scale = 1 / np.sqrt(x.value.var(-1, keepdims=True) + 1e-5)
    y = (x.value - mean) * scale

    def back(g):
        h = g * gamma.value
        grad = (h - h.mean(-1, keepdims=True) - y * (h * y).mean(-1, keepdims=True)) * scale
        axes = tuple(range(g.ndim - 1))
        return grad, (g * y).sum(axes), g.sum(axes)

    return Node(y * gamma.value + beta.value, (x, gamma, beta), back)


def embed(table, ids):
    def back(g):
        grad = np.zeros_like(table.value)
        np.add.at(grad, ids, g)
        return (grad,)

    return Node(table.value[ids], (table,), back)


def heads(x, part, parts):
    """One of the `parts` equal parts of the last axis, split into heads."""
    batch, length, width = x.value.shape
    size = width // parts
    place = slice(part * size, (part + 1) * size)
    value = x.value[..., place].reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)

    def back(g):
        grad = np.zeros_like(x.value)
        grad[..., place] = g.transpose(0, 2, 1, 3).reshape(batch, length, size)
        return (grad,)

    return Node(value, (x,), back)


def attend(q, k, v, mask):
    """Scaled dot-product attention; the heads come out side by side."""
    scale = 1 / math.sqrt(q.value.shape[-1])
    scores = q.value @ k.value.swapaxes(-1, -2) * scale + mask
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    out = weights @ v.value
    batch, n, length, size = out.shape

    def back(g):
        g = g.reshape(batch, length, n, size).transpose(0, 2, 1, 3)
        gw = g @ v.value.swapaxes(-1, -2)
        gs = weights * (gw - (gw * weights).sum(-1, keepdims=True)) * scale
        return gs @ k.value, gs.swapaxes(-1, -2) @ q.value, weights.swapaxes(-1, -2) @ g

    return Node(out.transpose(0, 2, 1, 3).reshape(batch, length, -1), (q, k, v), back)


def loss_of(logits, wanted, weight):
    shifted = logits.value - logits.value.max(-1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    goal = np.full_like(logp, SMOOTHING / logp.shape[-1])
    np.put_along_axis(goal, wanted[..., None], 1 - SMOOTHING, -1)
    total = weight.sum()

    def back(g):
        return (g * (np.exp(logp) - goal) * weight[..., None] / total,)

    return Node(-((goal * logp).sum(-1) * weight).sum() / total, (logits,), back)


def parameters(size, rng):
    """The weights of the model, by the names that CTranslate2's specification has for them."""
    p = {}

    def weight(name, rows, columns):
        bound = math.sqrt(6 / (rows + columns))
        p[f"{name}/weight"] = Node(rng.uniform(-bound, bound, (rows, columns)).astype("f4"))
        p[f"{name}/bias"] = Node(np.zeros(rows, "f4"))

    def normed(name):
        p[f"{name}/gamma"], p[f"{name}/beta"] = (
            Node(np.ones(DEPTH, "f4")),
            Node(np.zeros(DEPTH, "f4")),
        )

    for side, attentions in (("encoder", ["self_attention"]),
                             ("decoder", ["self_attention", "attention"])):  # fmt: skip
        p[f"{side}/embeddings"] = Node(rng.normal(0, 0.3, (size, DEPTH)).astype("f4"))
        for name in attentions:
            fused = name == "self_attention"
            shapes = [3 * DEPTH, DEPTH] if fused else [DEPTH, 2 * DEPTH, DEPTH]
            for n, rows in enumerate(shapes):
                weight(f"{side}/{name}/{n}", rows, DEPTH)
            normed(f"{side}/{name}")
        weight(f"{side}/ffn/0", HIDDEN, DEPTH)
        weight(f"{side}/ffn/1", DEPTH, HIDDEN)
        normed(f"{side}/ffn")
        normed(side)
    weight("decoder/projection", size, DEPTH)
    return p


def positions():
    angle = np.arange(POSITIONS)[:, None] / 10000 ** (np.arange(0, DEPTH, 2) / DEPTH)
    return np.concatenate([np.sin(angle), np.cos(angle)], 1).astype("f4") * 0.3


def logits_of(p, source, target, pad):
    def dense(name, x):
        return linear(x, p[f"{name}/weight"], p[f"{name}/bias"])

    def normed(name, x):
        return norm(x, p[f"{name}/gamma"], p[f"{name}/beta"])

    def start(side, ids):
        places = Node(positions()[: ids.shape[1]])
        return add(embed(p[f"{side}/embeddings"], ids), places)

    def self_attention(side, x, mask):
        qkv = dense(f"{side}/self_attention/0", normed(f"{side}/self_attention", x))
        mixed = attend(heads(qkv, 0, 3), heads(qkv, 1, 3), heads(qkv, 2, 3), mask)
        return add(x, dense(f"{side}/self_attention/1", mixed))

    def feed_forward(side, x):
        inner = relu(dense(f"{side}/ffn/0", normed(f"{side}/ffn", x)))
        return add(x, dense(f"{side}/ffn/1", inner))

    hidden = np.where(source == pad, -1e9, 0).astype("f4")[:, None, None, :]
    x = self_attention("encoder", start("encoder", source), hidden)
    memory = normed("encoder", feed_forward("encoder", x))
    length = target.shape[1]
    later = np.triu(np.full((length, length), -1e9, "f4"), 1)
    y = self_attention("decoder", start("decoder", target), later)
    q = dense("decoder/attention/0", normed("decoder/attention", y))
    kv = dense("decoder/attention/1", memory)
    mixed = attend(heads(q, 0, 1), heads(kv, 0, 2), heads(kv, 1, 2), hidden)
    y = feed_forward("decoder", add(y, dense("decoder/attention/2", mixed)))
    return dense("decoder/projection", normed("decoder", y))


def padded(rows, pad):
    width = max(map(len, rows))
    return np.array([row + [pad] * (width - len(row)) for row in rows])


def train(sources, targets, size, bos, eos, pad):
    """Return weights that know these sentences by heart (Adam; Kingma and Ba, 2015)."""
    p = parameters(size, np.random.default_rng(1))
    source = padded(sources, pad)
    given = padded([[bos, *t] for t in targets], pad)
    wanted = padded([[*t, eos] for t in targets], pad)
    weight = (wanted != pad).astype("f4")
    first = {k: np.zeros_like(n.value) for k, n in p.items()}
    second = {k: np.zeros_like(n.value) for k, n in p.items()}
    loss = None
    for step in range(1, STEPS + 1):
        for node in p.values():
            node.grad = None
        loss = loss_of(logits_of(p, source, given, pad), wanted, weight)
        backward(loss)
        for k, node in p.items():
            first[k] = 0.9 * first[k] + 0.1 * node.grad
            second[k] = 0.98 * second[k] + 0.02 * node.grad**2
            change = first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.98**step)) + 1e-8)
            node.value = (node.value - RATE * change).astype("f4")
    return {k: n.value for k, n in p.items()}, float(loss.value)


def save(weights, vocabulary, folder):
    """Write the weights as a CTranslate2 model."""
    from ctranslate2.specs import TransformerSpec

    spec = TransformerSpec.from_config(1, HEADS)

    def fill(target, name):
        target.weight, target.bias = weights[f"{name}/weight"], weights[f"{name}/bias"]

    def fill_norm(target, name):
        target.gamma, target.beta = weights[f"{name}/gamma"], weights[f"{name}/beta"]

    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.scale_embeddings = False
        table = part.embeddings[0] if side == "encoder" else part.embeddings
        table.weight = weights[f"{side}/embeddings"]
        part.position_encodings.encodings = positions()
        fill_norm(part.layer_norm, side)
        layer = part.layer[0]
        for name in ("self_attention", "attention") if side == "decoder" else ("self_attention",):
            block = getattr(layer, name)
            fill_norm(block.layer_norm, f"{side}/{name}")
            for n, target in enumerate(block.linear):
                fill(target, f"{side}/{name}/{n}")
        fill_norm(layer.ffn.layer_norm, f"{side}/ffn")
        fill(layer.ffn.linear_0, f"{side}/ffn/0")
        fill(layer.ffn.linear_1, f"{side}/ffn/1")
    fill(spec.decoder.projection, "decoder/projection")
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize()
    os.makedirs(folder, exist_ok=True)
    spec.save(folder)


def build_package(folder, pairs):
    """Train on the pairs and write an unpacked zh-en package with a SentencePiece tokenizer."""
    import sentencepiece

    stream = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in pairs for text in pair]), model_writer=stream,
        vocab_size=300, hard_vocab_limit=False, character_coverage=1.0, minloglevel=2,
        num_threads=1, pad_id=3,
    )  # fmt: skip
    pieces = sentencepiece.SentencePieceProcessor(model_proto=stream.getvalue())
    path = os.path.join(folder, "translate-zh_en-0_1")
    vocabulary = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    tokens = [[pieces.encode(text, out_type=str) for text in pair] for pair in pairs]
    write_package(path, tokens, vocabulary, "zh", "en", "sentencepiece.model", stream.getvalue())


def build_bpe_package(folder, pairs):
    """The same the other way round, with a tokenizer of the older kind, Moses and BPE."""
    from argostranslate.tokenizer import BPETokenizer

    path = os.path.join(folder, "translate-en_xx-0_1")
    os.makedirs(path)
    codes = b"#version: 0.2\nt h\nth e</w>\n"
    with open(os.path.join(path, "bpe.model"), "wb") as out:
        out.write(codes)
    tokenizer = BPETokenizer(os.path.join(path, "bpe.model"), "en", "en")
    tokens = [[tokenizer.encode(text) for text in (b.lower(), b.upper())] for _, b in pairs]
    known = sorted({token for pair in tokens for text in pair for token in text})
    vocabulary = ["<unk>", "<s>", "</s>", "<pad>", *known]
    write_package(path, tokens, vocabulary, "en", "xx", "bpe.model", codes)


def write_package(path, tokens, vocabulary, source, target, tokenizer, data):
    """Train on the tokens of pairs and write the package's files."""
    ids = {token: n for n, token in enumerate(vocabulary)}
    numbers = [[[ids.get(t, 0) for t in text] for text in pair] for pair in tokens]
    weights, _ = train(
        [a for a, _ in numbers], [b for _, b in numbers], len(vocabulary),
        ids["<s>"], ids["</s>"], ids["<pad>"],
    )  # fmt: skip
    save(weights, vocabulary, os.path.join(path, "model"))
    with open(os.path.join(path, tokenizer), "wb") as out:
        out.write(data)
    metadata = {
        "package_version": "0.1", "argos_version": "1.9", "from_code": source, "to_code": target,
        "from_name": source, "to_name": target, "type": "translate",
    }  # fmt: skip
    with open(os.path.join(path, "metadata.json"), "w", encoding="utf-8") as out:
        json.dump(metadata, out)


def read_pairs(path):
    with open(path, encoding="utf-8") as stream:
        lines = [line.rstrip("\n") for line in stream if not line.startswith("#")]
    return [tuple(line.split("\t")) for line in lines]


if __name__ == "__main__":
    import sys

    build = build_bpe_package if sys.argv[3:] == ["bpe"] else build_package
    build(sys.argv[2], read_pairs(sys.argv[1]))
