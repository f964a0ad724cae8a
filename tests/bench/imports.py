"""Processor time of the setup line of a lesson without widgets against `import pandas`: at most 1.15.

python tests/bench/imports.py [PAIRS]
"""

import resource
import subprocess
import sys
from statistics import median

SETUP = "import pandas\nfrom helpers import load_corpus, read, record"


def cost(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    ratios = [cost(SETUP) / cost("import pandas") for _ in range(pairs)]
    print(f"the setup line / import pandas: median {median(ratios):.3f} of {pairs} pairs")
