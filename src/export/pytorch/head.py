@USAGE@
import json
import math
import re
import struct
import unicodedata
from bisect import bisect_left, bisect_right
from datetime import date, datetime, timezone
from pathlib import Path
from statistics import NormalDist

import torch
from torch import nn
from torch.nn import functional as F

DESCRIPTION = json.loads(
    r"""
@DESCRIPTION@
"""
)
INPUTS = DESCRIPTION["inputs"]
OUTPUTS = DESCRIPTION["outputs"]
CLASSES = OUTPUTS[0].get("classes")
FILE = Path(__file__).with_name("model.safetensors")
