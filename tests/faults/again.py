"""Write one target forty times, while another process does the same.

python -m tests.faults.again build|answer  FOLDER  WORD  one|two
"""

import sys
from pathlib import Path

from tests.faults.moments import builder
from vietnam_foreign_affairs import atomic, exchange

if __name__ == "__main__":
    task, folder, word, steps = sys.argv[1:]
    if steps == "two":
        exchange._call = lambda: None
    build = builder(Path(folder, "dist"), [word])
    for _ in range(40):
        if task == "build":
            build()
        else:
            atomic.write({Path(folder, "answer.csv"): (word * 5000).encode()})
