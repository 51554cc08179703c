# Makes the files of this folder; see README.md.
import collections
import os

import torch

state = collections.OrderedDict()
state["counting.weight"] = torch.arange(6, dtype=torch.float32).reshape(2, 3)
state["bfloat16"] = torch.tensor([0.5, -2.0, 3.0], dtype=torch.bfloat16)
state["half"] = torch.tensor([[0.25], [8.0]], dtype=torch.float16)
state["double"] = torch.tensor(1 / 3, dtype=torch.float64)
state["steps"] = torch.tensor(12345678901, dtype=torch.int64)
state["flags"] = torch.tensor([True, False])
state["empty"] = torch.zeros(0, 4)
whole = torch.arange(20, dtype=torch.float32).reshape(4, 5)
state["part"] = whole[1:3, 2:]  # of a storage with other numbers
state["turned"] = whole.t()  # not contiguous, the same storage
state["parameter"] = torch.nn.Parameter(torch.tensor([7.0]))
state._metadata = {"": {"version": 1}}
torch.save({"state_dict": state, "epoch": 3, "name": "tiny", "rate": 0.5}, "tensors.pth")

torch.manual_seed(1)
d, half, hidden = 32, 16, 64
shapes = {"ln_f.weight": [half]}
for name, out, into in [
    ("proj_in", half, d),
    ("new_token_proj_in", half, d),
    ("proj_out", d, half),
    ("adaLN_modulation", 2 * half, half),
    ("time_embedder.mlp.0", 64, 256),
    ("time_embedder.mlp.2", half, 64),
]:
    shapes[name + ".weight"] = [out, into]
    shapes[name + ".bias"] = [out]
for block in ["cross_attn", "self_attn"]:
    for name, shape in [
        ("attn_norm", [half]),
        ("ff_norm", [half]),
        ("q_proj", [half, half]),
        ("k_proj", [half, half]),
        ("v_proj", [half, half]),
        ("attn_out", [half, half]),
        ("ff_proj", [hidden, half]),
        ("up_proj", [hidden, half]),
        ("ff_out", [half, hidden]),
    ]:
        shapes[f"blocks.0.{block}.{name}.weight"] = shape
weights = collections.OrderedDict()
for name, shape in shapes.items():
    norm = name.endswith("norm.weight") or name == "ln_f.weight"
    weights[name] = (torch.randn(shape) * 0.1 + (1 if norm else 0)).to(torch.bfloat16)
torch.save(weights, "dimoo-shortcut.pth")


class Hostile:
    def __reduce__(self):
        return (os.system, ("touch hostile-was-here",))


torch.save({"weight": Hostile()}, "hostile.pth")
