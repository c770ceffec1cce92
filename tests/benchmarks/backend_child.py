"""Our own backend as ``tukar serve`` runs it, with as many members as asked for: ``… backend_child FOLDER MEMBERS``.

Its first line says where it listens and what its one till says it is: ``http://… TOKEN``.
"""

import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.server.world import a_programme, a_seed
from tukar.domain.points import Points
from tukar.server.backend import Backend, Request
from tukar.server.seed import SeedLot, SeedMember, load_shop
from tukar.server.serve import serve
from tukar.wire.message import read_answer, write
from tukar.wire.shop import WireTillToken

ENOUGH = 1_000_000_000


def main(folder: str, members: str) -> int:
    tokens: list[str] = []

    def prepare(backend: Backend) -> None:
        seed = a_seed(programme=a_programme(otp=None))
        rich = tuple(
            SeedMember(
                f"m-{number}", f"Member {number}", card=f"77{number:08d}", lots=(SeedLot("poin", Points(ENOUGH)),)
            )
            for number in range(int(members))
        )
        load_shop(backend, replace(seed, members=rich))
        public = b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
        body = write({"code": "TILLONE", "public_key": public, "name": "Till"})
        answer = backend.answer(Request("PUT", "/v1/enrolments/dev-1", body, {}, {}))
        tokens.append(read_answer(answer.body, WireTillToken).token)

    def ready(host: str, port: int) -> None:
        print(f"http://{host}:{port} {tokens[0]}", flush=True)

    serve("", "127.0.0.1", 0, data_dir=Path(folder), ready=ready, prepare=prepare, stop_on_stdin_eof=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
