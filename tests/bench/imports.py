"""Processor time of `import pandas, helpers` against `import pandas`: `python tests/bench/imports.py [PAIRS]`, at most 1.15."""

import resource
import subprocess
import sys
from statistics import median


def cost(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
ratios = [cost("import pandas, helpers") / cost("import pandas") for _ in range(pairs)]
print(f"import pandas, helpers / import pandas: median {median(ratios):.3f} of {pairs} pairs")
