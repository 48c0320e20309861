"""Many rows at once, by columns, read by the libraries that people have."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import duckdb
import kezek
import numpy
import polars
import pytest
from conftest import NOW, NUMBER

# These two bring no types.
pandas: Any = importlib.import_module("pandas")
pyarrow: Any = importlib.import_module("pyarrow")

CALENDAR = kezek.Calendar.kazakhstan()
DAYS = [date(2018, 3, 16), date(2018, 3, 20), date(2018, 12, 31)]
ENDS = [CALENDAR.working_day_after(day, 3).day for day in DAYS]


@pytest.fixture
def town(register: kezek.Register) -> kezek.Register:
    """Children of two lines, some with a benefit, one withdrawn; places for them and for nobody."""
    for n in range(2, 9):
        register.submit(
            applicant=f"p:parent-{n}",
            child={"iin": f"p:child-{n}", "born": f"201{5 + n % 2}-05-0{n}"},
            benefit="orphan" if n % 3 == 0 else None,
            documents=1 if n % 3 == 0 else None,
            now=NOW,
        ).raise_for_denial()
    for year, places in ((2015, 2), (2017, 3)):
        register.publish_vacancy(
            group_year=year, kindergarten="bobek", language="kk", places=places, now=NOW
        )
    register.withdraw(application="UO.2018.000005.1", now=NOW).raise_for_denial()
    return register


def of_pandas(table: kezek.Table) -> dict[str, list[Any]]:
    if hasattr(pandas.DataFrame, "from_arrow"):
        frame = pandas.DataFrame.from_arrow(table)
    else:  # Before its version 3 pandas asks pyarrow.
        frame = pyarrow.table(table).to_pandas()
    return {
        name: [None if pandas.isna(value) else value for value in column]
        for name, column in frame.items()
    }


def of_duckdb(rows: kezek.Table) -> dict[str, list[Any]]:
    assert len(rows) >= 0  # DuckDB finds it by its name.
    duckdb.sql("SET TimeZone = 'UTC'")  # Else it answers in the zone of the machine.
    relation = duckdb.sql("FROM rows")
    assert relation is not None
    read: dict[str, list[Any]] = pyarrow.table(relation.arrow()).to_pydict()
    return read


READERS: dict[str, Callable[[kezek.Table], dict[str, list[Any]]]] = {
    "kezek": lambda table: table.to_dict(),
    "pyarrow": lambda table: pyarrow.table(table).to_pydict(),
    "pyarrow, a batch": lambda table: pyarrow.record_batch(table).to_pydict(),
    "polars": lambda table: polars.DataFrame(table).to_dict(as_series=False),
    "pandas": of_pandas,
    "duckdb": of_duckdb,
    "column by column": lambda table: {name: list(table[name]) for name in table.columns},
}
readers = pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
Reader = Callable[[kezek.Table], dict[str, list[Any]]]


def rows_of(read: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(read, row)) for row in zip(*read.values())]


@readers
def test_positions_are_those_of_each(town: kezek.Register, reader: Reader) -> None:
    read = reader(town.positions(NOW))
    numbers = ["number", "in_group_year", "in_benefit"]
    assert list(read) == ["application", "stage", "group_year", "benefit", *numbers]
    rows = rows_of(read)
    assert len(rows) == 7 and "UO.2018.000005.1" not in read["application"]
    assert set(read["benefit"]) == {None, "orphan"} and set(read["stage"]) == {"queued", "notified"}
    for row in rows:
        number = row["application"]
        own: dict[str, Any] = {**town.application(number, NOW)}
        assert {key: row[key] for key in numbers} == town.position(number, NOW)
        assert all(row[key] == own[key] for key in ("stage", "group_year", "benefit"))


@readers
def test_deadlines_of_all_are_those_of_each(town: kezek.Register, reader: Reader) -> None:
    read = reader(town.deadlines(now=NOW))
    assert list(read) == ["at", "rule", "application", "projected", "brings"]
    rows = rows_of(read)
    assert rows[0] == town.next_deadline() and rows == sorted(rows, key=lambda row: row["at"])
    assert all(row["at"].utcoffset() == timedelta(0) for row in rows)
    for number in town.positions(NOW)["application"]:
        assert [row for row in rows if row["application"] == number] == town.deadlines(number, NOW)
    nobody = [row["brings"] for row in rows if row["application"] is None]
    assert nobody == ["seats_opened"]


@readers
def test_no_rows_are_a_table_too(reader: Reader) -> None:
    register = kezek.Register.open("akmola-2018")
    for table in (register.positions(NOW), register.deadlines(now=NOW)):
        assert len(table) == 0 and reader(table) == {name: [] for name in table.columns}


def test_deadlines_are_asked_in_two_ways(town: kezek.Register) -> None:
    one = town.deadlines(NUMBER, NOW)
    assert one == town.deadlines(NUMBER, now=NOW) == town.deadlines(application=NUMBER, now=NOW)
    told = town.ask({"view": "deadlines"}, NOW)
    table = town.deadlines(now=NOW)
    assert [datetime.fromisoformat(row["at"]) for row in told] == table["at"].to_list()
    assert [row["application"] for row in told] == table["application"].to_list()
    with pytest.raises(TypeError, match="now=now"):
        town.deadlines()  # type: ignore[call-overload]
    with pytest.raises(kezek.NotFoundError):
        town.deadlines("nobody", NOW)
    due = town.next_deadline()
    assert due is not None
    with pytest.raises(kezek.NotSettledError):
        town.deadlines(now=due["at"])
    with pytest.raises(kezek.NotSettledError):
        town.positions(due["at"])


def test_duckdb_asks_it_in_sql(town: kezek.Register) -> None:
    positions, deadlines = town.positions(NOW), town.deadlines(now=NOW)
    assert len(positions) == 7 and len(deadlines) > 7  # DuckDB finds them by their names.
    lines = duckdb.sql(
        "SELECT group_year, count(*), max(in_group_year) FROM positions GROUP BY 1 ORDER BY 1"
    )
    first = duckdb.sql('SELECT min(epoch("at")) FROM deadlines JOIN positions USING (application)')
    assert lines is not None and first is not None
    assert lines.fetchall() == [(2015, 5, 5), (2016, 2, 2)]
    own = [row["at"] for row in rows_of(deadlines.to_dict()) if row["application"]]
    assert first.fetchall() == [(min(own).timestamp(),)]


def test_numpy_looks_at_the_columns_where_they_lie(town: kezek.Register) -> None:
    positions, deadlines = town.positions(NOW), town.deadlines(now=NOW)
    for column, kind in (
        (positions["number"], "uint32"),
        (positions["group_year"], "uint16"),
        (deadlines["at"], "datetime64[s]"),
    ):
        array = numpy.asarray(column)
        address, read_only = column.__array_interface__["data"]
        assert array.dtype == numpy.dtype(kind) and array.ctypes.data == address
        assert read_only and not array.flags.writeable and id(array.base) == id(column)
        assert pyarrow.array(column).buffers()[1].address == address
        assert array.tolist() == [
            value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in column
        ]
    text = numpy.asarray(positions["application"])
    assert text.tolist() == positions["application"].to_list() and text.dtype.kind == "U"
    assert numpy.asarray(deadlines["projected"]).dtype == bool
    with pytest.raises(AttributeError):
        _ = positions["application"].__array_interface__


def test_what_is_looked_at_outlives_the_table(town: kezek.Register) -> None:
    number = numpy.asarray(town.positions(NOW)["number"])
    frame, arrow = polars.DataFrame(town.positions(NOW)), pyarrow.table(town.positions(NOW))
    capsules = town.positions(NOW).__arrow_c_array__(), town.deadlines(now=NOW).__arrow_c_stream__()
    # None of these is taken: they free what they hold themselves.
    del capsules
    for _ in range(50):
        town.positions(NOW)
    gc.collect()
    for values in (number.tolist(), frame["number"].to_list(), arrow["number"].to_pylist()):
        assert values == [1, 2, 3, 4, 5, 6, 7]


def test_a_table_and_a_column_read_well(town: kezek.Register) -> None:
    table = town.positions(NOW)
    column = table["number"]
    assert repr(table).startswith("<kezek.Table of 7 rows: application, stage,")
    assert repr(column) == '<kezek.Column "number" of 7 rows>' and column.name == "number"
    assert "number" in table and "nobody" not in table and 5 not in table
    assert (column[0], column[6], column[-1], column[-7], len(column)) == (1, 7, 7, 1, 7)
    for wrong in (7, -8, 10**6):
        with pytest.raises(IndexError):
            column[wrong]
    with pytest.raises(KeyError):
        table["nobody"]
    assert isinstance(town.deadlines(now=NOW)["at"][0], datetime)
    nothing = kezek.Register.open("akmola-2018").positions(NOW)
    assert pyarrow.schema(table) == pyarrow.schema(nothing)
    assert pyarrow.field(column).name == "number" and pyarrow.field(column).type == pyarrow.uint32()


NUMPY: dict[str, Any] = {
    "datetime64[D]": numpy.array(DAYS, dtype="datetime64[D]"),
    "datetime64[ns]": numpy.array(DAYS, dtype="datetime64[ns]"),
    "a pandas column": pandas.Series(pandas.to_datetime(DAYS)),
    "a pandas column of date32": pandas.Series(DAYS, dtype=pandas.ArrowDtype(pyarrow.date32())),
    "a pandas index": pandas.DatetimeIndex(DAYS),
}
ARROW: dict[str, Any] = {
    "pyarrow": pyarrow.array(DAYS),
    "pyarrow, in chunks": pyarrow.chunked_array([DAYS[:1], DAYS[1:]]),
    "polars": polars.Series(DAYS),
}


@pytest.mark.parametrize("dates", NUMPY.values(), ids=NUMPY)
def test_days_of_numpy_are_answered_as_numpy(dates: object) -> None:
    ends = CALENDAR.add_working_days(dates, 3)
    assert (type(ends), ends.dtype) == (numpy.ndarray, numpy.dtype("datetime64[D]"))
    assert ends.astype(object).tolist() == ENDS


@pytest.mark.parametrize("dates", ARROW.values(), ids=ARROW)
def test_days_of_arrow_are_answered_as_arrow(dates: object) -> None:
    ends = CALENDAR.add_working_days(dates, 3)
    assert isinstance(ends, kezek.Column) and pyarrow.array(ends).type == pyarrow.date32()
    assert polars.Series(ends).to_list() == ends.to_list() == ENDS
    # A column is taken again.
    next_days = CALENDAR.add_working_days(dates, 1)
    assert isinstance(next_days, kezek.Column)
    assert CALENDAR.add_working_days(next_days, 2).to_list() == ENDS


def test_other_days_are_answered_as_a_list() -> None:
    assert CALENDAR.add_working_days(DAYS, 3) == ENDS
    assert CALENDAR.add_working_days([str(day) for day in DAYS], 3) == ENDS
    assert CALENDAR.add_working_days((day for day in DAYS), 3) == ENDS
    assert CALENDAR.add_working_days(numpy.array(DAYS, dtype=object), 3) == ENDS
    assert CALENDAR.add_working_days([], 3) == []


ZONE = timezone(timedelta(hours=5))
WRONG: dict[str, tuple[Any, type[kezek.Error], str]] = {
    "None": ([DAYS[0], None], kezek.MalformedError, "dates[1]"),
    "a datetime": ([datetime(2018, 1, 1, tzinfo=ZONE)], kezek.MalformedError, "dates[0]"),
    "NaT": (
        numpy.array(["2018-01-01", "NaT"], dtype="datetime64[D]"),
        kezek.MalformedError,
        "dates[1]",
    ),
    "numbers": (numpy.array([1, 2]), kezek.MalformedError, "dates[0]"),
    "a null": (pyarrow.array([DAYS[0], DAYS[1], None]), kezek.MalformedError, "dates[2]"),
    "a null of polars": (polars.Series([None, DAYS[1]]), kezek.MalformedError, "dates[0]"),
    "Arrow numbers": (pyarrow.array([1, 2]), kezek.MalformedError, "dates"),
    "Arrow instants": (
        pyarrow.array([datetime(2018, 1, 1, tzinfo=ZONE)]),
        kezek.MalformedError,
        "dates",
    ),
    "a zone": (
        pandas.Series(pandas.to_datetime(DAYS).tz_localize("Asia/Almaty")),
        kezek.MalformedError,
        "dates[0]",
    ),
    "too early": ([*DAYS, date(1900, 1, 1)], kezek.OutsideCalendarError, "dates[3]"),
    "too early for NumPy": (
        numpy.array([["2018-01-01"], ["1900-01-01"]], dtype="datetime64[D]"),
        kezek.OutsideCalendarError,
        "dates[1]",
    ),
    "too late": (
        pyarrow.array([DAYS[0], date(2151, 1, 1)]),
        kezek.OutsideCalendarError,
        "dates[1]",
    ),
}


@pytest.mark.parametrize(("dates", "error", "path"), WRONG.values(), ids=WRONG)
def test_a_wrong_day_is_named_by_its_index(dates: Any, error: type[kezek.Error], path: str) -> None:
    with pytest.raises(error) as raised:
        CALENDAR.add_working_days(dates, 3)
    assert raised.value.path == path
