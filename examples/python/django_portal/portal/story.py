"""Three children, two places, a choice window over Nauryz: told through Django's test client."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import kezek
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from . import clock, counter, models
from .models import Application, Event, Settlement

ALMATY = ZoneInfo("Asia/Almaty")
FIRST, SECOND, THIRD = (f"UO.2018.{serial:06}.1" for serial in (1, 2, 3))


def tell(language: str = "en") -> None:
    """Tells it, and lets a register read the journal that it leaves."""
    setup_test_environment(debug=False)
    Teller(language).tell()
    teardown_test_environment()
    register = kezek.Register.replay(models.journal())
    end = clock.now()
    for row in Application.objects.order_by("serial"):
        card = row.card(register.revision)
        assert card.application == register.application(row.number, end), row.number
    print(f"\na register of this journal says the same: {register.digest()}")
    clock.stands_at(None)


class Teller:
    """The people of the story, each with a browser, and the events as they come."""

    def __init__(self, language: str) -> None:
        self.texts = kezek.Texts(language, models.policy())  # type: ignore[arg-type]
        self.language = language
        begin()
        self.seen = Event.objects.count()
        self.parents = {n: self.browser("applicant", f"p:parent-{n}") for n in (1, 2, 3)}
        self.staff = self.browser("staff", "bobek")
        self.department = self.browser("department", "")

    def browser(self, role: str, name: str) -> Client:
        """Somebody who has signed in, and reads the portal in the language of the story."""
        client = Client()
        client.post("/language", {"language": self.language})
        client.post("/sign-in", {"role": role, "name": name})
        return client

    def tell(self) -> None:
        for n in (1, 2, 3):
            self.at(f"2018-01-10T09:00:0{n}")
            child = {"iin": f"p:child-{n}", "born": "2015-05-02", "signature": "signed"}
            self.post(self.parents[n], "/applications", **child)
        self.at("2018-03-16T18:20:00")
        places = {"group_year": "2015", "language": "kk", "places": "2", "kindergarten": "bobek"}
        self.post(self.staff, "/vacancies", **places)

        # The third one's turn has not come: the page says so, and pressing all the same is denied.
        self.at("2018-03-17T10:00:00")
        self.look(self.parents[3], THIRD, "choose")
        self.act(self.parents[3], THIRD, "choose", vacancy="1")
        # The first one chooses, extends, and gives the referral back in time: the third is next.
        self.act(self.parents[1], FIRST, "choose", vacancy="1")
        self.act(self.parents[1], FIRST, "extend_referral", until="2018-04-02", reason="a journey")
        self.at("2018-03-18T10:00:00")
        self.act(self.parents[1], FIRST, "recall_referral", reason="a place nearer home")
        self.act(self.parents[3], THIRD, "choose", vacancy="1")

        # The second one does not answer. 21-23 March are holidays: the window ends with 26 March.
        self.at("2018-03-27T00:00:00")
        call_command("advance", stdout=StringIO())
        print("  manage.py advance")
        self.hear()
        self.act(self.parents[2], SECOND, "choose", vacancy="1")

        # The staff refuse one child, the department does not confirm it; the other comes in.
        self.at("2018-03-27T11:00:00")
        self.act(self.staff, SECOND, "refuse", reason="another group year")
        self.act(self.department, SECOND, "overturn_refusal")
        self.act(self.staff, SECOND, "accept")
        self.act(self.parents[1], FIRST, "withdraw")
        # Nobody comes with the third child: what is due is settled by whoever looks first.
        self.at("2018-04-20T09:00:00")
        self.look(self.parents[3], THIRD, "choose")

    # ---- what is done, and what is heard ----

    def at(self, text: str) -> None:
        clock.stands_at(datetime.fromisoformat(text).replace(tzinfo=ALMATY))
        print(f"\n{self.texts.moment(clock.now())}")

    def act(self, client: Client, number: str, action: str, **fields: str) -> None:
        """A button is pressed."""
        self.post(client, f"/applications/{number}/{action}", signature="signed", **fields)

    def post(self, client: Client, url: str, **fields: str) -> None:
        answer = client.post(url, fields)
        print(f"  POST {url} {answer.status_code}")
        self.hear()
        if answer.status_code != 302:
            for alert in answer.context["alerts"]:
                print(f"       {alert}")

    def look(self, client: Client, number: str, action: str) -> None:
        """A page is opened, for one of its buttons."""
        url = f"/applications/{number}"
        answer = client.get(url)
        print(f"  GET {url} {answer.status_code}")
        self.hear()
        for button in answer.context["buttons"]:
            if button["action"] == action:
                mark = "" if button["allowed"] else ": " + "; ".join(button["reasons"])
                print(f"       [{button['label']}]{mark}")

    def hear(self) -> None:
        """What the journal has since."""
        for row in Event.objects.filter(seq__gt=self.seen).order_by("seq"):
            print(f"  {row.seq:>3}  {row.application or '':<17} {self.texts.event(row.event)}")
            self.seen = row.seq


def begin() -> None:
    """Opens the settlement where there is none yet."""
    if not Settlement.objects.exists():
        counter.found()


def begin_now() -> None:
    """Something to look at in a browser: three children, one place, as of now."""
    if Settlement.objects.exists():
        return
    begin()
    now = clock.now()
    year = now.year - 3
    for n in (1, 2, 3):
        child = {"iin": f"p:child-{n}", "born": f"{year}-02-0{n}"}
        at = now - timedelta(days=30, seconds=-n)
        counter.apply({"type": "submit", "applicant": f"p:parent-{n}", "child": child}, at)
    publish = {
        "type": "publish_vacancy",
        "kindergarten": "bobek",
        "group_year": year,
        "language": "kk",
    }
    counter.apply({**publish, "places": 1}, now)
