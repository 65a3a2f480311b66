"""A part seen as text: positions that agree with the reader's parser, and splices that touch nothing else."""

from __future__ import annotations

import pytest

from qualitycheck.errors import UnreadableReport
from qualitycheck.reading.package import parse_xml
from qualitycheck.writing.markup import Markup, Splice

ODD = (
    "<?xml version='1.0' encoding='UTF-8'?>\r\n<!-- before --><a  b = 'x>y'>é<!-- in --><?pi x?>"
    '<b:c xmlns:b="u"\n d=">"/>&amp;<e></e>\U0001f469<f >t\r\nu&#233;v</f></a><!-- after -->'
)


def test_nodes_are_numbered_as_the_reader_numbers_them() -> None:
    markup = Markup(ODD.encode())
    read = [each.tag.rpartition("}")[2] if isinstance(each.tag, str) else "" for each in parse_xml(ODD.encode()).iter()]
    assert [node.name for node in markup.nodes] == read == ["a", "", "", "c", "e", "f"]


def test_every_node_knows_where_it_begins_and_ends() -> None:
    markup = Markup(ODD.encode())
    assert [markup.text[node.start : node.end] for node in markup.nodes[1:]] == [
        "<!-- in -->",
        "<?pi x?>",
        '<b:c xmlns:b="u"\n d=">"/>',
        "<e></e>",
        "<f >t\r\nu&#233;v</f>",
    ]
    assert markup.tag(markup.root) == "<a  b = 'x>y'>"
    assert [node.empty for node in markup.nodes[3:]] == [True, False, False]


@pytest.mark.parametrize(("characters", "before"), [(0, ""), (1, "t"), (2, "t\r\n"), (4, "t\r\nu&#233;")])
def test_characters_are_counted_as_the_parser_gives_them(characters: int, before: str) -> None:
    markup = Markup(ODD.encode())
    text = markup.nodes[-1]
    assert markup.text[text.inner : markup.offset(text, characters)] == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_a_part_keeps_its_encoding(encoding: str) -> None:
    declared = "UTF-8" if encoding.startswith("utf-8") else "UTF-16" if encoding.startswith("utf-16") else encoding
    data = f'<?xml version="1.0" encoding="{declared}"?><a>é<b/>ü</a>'.encode(encoding)
    markup = Markup(data)
    assert markup.spliced([]) == data
    at = markup.nodes[1].start
    assert markup.spliced([Splice(at, at, "ö")]) == data.decode(encoding).replace("<b/>", "ö<b/>").encode(encoding)


def test_what_lies_in_a_removed_stretch_goes_with_it() -> None:
    markup = Markup(b"<a><b><c/></b></a>")
    b, c = markup.nodes[1], markup.nodes[2]
    splices = [Splice(c.start, c.end, "x"), Splice(b.end, b.end, "2"), Splice(b.start, b.end, "")]
    assert markup.spliced([*splices, Splice(b.start, b.start, "1")]) == b"<a>12</a>"


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a/><b/>", b"<!DOCTYPE a><a/>", b'<?xml version="1.0" encoding="no"?><a/>']
)
def test_what_is_no_well_formed_part_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        Markup(data)


def test_a_part_of_more_tags_than_a_report_can_have_is_refused() -> None:
    with pytest.raises(UnreadableReport) as refused:
        Markup(b"<a>" + b"<b/>" * 1_500_000 + b"</a>")
    assert refused.value.code == "too-complex"
