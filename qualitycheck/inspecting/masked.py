"""A report without the names of whoever wrote it and managed them, so that it is graded and not its author.

Only names go. What stands for one is `[author]` or `[manager]`, a genitive stays, and nothing is taken from the family:
where somebody else in the report has the surname, it is hidden in the full name only, with the author's initials, and
after a title that is the author's alone. The text itself is not changed: what is masked is made when it is shown, with
the way back to the characters that stand in the report.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import re2

from qualitycheck.document import Document, Paragraph, Part
from qualitycheck.rendering.sheet import Group, Line, Piece, Sheet, Table, TableCell
from qualitycheck.understanding.case import Case, Person, Position
from qualitycheck.understanding.labels import label_kind
from qualitycheck.understanding.names import NOT_NAMES, SURNAMES, TITLES, find_names

AUTHOR, MANAGER = "[author]", "[manager]"
EDGES = 60, 12  # paragraphs at the beginning and at the end among which a front sheet or a signature stands

_MANAGER = re2.compile(
    r"(?i)^(?:(?:name of |author's |allocated |service |team |practice |line |assistant |head of |senior |area )*"
    r"(?:manager|supervisor)(?:'s name)?|rheolwr.*"
    r"|(?:counter-?signed|approved|authorised|quality assured|read|signed off|checked)(?: by)?(?: manager)?)$"
)
_INLINE = re2.compile(r"(?:^|[.;,] |\t|\n)([A-Z][A-Za-z'’/ -]{1,39}?)\s*:\s*")
_WORD = re2.compile(r"[\p{L}\p{M}]+(?:['’‑-][\p{L}\p{M}]+)*\.?")
_PARTICLES = frozenset("de da dos van von der den la le du al el bin ibn ap ab ferch st ter".split())
_PLACES = frozenset(
    "Road Street Avenue Lane Close Drive Way Court Place Crescent Terrace House Hall Park Farm School Primary "
    "Secondary Junior Infant Infants Academy College Nursery Hospital Surgery Centre Green Hill Estate Ward Unit "
    "Church Council Grove Gardens Lodge Square".split()
)
_TOKEN = re2.compile(r"\S*(?:@|\.(?:docx?|docm|pdf|odt)\b)\S*")  # an address, or the name of a file
_TITLES = "|".join(sorted(TITLES, key=len, reverse=True))
_GAP = r"[\s.\-]{1,3}"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Somebody whose name is not shown; `word` stands for it.

    `titles`: those after which the surname is theirs. `initials`: whether their initials with the surname are.
    `alone`: the parts of the name that are nobody else's and no word of the report's.
    """

    word: str
    given: tuple[str, ...]
    surname: str
    titles: tuple[str, ...]
    initials: bool
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """Characters `start` to `end` of the text stand as `at` to `to` in the masked one."""

    start: int
    end: int
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without the names, and the way there and back; what is cut through a name takes all of it."""

    text: str
    swaps: tuple[Swap, ...] = ()

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where in the report the masked characters stand."""
        return self._moved(start, end, [(swap.at, swap.to, swap.start, swap.end) for swap in self.swaps])

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Where the report's characters stand in the masked text."""
        return self._moved(start, end, [(swap.start, swap.end, swap.at, swap.to) for swap in self.swaps])

    def _moved(self, start: int, end: int, swaps: list[tuple[int, int, int, int]]) -> tuple[int, int]:
        first = last = 0  # by how much
        begin, stop = None, None
        for here, there, other, another in swaps:
            if there <= start:
                first = another - there
            elif here < start:
                begin = other
            if there <= end:
                last = another - there
            elif here < end:
                stop = another
        return start + first if begin is None else begin, end + last if stop is None else stop


def people_to_hide(case: Case, authors: Iterable[str] = (), managers: Iterable[str] = ()) -> tuple[Hidden, ...]:
    """The author as the report names them, their managers on its front sheet or by the signature, and who else is told.

    `authors` and `managers` are names known from elsewhere: a list, an account. What is no name of two words is left.
    """
    document = case.document
    labelled = list(_labelled(document))
    wrote = [person.name for person in case.people if person.position is Position.AUTHOR]
    wrote += [name for word, name in labelled if word == AUTHOR]
    if not wrote:
        wrote = [name for name in (document.properties.get("author", ""),) if _is_name(name)]
    named = [(AUTHOR, name) for name in (*wrote, *authors)]
    named += [(MANAGER, name) for word, name in labelled if word == MANAGER]
    named += [(MANAGER, name) for name in managers]
    found: dict[tuple[tuple[str, ...], str], Hidden] = {}
    for word, name in named:
        given, surname = _parted(name)
        key = tuple(map(_plain, given)), _plain(surname)
        if surname and given and key not in found:
            found[key] = _hidden(word, given, surname, case, {*found, key})
    return tuple(found.values())


class Mask:
    """What takes their names out of a text, and out of a whole report."""

    def __init__(self, hidden: Iterable[Hidden]) -> None:
        self._names = [_Names(one) for one in hidden]

    def of(self, text: str) -> Masked:
        """The text with a word in brackets for every form of their names."""
        spans = {span for names in self._names for span in names.spans(text)}
        parts, swaps, at, length = [], [], 0, 0
        for start, end, word in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start < at:
                continue
            parts += [text[at:start], word]
            length += start - at
            swaps.append(Swap(start, end, length, length + len(word)))
            length += len(word)
            at = end
        return Masked("".join([*parts, text[at:]]), tuple(swaps))

    def sheet(self, sheet: Sheet) -> Sheet:
        """The report as it is graded: without the names, and without a mark of the checker's."""
        return Sheet(tuple(map(self._block, sheet.blocks)), tuple(self.of(text).text for text in sheet.margins))

    def _block(self, block: Group | Table) -> Group | Table:
        return self._group(block) if isinstance(block, Group) else Table(tuple(map(self._row, block.rows)))

    def _row(self, row: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
        return tuple(replace(cell, groups=tuple(map(self._group, cell.groups))) for cell in row)

    def _group(self, group: Group) -> Group:
        lines = (replace(line, pieces=tuple(self._pieces(line))) for line in group.lines)
        return Group(group.kind, tuple(lines))

    def _pieces(self, line: Line) -> Iterator[Piece]:
        """Cut where a note is referred to, and nowhere else."""
        found = self.of(text_of(line))
        at, written = 0, 0
        for piece in line.pieces:
            written += len(piece.text)
            if piece.notes:
                to = found.shown(0, written)[1]
                yield Piece(found.text[at:to], (), (), None, False, piece.notes)
                at = to
        if at < len(found.text) or not line.pieces:
            yield Piece(found.text[at:], (), (), None, False, ())


def lines_of(sheet: Sheet) -> Iterator[Line]:
    """Its paragraphs, in reading order."""
    for block in sheet.blocks:
        cells = [cell for row in block.rows for cell in row] if isinstance(block, Table) else []
        for group in [block] if isinstance(block, Group) else [group for cell in cells for group in cell.groups]:
            yield from group.lines


def text_of(line: Line) -> str:
    """What the paragraph says, as its pieces cut it up."""
    return "".join(piece.text for piece in line.pieces)


def _labelled(document: Document) -> Iterator[tuple[str, str]]:
    """The names that stand beside a label for the author or for a manager: AUTHOR or MANAGER, and the name."""
    paragraphs = [one for one in document.paragraphs if one.part in (Part.BODY, Part.TEXTBOX)]
    front, back = EDGES
    near = paragraphs if len(paragraphs) <= front + back else [*paragraphs[:front], *paragraphs[-back:]]
    before: Paragraph | None = None
    for paragraph in (*near, *document.margins):
        label = before.text if before is not None and _beside(before, paragraph) else ""
        for told, text in _split(label, paragraph.text):
            word = _wanted(told)
            name = _name_in(text) if word else ""
            if name:
                yield word, name
        before = paragraph


def _beside(label: Paragraph, paragraph: Paragraph) -> bool:
    """A label stands in the cell before, or alone on the line above."""
    if label.cell and paragraph.cell:
        return label.cell.table == paragraph.cell.table and label.cell.row == paragraph.cell.row
    return label.cell is None and paragraph.cell is None and len(label.text) <= 40


def _split(label: str, text: str) -> Iterator[tuple[str, str]]:
    """`Signed: A Lowe. Countersigned: G Orme, Team Manager` are two labels with their text."""
    found = list(_INLINE.finditer(text))
    ends = [*(match.start() for match in found), len(text)]
    yield label, text[: ends[0]]
    for match, end in zip(found, ends[1:], strict=True):
        yield match.group(1), text[match.end() : end]


def _wanted(label: str) -> str:
    told = label.strip(" :.*\t").replace("’", "'")
    if _MANAGER.match(told):
        return MANAGER
    return AUTHOR if told and label_kind(told) == "author" else ""


def _name_in(text: str) -> str:
    """The name that the text begins with: known as one, or of capitalised words up to a comma."""
    for mention in find_names(text[:80]):
        if mention.start == 0:
            return " ".join(mention.words)
    clause = text[:80].split(",")[0].split("(")[0].split("\n")[0].strip(" .")
    return clause if _is_name(clause) else ""


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(_WORD.fullmatch(word) and word[0].isupper() for word in words)
        and not any(word in NOT_NAMES and word not in SURNAMES for word in words)
    )


def _parted(name: str) -> tuple[tuple[str, ...], str]:
    """Given names and surname; nothing where it is no name of two words at least."""
    surname, _, given = name.partition("(")[0].partition(",")
    words = [match.group().rstrip(".") for match in _WORD.finditer(f"{given} {surname}")]
    words = [word for word in words if word.capitalize() not in TITLES]
    if len(words) < 2:
        return (), ""
    last = next((at for at in range(1, len(words) - 1) if words[at].lower() in _PARTICLES), len(words) - 1)
    return tuple(words[:last]), " ".join(words[last:])


def _hidden(
    word: str, given: tuple[str, ...], surname: str, case: Case, known: set[tuple[tuple[str, ...], str]]
) -> Hidden:
    """Which forms of the name are theirs alone in this report."""
    others = [person for person in case.people if not _is_one_of(person, known)]
    words = [set(map(_plain, person.name.replace("-", " ").split())) | {_plain(person.name)} for person in others]
    namesakes = [person for person, each in zip(others, words, strict=True) if _plain(surname) in each]
    initial = _plain(given[0])[0]
    return Hidden(
        word,
        given,
        surname,
        tuple(title for title in TITLES if not _taken(title, surname, namesakes, case)),
        not any(_plain(person.name)[0] == initial for person in namesakes),
        tuple(
            part
            for part in ((given[0],) if len(given[0]) > 2 else ()) + (surname,)
            if not any(_plain(part) in each for each in words) and not _is_word(part, case.document)
        ),
    )


def _is_one_of(person: Person, known: set[tuple[tuple[str, ...], str]]) -> bool:
    """Whether the person is one of those who are hidden: a professional by the first letter, others by the name."""
    parts, surname = _parted(person.name)
    given = [_plain(part) for part in parts]
    if not given:
        return False
    works = person.position in (Position.AUTHOR, Position.PROFESSIONAL)
    return any(
        _plain(surname) == last and (given[0] == first[0] or (works and given[0][0] == first[0][0]))
        for first, last in known
    )


def _taken(title: str, surname: str, namesakes: list[Person], case: Case) -> bool:
    """Whether somebody else of that surname goes, or may go, by the title."""
    told = {"he": ("Mr",), "she": ("Mrs", "Ms", "Miss")}
    return any(
        f"{title} {surname}" in person.aliases or title in told.get(person.pronoun or "", tuple(TITLES))
        for person in namesakes
    )


def _is_word(part: str, document: Document) -> bool:
    """Whether a name is also a word that the report may mean: White, May, Mark where somebody is told to mark it."""
    if part in NOT_NAMES or part in SURNAMES:
        return True
    word = re2.compile(rf"(?:^|[\s('\"‘“]){re2.escape(part.lower())}(?:[\s,;:!?)'\"’”]|\.\s|\.?$)")
    return any(word.search(paragraph.text) for paragraph in document.paragraphs)


class _Names:
    """Every form of one person's name in a text."""

    def __init__(self, person: Hidden) -> None:
        self._person = person
        self._last = _plain(person.surname)
        self._first = _plain(person.given[0])

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and the word for it; they may overlap, and the longest of those that begin together counts."""
        plain = _plain(text)
        if self._last not in plain and self._first not in plain:
            return
        for match in self._whole.finditer(plain):
            if _are_names(text[match.start() : match.end()]) and not _goes_on(text, match.start(), match.end()):
                yield match.start(), match.end(), self._person.word
        for match in self._alone.finditer(plain) if self._person.alone else ():
            start, end = match.span()
            if text[start].isupper() and not _goes_on(text, start, end) and not _is_place(text, end):
                yield start, end, self._person.word
        for match in _TOKEN.finditer(plain):
            if self._last.replace(" ", "") in match.group() and (self._person.alone or self._first in match.group()):
                yield *match.span(), self._person.word

    @cached_property
    def _whole(self) -> re2._Regexp[str]:
        """Given names or initials with the surname, either way round, and the surname after a title."""
        given, last = self._person.given, re2.escape(self._last).replace(r"\ ", _GAP)
        first, letter = re2.escape(self._first), re2.escape(self._first[0])
        middle = rf"(?:{_GAP}\p{{L}}[\p{{L}}'-]*){{0,2}}" if len(given[0]) > 1 else rf"(?:{_GAP}\p{{L}})?"
        title = rf"(?:\b(?:{_TITLES.lower()})\.?\s+)?"
        forms = [rf"{title}\b{first}{middle}{_GAP}{last}\b", rf"\b{last},\s?{first}\b"]
        if self._person.initials:
            forms += [rf"{title}\b{letter}(?:\p{{L}}{{0,2}}|(?:\.\s?\p{{L}}){{0,2}})[.\s]{{1,2}}{last}\b"]
            forms += [rf"\b{last},\s?{letter}\b\.?"]
        if self._person.titles:
            titles = "|".join(re2.escape(title.lower()) for title in self._person.titles)
            forms.append(rf"\b(?:{titles})\.?\s+(?:\p{{L}}\.?\s)?{last}\b")
        return re2.compile("|".join(forms))

    @cached_property
    def _alone(self) -> re2._Regexp[str]:
        return re2.compile("|".join(rf"\b{re2.escape(_plain(part))}\b" for part in self._person.alone))


def _are_names(text: str) -> bool:
    """Whether it is written as a name: every word but a particle begins with a capital."""
    return all(
        match.group()[0].isupper() or match.group().lower() in _PARTICLES or match.group() == "s"
        for match in _WORD.finditer(text)
    )


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a hyphen joins it to more of a name, somebody else's."""
    return text[start - 1 : start] in ("-", "‑") or (
        text[end : end + 1] in ("-", "‑") and text[end + 1 : end + 2].isalpha()
    )


def _is_place(text: str, end: int) -> bool:
    """Whether it is the first word of an address or a school."""
    return text[end : end + 1] == " " and text[end + 1 : end + 30].partition(" ")[0].strip(".,;:'’") in _PLACES


def _plain(text: str) -> str:
    """In lower case without accents, apostrophes and blanks of one kind; as many characters as before."""
    return "".join(map(_plain_letter, text))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if letter in "’‘ʼ":
        return "'"
    if letter in "‑–":
        return "-"
    if letter.isspace():
        return " "
    return unicodedata.normalize("NFD", letter)[0].lower()[:1] or letter
