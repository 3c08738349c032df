@USAGE@
import json
import math
import re
import unicodedata
from datetime import date, datetime, timezone
from pathlib import Path

import numpy as np
import onnxruntime
