"""What an inspector's sample is drawn from in the browser tests: `python -m tests.browser.frame FOLDER`.

200 short reports, Q-001.docx to Q-200.docx, of which 120 are section 7 reports and 80 guardians' analyses, and
list.csv with a row for each, in columns as an office may have them.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

from tests.docx_builder import docx, p

SECTION7, ALL = 120, 200
COLUMNS = ("Case ref", "Kind of report", "Office", "Closed on", "Written by", "Team manager", "File")
GIVEN = ("Ada", "Bryn", "Cara", "Dev", "Elif", "Finn", "Gwen", "Hana", "Idris", "June")
FAMILY = ("Marlowe", "Okonjo", "Pryce", "Quill", "Rowan", "Sethi", "Tarrant")
AUTHORS = ("Priya Nandra", "Owen Castle", "Beth Arkwright", "Kofi Mensah", "Lena Brandt")
MANAGERS = ("Ruth Osei", "Dan Pell")
OFFICES = ("Derby", "Leicester", "Nottingham")


def write(folder: Path) -> None:
    """All of them; the same at every time."""
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for number in range(1, ALL + 1):
            rows.writerow(_row(number))
            (folder / f"Q-{number:03}.docx").write_bytes(_report(number))


def _row(number: int) -> tuple[str, ...]:
    kind = "Section 7" if number <= SECTION7 else "s31"
    closed = (date(2026, 4, 1) + timedelta(days=number)).strftime("%d/%m/%Y")
    author, manager = AUTHORS[number % len(AUTHORS)], MANAGERS[number % len(MANAGERS)]
    return f"Q-{number:03}", kind, OFFICES[number % len(OFFICES)], closed, author, manager, f"Q-{number:03}.docx"


def _report(number: int) -> bytes:
    given, family = GIVEN[number % len(GIVEN)], FAMILY[number % len(FAMILY)]
    child = f"{given} {family}"
    author = AUTHORS[number % len(AUTHORS)]
    private = number <= SECTION7
    front = (
        "Section 7 report" if private else "Children's guardian: final analysis",
        f"In the Family Court at {OFFICES[number % len(OFFICES)]}",
        f"Case number {'DE26P' if private else 'DE26C'}{number:05}",
        f"Child: {child}, born {number % 27 + 1} March {2010 + number % 9}",
        f"Applicant: {'Ruth ' + family + ', mother' if private else 'Derwent Borough Council'}",
        f"Respondent: Paul {family}, father",
        f"Author: {author}, {'Family Court Adviser' if private else 'Children’s Guardian'}",
        "Date: 4 May 2026",
    )
    seen = f"On {number % 27 + 1} April 2026 I saw {given} alone at school for forty minutes."
    wishes = f"{given} told me about {number % 7 + 2} friends and said, 'I want to see Dad at Gran's house.'"
    order = f"Without an order {given} would again wait at the window; an order is better for {given} than none."
    home = "the mother" if private else "the grandmother"
    body = (
        p("What the court asked", style="Heading1"),
        p(f"The court asked on 2 February 2026 with whom {given} should live."),
        p("Wishes and feelings", style="Heading1"),
        p(seen, " ", wishes if number % 3 else "[Insert the child's views here]"),
        p("Harm", style="Heading1"),
        p(f"Ms {family} says that Mr {family} shouted at the door in front of {given}; he denies it."),
        p("Recommendation", style="Heading1"),
        p(f"I recommend that {given} live with {home}, and see the father on Saturdays."),
        p(order if number % 4 == 0 else f"{given} needs this settled before September."),
    )
    return docx(*map(p, front), *body)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
