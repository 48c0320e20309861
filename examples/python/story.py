"""The first story, in Python: two children, one place, and a choice window over Nauryz.

    pip install ./bindings-py
    python examples/python/story.py [kk|ru|en]
"""

from __future__ import annotations

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import kezek

ALMATY = ZoneInfo("Asia/Almaty")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def main(language: str) -> None:
    register = kezek.Register.open("akmola-2018", name="Kokshetau")
    texts = kezek.Texts(language, register.policy)  # type: ignore[arg-type]

    def tell(outcome: kezek.Outcome) -> None:
        for event in outcome.events:
            when = texts.moment(event.at) if event.at else ""
            print(f"{event.seq:>3}  {when}  {texts.event(event)}")
        for denial in outcome.denials:
            print(f"     {denial.code} ({denial.rule}): {texts.denial(denial)}")

    for n in (1, 2):
        child: kezek.types.GivenChild = {"iin": f"p:child-{n}", "born": "2015-05-02"}
        tell(register.submit(applicant=f"p:parent-{n}", child=child, now=at(f"2018-01-10T09:00:0{n}")))
    tell(
        register.publish_vacancy(
            kindergarten="bobek", group_year=2015, language="ru", places=1, now=at("2018-03-16T18:20:00")
        )
    )
    # Not the second one's turn yet: a denial is data, with its rule.
    tell(register.choose(application="UO.2018.000002.1", vacancy=1, now=at("2018-03-26T18:19:59")))
    # 21 to 23 March are holidays: the three working days end with 26 March, and the place opens to everybody.
    tell(register.choose(application="UO.2018.000002.1", vacancy=1, now=at("2018-03-27T00:00:00")))
    print(register.digest())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "en")
