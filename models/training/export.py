"""Write the trained networks as ONNX graphs: the encoder in 8-bit whole numbers, the reader as it is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from qualitycheck.judging.inputs import FEATURES
from qualitycheck.models.training.network import WIDTH, Encoder, ReaderNetwork

READ = ["evidence", "reasoned", "faults", "speakers", "statuses"]


def write_encoder(encoder: Encoder, path: Path) -> None:
    """The encoder with 8-bit weights: a quarter of the size, and faster (docs/evaluation.md says what it costs)."""
    encoder.eval()
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2008, 102, 0]])
    mask = (ids > 0).long()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            encoder,
            (ids, mask),
            str(whole),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={"ids": {0: "n", 1: "l"}, "mask": {0: "n", 1: "l"}, "vectors": {0: "n"}},
            dynamo=False,
        )
        fused = Path(folder) / "fused.onnx"
        _fuse(whole, fused)
        quantize_dynamic(
            str(fused),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


def _fuse(whole: Path, fused: Path) -> None:
    from onnxruntime.transformers.optimizer import optimize_model

    optimize_model(str(whole), model_type="bert", num_heads=12, hidden_size=WIDTH).save_model_to_file(str(fused))


def write_reader(network: ReaderNetwork, path: Path) -> None:
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(5, WIDTH), torch.zeros(5, FEATURES), torch.tensor(0)),
        str(path),
        input_names=["vectors", "features", "type"],
        output_names=READ,
        dynamic_axes={name: {0: "sentences"} for name in ["vectors", "features", *READ[:4]]},
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
