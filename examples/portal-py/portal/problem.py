"""What is wrong, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping

import kezek
from starlette.responses import JSONResponse, Response

TITLES = {
    400: "The request cannot be read",
    401: "A bearer token is needed",
    403: "Not for this actor",
    404: "There is no such thing",
    405: "Not with this method",
    409: "The numbers are used up",
    412: "The revision is not the one that was expected",
    413: "The request is too large",
    422: "The key was used for another command",
    500: "The portal has a fault",
    503: "The register cannot answer now",
}

MORE = {
    "unavailable": "Try again, with the same Idempotency-Key",
    "clock_leapt": "The portal's clock has leapt: nothing is written until people have looked at it",
}

STATUS = {
    "not_found": 404,
    "stale_revision": 412,
    "key_conflict": 422,
    "numbers_exhausted": 409,
    "not_settled": 503,
    "clock_moved_back": 503,
    "outside_calendar": 503,
    "internal": 500,
}

LONGEST = 200
"""What was found is told in so many characters: it may be anything."""


class Problem(Exception):
    """An answer that says what is wrong, where, what was expected and what was found."""

    def __init__(self, status: int, code: str, path: str = "", expected: str = "", found: str = "") -> None:
        super().__init__(code)
        self.status = status
        told = {"type": "about:blank", "title": MORE.get(code, TITLES[status]), "status": status, "code": code}
        where = {"path": path, "expected": expected, "found": found[:LONGEST]}
        self.told = told | {key: value for key, value in where.items() if value}

    @staticmethod
    def malformed(path: str, expected: str, found: str) -> Problem:
        return Problem(400, "malformed", path, expected, found)

    @staticmethod
    def of(fault: kezek.Error, question: Mapping[str, object] | None = None) -> Problem:
        """Of a question: an instant that it names, and that has not come or is not in the calendar, is the asker's."""
        status = STATUS.get(fault.code, 400)
        if status == 503 and question is not None and fault.path in question:
            status = 400
        return Problem(status, fault.code, fault.path or "", fault.expected or "", fault.found or "")

    def response(self) -> Response:
        headers = {"content-type": "application/problem+json"}
        if self.status == 503:
            headers["retry-after"] = "1"
        if self.status == 401:
            headers["www-authenticate"] = "Bearer"
        return JSONResponse(self.told, self.status, headers)
