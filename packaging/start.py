"""Set up what is missing, then run `tukar` with the arguments given; without any, the demo till."""

import os
import subprocess
import sys

if sys.version_info < (3, 11):
    sys.exit("Tukar needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info))

import environment


def main(arguments: list[str]) -> int:
    """Exit status: that of `tukar`, or 1 when the set-up fails."""
    try:
        here = environment.ensure(environment.RUN, environment.CHECK)
    except environment.SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    command = [str(here.python), "-m", "tukar", *(arguments or ["demo"])]
    if os.name == "posix":
        os.execv(command[0], command)  # signals and the terminal then belong to tukar alone
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
