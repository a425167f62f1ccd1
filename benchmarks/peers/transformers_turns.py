"""What transformers takes for a model's shapes on this machine: an image, a prompt, tokens of 1 and of 16 answers, whole answers, six tasks.

python transformers_turns.py FOLDER bfloat16|float32 [THREADS]

FOLDER is one of `./sextant model random`: its shapes are read, its weights are not, for times do not depend on them. Measures once for each line of its
input, which says how many positions and tokens Sextant took:

{"prompt": 301, "answers": [{"positions": 281, "tokens": 12}], "six": {"positions": [283, 281, 281, 281, 283, 284], "shared": 266}}

Nothing is computed twice that need not be: tokens go step by step with a cache, several answers in one batch, and what six tasks about one image have in
common goes through both models once. Needs `pip install torch==2.13.0 transformers==5.18.0 pillow numpy`.
"""

import json
import os
import pathlib
import re
import sys
import time

import numpy
import torch
from PIL import Image
from transformers import Blip2VisionConfig, Blip2VisionModel, LlamaConfig, LlamaForCausalLM

TOKENS, SEQUENCES, SIDE = 24, 16, 64


class Stopwatch:
    """Seconds since it was last asked."""

    def __init__(self):
        self.start = time.perf_counter()

    def lap(self):
        start, self.start = self.start, time.perf_counter()
        return self.start - start


class Model:
    """The image encoder, the projector and the decoder."""

    def __init__(self, folder, dtype):
        shapes = json.loads((folder / "sextant.json").read_text())
        vision = shapes["vision"]
        self.dtype, self.image_size, self.visual_tokens = dtype, shapes["image_size"], shapes["visual_tokens"]
        blip = Blip2VisionConfig(
            image_size=self.image_size,
            patch_size=shapes["patch_size"],
            hidden_size=vision["width"],
            num_hidden_layers=vision["blocks_used"],
            num_attention_heads=vision["heads"],
            intermediate_size=vision["mlp_hidden"],
            layer_norm_eps=vision["layer_norm_eps"],
            initializer_range=0.02,
            attn_implementation="sdpa",
        )
        llama = LlamaConfig.from_pretrained(folder / shapes["files"]["llama"], attn_implementation="sdpa")
        torch.set_default_dtype(dtype)
        self.encoder = Blip2VisionModel(blip).eval()
        self.projector = torch.nn.Linear(shapes["patches_per_visual_token"] * vision["width"], llama.hidden_size)
        self.decoder = LlamaForCausalLM(llama).eval()

    def image(self):
        """An image nobody has asked about, as the decoder sees it: (1, visual tokens, hidden)."""
        rgb = numpy.random.randint(0, 256, (SIDE, SIDE, 3), dtype=numpy.uint8)
        large = Image.fromarray(rgb).resize((self.image_size, self.image_size), Image.Resampling.BICUBIC)
        pixels = torch.from_numpy(numpy.array(large)).permute(2, 0, 1)[None].to(self.dtype) / 127.5 - 1
        patches = self.encoder(pixel_values=pixels).last_hidden_state[:, 1:]
        return self.projector(patches.reshape(1, self.visual_tokens, -1))

    def text(self, positions):
        """So many positions of a text that means nothing: (1, positions, hidden)."""
        return self.decoder.get_input_embeddings()(torch.randint(3, self.decoder.config.vocab_size, (1, positions)))

    def prompt(self, image, positions):
        """An image with the text around it: (1, positions, hidden)."""
        return torch.cat([self.text(4), image, self.text(positions - self.visual_tokens - 4)], dim=1)

    def read(self, embeddings):
        """The token after each row, and the cache."""
        out = self.decoder(inputs_embeds=embeddings, logits_to_keep=1)
        return out.logits.argmax(-1), out.past_key_values

    def write(self, token, cache, steps):
        """So many more tokens of each row."""
        for _ in range(steps):
            token = self.decoder(input_ids=token, past_key_values=cache).logits.argmax(-1)

    def answer(self, positions, tokens):
        """From an image to so many tokens."""
        token, cache = self.read(self.prompt(self.image(), positions))
        self.write(token, cache, tokens - 1)

    def six_together(self, positions, shared):
        """A token for each prompt about one image; the beginnings have so many positions in common."""
        _, cache = self.read(self.prompt(self.image(), shared))
        cache.batch_repeat_interleave(len(positions))
        ends = torch.tensor(positions) - shared - 1
        rest = self.text(len(positions) * (int(ends.max()) + 1)).reshape(len(positions), -1, self.decoder.config.hidden_size)
        hidden = self.decoder.model(inputs_embeds=rest, past_key_values=cache).last_hidden_state
        self.decoder.lm_head(hidden[torch.arange(len(positions)), ends]).argmax(-1)


def turn(model, asked):
    watch = Stopwatch()
    image = model.image()
    encode = watch.lap()
    token, cache = model.read(model.prompt(image, asked["prompt"]))
    prefill = watch.lap()
    model.write(token, cache, TOKENS)
    result = {"image": encode, "prompt": prefill, "token": watch.lap() / TOKENS}
    # At the beginning of a context, as in llama.mjs; Sextant's answers have a prompt and an image before them.
    token, cache = model.read(model.text(SEQUENCES).transpose(0, 1))
    watch.lap()
    model.write(token, cache, TOKENS)
    result["together"] = SEQUENCES * TOKENS / watch.lap()
    result["answers"] = []
    for answer in asked.get("answers", []):
        watch.lap()
        model.answer(answer["positions"], answer["tokens"])
        result["answers"].append(watch.lap())
    if "six" in asked:
        six = asked["six"]
        watch.lap()
        model.six_together(six["positions"], six["shared"])
        result["six"] = {"together": watch.lap()}
        for positions in six["positions"]:
            model.answer(positions, 1)
        result["six"]["separate"] = watch.lap()
    result["largest"] = re.search("VmHWM.*", pathlib.Path("/proc/self/status").read_text())[0]
    return result


def main(folder, dtype, threads=len(os.sched_getaffinity(0))):
    torch.set_num_threads(int(threads))
    watch = Stopwatch()
    with torch.inference_mode():
        model = Model(pathlib.Path(folder), getattr(torch, dtype))
        print(json.dumps({"transformers": dtype, "threads": torch.get_num_threads(), "load": watch.lap()}), flush=True)
        for line in sys.stdin:
            print(json.dumps(turn(model, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
