"""Python imports this by itself when it starts, wherever this folder is on PYTHONPATH.

Every process of a shifted run does so: the tests, the studio they drive, its workers, the making of demo data.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["STUDIO_CLOCK_AHEAD"]), tick=True).start()
