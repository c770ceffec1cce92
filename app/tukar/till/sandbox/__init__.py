"""The rules sandbox: plays case files through the engine that the till and the server use, and checks rule files.

A case (FORMAT.md) is a small sale with an answer. Nothing here works out a price: the engine does, and these rooms
keep what an engine has no memory for, and compare::

    steps       the steps and expectations of a case: every figure a number, every row known
    case        a case file read strictly: what is unknown makes a case unsupported, what is broken refuses the file
    shop        what outlives a sale: balances in lots, wallets, cards, coupons, uses, the day
    sale        the sale in hand: a Bill and what became of it
    booking     completing, refunding and voiding sales
    player      the steps of a case, one after the other
    figures     every figure a case may expect, read off the engine's outcome
    verdict     expected against got
    report      the lines and the JSON of ``tukar rules try``
    check       ``tukar rules check``: mistakes in a rule file, and rewards that can never apply
    hidden      rules that another one always keeps out
"""

from tukar.till.sandbox.check import check_file
from tukar.till.sandbox.report import try_files

__all__ = ["check_file", "try_files"]
