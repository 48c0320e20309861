"""The two invariants, counted from the events of a journal and held against the register's own views."""

from __future__ import annotations

from collections import Counter

import kezek
from kezek.events import (
    Closed,
    Departed,
    Enrolled,
    ReferralExpired,
    ReferralIssued,
    ReferralRecalled,
    RefusalUpheld,
    Registered,
    TurnCame,
    TurnLapsed,
    TurnMoved,
)


class Broken(AssertionError):
    """An invariant does not hold."""


def check_invariants(register: kezek.Register) -> None:
    """One place, one child: places = waiting + open + referred + filled + gone, and nobody has two live referrals
    or is enrolled twice. A turn has a seat: no more turns for a vacancy than places of it that wait.

    For journals without an operator's corrections.
    """
    children = dict[str, str]()
    turns = dict[str, int]()
    referred = dict[str, int]()
    enrolled = set[str]()
    filled = Counter[int]()
    for event in register.events():
        match event:
            case Registered(application=who, child=child):
                children[who] = child["iin"]
            case TurnCame(application=who, vacancy=vacancy) | TurnMoved(application=who, vacancy=vacancy):
                turns[who] = vacancy
            case TurnLapsed(application=who):
                turns.pop(who)
            case ReferralIssued(application=who, vacancy=vacancy):
                if who in referred:
                    raise Broken(f"event {event.seq}: a second live referral")
                turns.pop(who, None)
                referred[who] = vacancy
            case (
                ReferralRecalled(application=who)
                | ReferralExpired(application=who)
                | RefusalUpheld(application=who)
            ):
                referred.pop(who)
            case Enrolled(application=who):
                if children[who] in enrolled:
                    raise Broken(f"event {event.seq}: enrolled twice")
                enrolled.add(children[who])
                filled[referred.pop(who)] += 1
            case Departed(application=who):
                enrolled.remove(children[who])
            case Closed(application=who):
                turns.pop(who, None)
                referred.pop(who, None)
            case _:
                pass
    if register.now is None:
        return
    held, offered = Counter(referred.values()), Counter(turns.values())
    for row in register.vacancies(now=register.now):
        vacancy = row["vacancy"]
        if (row["referred"], row["filled"]) != (held[vacancy], filled[vacancy]):
            raise Broken(f"vacancy {vacancy}: other places are referred or filled than its events say")
        if row["total"] != sum(row[state] for state in ("waiting", "open", "referred", "filled", "gone")):
            raise Broken(f"vacancy {vacancy}: a place is nowhere, or twice")
        if offered[vacancy] > row["waiting"]:
            raise Broken(f"vacancy {vacancy}: a turn without a place")
