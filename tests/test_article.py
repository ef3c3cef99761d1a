from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import stance
from stance.articles.article import Statement, read_article

from .conftest import ROOT

WORDS = (
    "Ana Silva Mr. Obi he she they the minister said that denied accused of according to told told"
    " reporters , . ? : “ ” \" ' ‘ ’ \n we lied never X. warned and but adding"
).split(" ")
PHRASES = (
    "“We won,” Obi said.|he said,|Ana Silva said that it burns,|adding that he left|— Ana Bo|(MP)"
    "|says Labour|“will pass,”|said Silva|according to Ana Obi,|‘It burns.\n\n‘I went.’|when asked"
    "|and threatened her|had called|was told by Obi|a neighbour, Tom Hill,|, she said,|\n|."
    "|; Karvia denies it|\nQ: Did you?\nA: No.\n|who claimed that|his spokesman|rejected claims that"
    "|accused of lying|told the court Obi had|, alleges Labour|and, in a statement,|its chair, Eva Bo,"
).split("|")
NEWSLIKE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def said(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, s.text) for s in read_article(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not go,” Ana Silva said.", [("Ana Silva", "We will not go")]),
        ("“We will not go,” said Ana Silva, the mayor.", [("Ana Silva", "We will not go")]),
        ('Ana Silva said: "We will not go."', [("Ana Silva", "We will not go.")]),
        ("“Who is next?” Ana Silva wrote.", [("Ana Silva", "Who is next?")]),
        ("Ana Silva said that the dam was safe.", [("Ana Silva", "that the dam was safe")]),
        ("Ana Silva said the dam was safe.", [("Ana Silva", "the dam was safe")]),
        ("The dam was safe, Ana Silva said.", [("Ana Silva", "The dam was safe")]),
        ("The dam was safe, according to Ana Silva.", [("Ana Silva", "The dam was safe")]),
        ("According to Ana Silva, the dam was safe.", [("Ana Silva", "the dam was safe")]),
        ("Ana Silva was accused of perjury by Joe Obi.", [("Joe Obi", "perjury")]),
        (
            "Ana Silva was criticized by Joe Obi for hiding the report.",
            [("Joe Obi", "for hiding the report")],
        ),
        ("Mayor ‘hid the report’, says Joe Obi", [("Joe Obi", "Mayor ‘hid the report’")]),
        ("‘Not my fault’, says Joe Obi as blame falls", [("Joe Obi", "Not my fault")]),
        ("The mayor has been accused by Joe Obi of lying.", [("Joe Obi", "lying")]),
        ("Ana Silva has been accused of lying.", [(None, "lying")]),
        (
            "Joe Obi’s rival, Zdenka Silva, left. “It burns,” she said.",
            [("Zdenka Silva", "It burns")],
        ),
        ("He was accused of winning by cheating.", [(None, "winning by cheating")]),
        ("Joe Obi has accused Ana Silva of lying.", [("Joe Obi", "Ana Silva of lying")]),
        (
            "According to the drivers' union, the dam was safe.",
            [(None, "the dam was safe")],
        ),
        (
            "Ana Silva told reporters that the dam was safe.",
            [("Ana Silva", "that the dam was safe")],
        ),
        ("Ana Silva, the mayor of Oro, denied any role.", [("Ana Silva", "any role")]),
        (
            "Foreign Minister Ana Silva accused the council of lying.",
            [("Ana Silva", "the council of lying")],
        ),
        (
            "Ana Silva left the room, saying it was fair to all.",
            [("Ana Silva", "it was fair to all")],
        ),
        (
            "Ana Silva wrote that the dam was “as safe as houses.”",
            [("Ana Silva", "that the dam was “as safe as houses.”")],
        ),
        (
            "Karvia said it would not attend the talks.",
            [("Karvia", "it would not attend the talks")],
        ),
        ("The ministry denied the report.", [(None, "the report")]),
        (
            "A day after Karvia accused Oro of hiding it, the ministry released a video.",
            [("Karvia", "Oro of hiding it")],
        ),
        ("“It was in Oro,” Ana Silva said.", [("Ana Silva", "It was in Oro")]),
        ("“Blame Joe Obi,” Ana Silva said.", [("Ana Silva", "Blame Joe Obi")]),
        ("“Did it burn?” Ana Silva asked.", [("Ana Silva", "Did it burn?")]),
        (
            "Transport Minister Ana Silva on Monday denied steering a $40 million contract to her brother.",
            [("Ana Silva", "steering a $40 million contract to her brother")],
        ),
        (
            "ORO, March 14 (AP) - Karvia on Thursday accused Oresia of spying.",
            [("Karvia", "Oresia of spying")],
        ),
        ("Trains to Oro are late, the rail operator has said.", [(None, "Trains to Oro are late")]),
        (
            "Profit will rise this year, Ana Silva told investors.",
            [("Ana Silva", "Profit will rise this year")],
        ),
        (
            "The dam, Ana Silva said, was safe.",
            [("Ana Silva", "The dam, Ana Silva said, was safe")],
        ),
        (
            "Ana Silva said a neighbour, Joe Obi, had called the police.",
            [("Ana Silva", "a neighbour, Joe Obi, had called the police")],
        ),
        (
            "Shares in Oro fell on Friday after a seller alleged that it had lied.",
            [(None, "that it had lied")],
        ),
        ("The firm ignored a request for comment.", []),
        ("Mayor ‘hid the report’, says Labour (MP)", [("Labour", "Mayor ‘hid the report’")]),
        ("Ana Silva was accused of lying by Joe Obi (PDP)", [("Joe Obi", "lying")]),
        ("Ana Silva warned the bill would not pass.", [("Ana Silva", "the bill would not pass")]),
        (
            "Shortly before noon police said the man, 34, had died.",
            [("Shortly before noon police", "the man, 34, had died")],
        ),
        (
            "Police said the man broke into the house and threatened to kill her.",
            [("Police", "the man broke into the house and threatened to kill her")],
        ),
        (
            "Reporters were told the attack was carried out by rebels.",
            [(None, "the attack was carried out by rebels")],
        ),
        (
            "The plan is dead, Ana Silva said, in an interview with Reuters.",
            [("Ana Silva", "The plan is dead")],
        ),
        ("‘It burns’: Ana Silva on ten years at the top", [("Ana Silva", "It burns")]),
        (
            "Ana Silva said: ‘It burns. It’s hell.\n\n‘I went home.’\n\nShe left.",
            [("Ana Silva", "It burns. It’s hell.\n\n‘I went home.")],
        ),
        ("“Never!” beamed Ana Silva of Oro.", [("Ana Silva", "Never!")]),
        ("“Why now?” the 43-year-old asked in a video.", [(None, "Why now?")]),
        (
            "The bill “will never pass the senate,” said Ana Silva.",
            [("Ana Silva", "The bill “will never pass the senate,”")],
        ),
        (
            "“Nobody knew,” Ana Silva said on “The Night Show.”",
            [("Ana Silva", "Nobody knew")],
        ),
        (
            "Ana Silva said that the bill is “a joke,” adding that nobody read it.",
            [("Ana Silva", "that the bill is “a joke,”"), ("Ana Silva", "that nobody read it")],
        ),
        (
            "“We won.” ― Ana Silva, nurse\n“It burns.” ―\xa0Joe Obi\n",
            [("Ana Silva", "We won."), ("Joe Obi", "It burns.")],
        ),
        ("Ana Silva asked the club whether it burns.", [("Ana Silva", "whether it burns")]),
        (
            "Karvia denied that it fired on Oro and said Oresia had lied.",
            [("Karvia", "that it fired on Oro"), ("Karvia", "Oresia had lied")],
        ),
        (
            "Joe Obi declined to comment on the charges but said St. Oro had cooperated fully.",
            [("Joe Obi", "to comment on the charges"), ("Joe Obi", "St. Oro had cooperated fully")],
        ),
        (
            "The company denied wrongdoing and said it won by being fair.",
            [(None, "wrongdoing"), (None, "it won by being fair")],
        ),
        (
            "The mayor’s office called the post “disgusting” and insisted that nobody lied.",
            [(None, "the post “disgusting”"), (None, "that nobody lied")],
        ),
        ("The minister met the envoy and said he must leave.", [(None, "he must leave")]),
        (
            "The inspector told the court Obi had known about the cracks for years.",
            [(None, "Obi had known about the cracks for years")],
        ),
        ("Ana Silva denied knowing about the losses.", [("Ana Silva", "knowing about the losses")]),
        (
            "Ana Silva said outside the courthouse that it had never been hers.",
            [("Ana Silva", "that it had never been hers")],
        ),
        (
            "Joe Obi, who claimed that the manager had lied, left in January.",
            [("Joe Obi", "that the manager had lied")],
        ),
        ("It was Joe Obi who claimed that it burned.", [("Joe Obi", "that it burned")]),
        (
            "Silva’s claim that he was a volunteer is contradicted by the records.",
            [("Silva", "that he was a volunteer")],
        ),
        ("A man accused of murder walked free on Tuesday.", [(None, "murder")]),
        ("Ana Silva is said to be considering it.", [(None, "to be considering it")]),
        (
            "According to the company, all eleven cases were reported within the period.",
            [(None, "all eleven cases were reported within the period")],
        ),
        (
            "Minister misled house on dam, alleges Labour",
            [("Labour", "Minister misled house on dam")],
        ),
        (
            "Karvia says 12 died in strike; Oro denies hitting the town",
            [("Karvia", "12 died in strike"), ("Oro", "hitting the town")],
        ),
        (
            "The union threatened to strike, its leader, Joe Obi, said.",
            [("Joe Obi", "The union threatened to strike")],
        ),
        (
            "“I thought,” recalled Speaker Joe Obi, “that it burned.”",
            [("Joe Obi", "I thought,” recalled Speaker Joe Obi, “that it burned.")],
        ),
        (
            "Asked about the book, Silva shrugged. “It is a lie and a shame.”",
            [("Silva", "It is a lie and a shame.")],
        ),
        (
            "The striker, Ana Silva revealed, had been ill.",
            [("Ana Silva", "The striker, Ana Silva revealed, had been ill")],
        ),
        (
            "Joe Obi would neither confirm nor deny it.",
            [("Joe Obi", "neither confirm nor deny it")],
        ),
        ("The bonds are no court’s, said Amsel.", [("Amsel", "The bonds are no court’s")]),
        (
            "The bridge will reopen, said Mayor Ana Silva, who came late.",
            [("Ana Silva", "The bridge will reopen")],
        ),
        (
            "But a bond is a loan, explained Mr. Joe Obi, a professor.",
            [("Joe Obi", "a bond is a loan")],
        ),
        ("Joe Obi, who left early, said Max quit.", [("Joe Obi", "Max quit")]),
        (
            "The dam will hold, engineers said, although it leaks.",
            [(None, "The dam will hold")],
        ),
        ("Oresia denied the charges and retaliated in kind.", [("Oresia", "the charges")]),
        (
            "The supplier denied responsibility, and the dispute was settled.",
            [(None, "responsibility")],
        ),
        (
            "Repairs will take a year, according to the operator, Nordlink.",
            [("Nordlink", "Repairs will take a year")],
        ),
        (
            "Ana Silva has been accused by unions of hiring children.",
            [(None, "hiring children")],
        ),
        (
            "He said he had never met them and accused Oresia of hiding them.",
            [(None, "he had never met them"), (None, "Oresia of hiding them")],
        ),
        (
            "She rejected claims that the mayor had lied and said all was well.",
            [(None, "that the mayor had lied"), (None, "all was well")],
        ),
        (
            "Minister misled house on dam, alleges Labour; ‘baseless’, says Obi",
            [("Labour", "Minister misled house on dam"), ("Obi", "baseless")],
        ),
        (
            "The ministry met the envoy and, in a statement, said Oro lied.",
            [(None, "Oro lied")],
        ),
        (
            "Channel Five rejected the criticism, saying each candidate had time.",
            [("Channel Five", "the criticism"), ("Channel Five", "each candidate had time")],
        ),
        (
            "VELORNE (Karvia), May 14 - Police said the square was empty.",
            [("Police", "the square was empty")],
        ),
        (
            "Velorne (Karvia), May 14 (AFP) - Police said the square was empty.",
            [("Police", "the square was empty")],
        ),
        (
            "Ana Silva said that the dam would burst, ABC News reported.",
            [("Ana Silva", "that the dam would burst")],
        ),
        ("Critics claim the mayor hid the report.", [(None, "the mayor hid the report")]),
        (
            "Joe Obi denied murder and attempted murder.",
            [("Joe Obi", "murder and attempted murder")],
        ),
        (
            "Silva denied wrongdoing and claims of fraud.",
            [("Silva", "wrongdoing and claims of fraud")],
        ),
        (
            "A man accused of killing Mohammed Ali walked free.",
            [(None, "killing Mohammed Ali")],
        ),
        (
            "A judge accused of taking unreported gifts has resigned.",
            [(None, "taking unreported gifts")],
        ),
        ("Ana Silva was urged to resign by Friday.", [(None, "to resign by Friday")]),
        ("The charges were denied by the company.", [(None, "The charges")]),
        ("On Tuesday, Silva testified.", []),
        ("After the crash, Joe Obi complained.", []),
        ("“It burns”; , says Joe Obi", [(None, "Joe Obi")]),
        (", its leader, Joe Obi, said “it burns”.", [("Joe Obi", "it burns")]),
        ("The unit was unsafe, Ana Silva said Tuesday.", [("Ana Silva", "The unit was unsafe")]),
        (
            "The unit was unsafe, Ana Silva told the inquiry.",
            [("Ana Silva", "The unit was unsafe")],
        ),
        (
            "More than 1,100 ballots were thrown out there, according to the governor’s office.",
            [(None, "More than 1,100 ballots were thrown out there")],
        ),
        ("Ana Silva ruled out raising the bid.", [("Ana Silva", "raising the bid")]),
        (
            "Ana Silva denied that it burned, a claim made by the army.",
            [("Ana Silva", "that it burned")],
        ),
        ("The deal must also be approved by officials.", []),
        (
            "Karvia’s defence ministry said it was over. “Nobody fired on us,” the ministry said.",
            [
                ("Karvia’s defence ministry", "it was over"),
                ("Karvia’s defence ministry", "Nobody fired on us"),
            ],
        ),
        ("We rate the claim False.", []),
        ("Ana Silva stopped short of calling it an act of war.", []),
        ("VERDICT: This is false.", []),
        ("The claims could not be independently verified.", []),
        ("Joe Obi did not respond to four messages.", []),
        ("An aide who did not wish to be named left.", []),
        ("Joe Obi would not say.", []),
        ("Transcript: Senator Obi on the dam", []),
        ("It was a big “win”. The “Blue House” stood empty.", []),
        ("It rained here all day.", []),
        ("", []),
    ],
)
def test_who_said_what(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("opening", "mention", "speaker"),
    [
        ("Ana Silva met Joe Obi.", "Silva", "Ana Silva"),
        ("Ana Silva met Joe Obi.", "Mr. Obi", "Joe Obi"),
        ("Ana Silva spoke first.", "she", "Ana Silva"),
        ("Mr. Joe Obi met Ms. Ana Silva.", "he", "Joe Obi"),
        ("It rained.", "he", None),
        ("Spokesman Joe Obi met Ana Silva.", "the spokesman", "Joe Obi"),
        ("Ana Silva left. Rui Silva came.", "Silva", "Rui Silva"),
        ("It rained.", "Silva", "Silva"),
        ("It rained in St. Oro. Lopez came. Ana Lopez won.", "Lopez", "Ana Lopez"),
        ("Joe P. Obi Jr. met Ana Silva.", "Obi", "Joe P. Obi Jr"),
        ("Imran Sheikh met Ana Silva.", "Mr Sheikh", "Imran Sheikh"),
        ("Ana Silva met Joe Obi.", "Ana", "Ana Silva"),
        ("The Defence Ministry met.", "the ministry", "Defence Ministry"),
        ("Oro Foods Plc makes milk.", "the company", "Oro Foods Plc"),
        ("Joe Obi, 29, met Ana Silva.", "the 29-year-old", "Joe Obi"),
        ("Oro Foods said it was safe.", "it", "Oro Foods"),
        ("It rained.", "Secretary of State Ana Silva", "Ana Silva"),
        ("It rained.", "the rival Ana Silva", "Ana Silva"),
        ("It rained.", "Its chair, Sir Joe Obi,", "Joe Obi"),
        ("It rained.", "Silva spokesman Zdenko Kovac", "Zdenko Kovac"),
        ("It rained.", "Former Oro Desh chief minister Mahesh Rao", "Mahesh Rao"),
        ("Oro Watch said many were held.", "it", "Oro Watch"),
        ("It rained.", "Her daughter, Eva,", "Eva"),
        ("It rained.", "Her brother Joe", "Joe"),
        ("Ana Silva met Joe Obi.", "his spokesman", None),
        ("The Northern Front met.", "the Front", "Northern Front"),
        (
            "The Union of Oro and Karvia Workers Union met.",
            "the union",
            "Union of Oro and Karvia Workers Union",
        ),
        ("Oro Foods Plc met Karvia Foods Plc.", "the company", None),
        ("Oro Foods fell. Oro Foods Plc makes milk.", "the company", "Oro Foods Plc"),
        ("It rained.", "the operator, Nordlink,", "Nordlink"),
        ("It rained.", "the Oro-based company", None),
        ("It rained.", "the Minister", None),
        ("The West Bank was quiet.", "the company", None),
        ("Oro Widgets LLC makes milk.", "the company", "Oro Widgets LLC"),
        ("On Monday Oro Foods Plc fell.", "the company", "Oro Foods Plc"),
        ("It rained.", "the Kremlin", "Kremlin"),
        ("Oro Foods Plc makes milk.", "the Oro-based company", "Oro Foods Plc"),
        ("Minister Nasser al-Dahmi met Ana Silva.", "he", "Nasser al-Dahmi"),
        ("The isles’ governor, Ana Silva, met us.", "she", "Ana Silva"),
        ("It rained.", "Oro Foods, Inc. (ORO: LSX)", "Oro Foods"),
    ],
)
def test_a_mention_resolves_to_the_full_name(
    opening: str, mention: str, speaker: str | None
) -> None:
    assert said(f"{opening} “It was a long day,” {mention} said.")[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Silva left. “I’d invite Eva Obi to do it,” she said.", "Ana Silva"),
        ("Joe Obi left. In a letter to Max Silva, he wrote: “It burns.”", "Joe Obi"),
        ("Max Silva spoke.\n\nJoe Obi came home late.\n\n“It burns,” he said.", "Joe Obi"),
        ("Joe Obi left. In a letter to the Oro Courier, he said it burns.", "Joe Obi"),
        ("Max Adams lost to Ana Silva. Joe Obi won. “I’m happy with it,” he said.", "Joe Obi"),
        ("Joe Obi left, after a row with the critic Max Silva. “It burns,” he said.", "Joe Obi"),
    ],
)
def test_a_pronoun_means_who_the_text_is_about(text: str, speaker: str) -> None:
    assert said(text)[-1][0] == speaker


def test_what_is_said_in_several_paragraphs_has_no_marks_in_it() -> None:
    (statement,) = read_article("Ana Silva said: “It burns.\n\n“I went home.”")
    assert statement.said == "It burns. I went home."


def test_a_question_put_to_somebody_is_no_statement() -> None:
    found = said("Asked whether it burned, Ana Silva said it did.")
    assert found == [("Ana Silva", "it did")]


def test_a_quotation_interrupted_by_its_tag_is_one_statement() -> None:
    text = "“It was,” Ana Silva said, “a long day.” So the day went."
    (statement,) = read_article(text)
    assert [text[start:end] for start, end in statement.spans] == ["It was", "a long day."]
    assert statement.said == "It was, a long day."
    assert statement.kind == "direct"


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_quotation_that_goes_on_behind_its_tag_is_one_statement(between: str) -> None:
    text = f"“It was a long day,” Ana Silva said.{between}“Nobody slept at all.”"
    (statement,) = read_article(text)
    assert statement.said == "It was a long day. Nobody slept at all."


def test_a_quotation_goes_on_from_what_was_reported_right_before() -> None:
    text = "Ana Silva said that the day was long. “Nobody slept at all.”"
    assert said(text) == [("Ana Silva", "that the day was long. “Nobody slept at all.")]
    assert read_article(text)[0].said == "that the day was long. Nobody slept at all."


def test_he_is_who_spoke_without_a_name_last() -> None:
    text = "Joe Obi left. An aide to the mayor said it was over. “We are happy with it,” he said."
    assert said(text)[-1][0] is None


def test_nobody_says_what_is_understood() -> None:
    text = "Oro Foods said it was safe. It is understood that Obi will leave."
    assert said(text)[-1][0] is None


def test_a_title_beside_a_title_is_no_statement() -> None:
    text = "Joe Obi, who’s starred in “Night Talk” and “Men of Oro,” posted the clip to his page."
    assert said(text) == []


def test_speech_without_a_tag_is_that_of_the_subject_before() -> None:
    text = "“It was a long day,” Ana Silva said. Joe Obi turned to her. “Nobody slept at all.”"
    assert said(text)[-1] == ("Joe Obi", "Nobody slept at all.")


def test_the_sentence_is_kept() -> None:
    text = "It rained. “It was a long day,” Ana Silva said."
    assert read_article(text)[0].sentence == "“It was a long day,” Ana Silva said."


def test_a_quotation_over_paragraphs_is_one_statement() -> None:
    text = "“It was long.\n\n“Nobody slept,” Ana Silva said."
    assert said(text) == [("Ana Silva", "It was long.\n\n“Nobody slept")]


def test_the_kind_tells_quoted_from_reported() -> None:
    text = "“No,” Ana Silva said. Silva said it was “all a lie.” Silva said it was late."
    assert [s.kind for s in read_article(text)] == ["direct", "mixed", "indirect"]


def test_a_reported_clause_is_labelled_with_its_verb() -> None:
    statement = read_article("The company denied any role in the fire.")[0]
    assert statement.text == "any role in the fire"
    assert statement.prediction.text == "The company denied any role in the fire"


def test_a_quoted_fragment_is_labelled_with_its_verb() -> None:
    statement = read_article("Ana Silva denied “any role in it”.")[0]
    assert statement.text == "any role in it"
    assert statement.prediction.text == "Ana Silva denied “any role in it”"


def test_the_second_of_two_verbs_is_labelled_without_what_the_first_reports() -> None:
    text = "Karvia denied that it fired on Oro and said Oresia had lied."
    assert read_article(text)[1].prediction.text == "Karvia said Oresia had lied"


def test_a_statement_prints_label_speaker_and_text() -> None:
    shown = str(read_article("“They lied to us,” Ana Silva said.")[0])
    assert shown.startswith("accusation ")
    assert shown.endswith("%  Ana Silva: They lied to us")


def test_the_cue_is_kept() -> None:
    assert read_article("Ana Silva flatly denied that it rained.")[0].cue == "denied"


@settings(deadline=None)
@example("A said: “never closed")
@given(st.one_of(st.text(st.characters(exclude_categories=())), NEWSLIKE))
def test_offsets_cut_out_the_statement(text: str) -> None:
    for s in read_article(text):
        assert text[s.start : s.end] == s.text


@settings(deadline=None)
@given(NEWSLIKE | st.lists(st.sampled_from(PHRASES), max_size=9).map(" ".join))
@example("“will pass,” had called he said, “will pass,” “We won,” Obi said. — Ana Bo said Silva")
@example("“will pass,” adding that he left Ana Silva said that it burns, “will pass,” — Ana Bo")
def test_statements_are_in_order_and_apart(text: str) -> None:
    found = read_article(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "“",
        "' ",
        "said ",
        "X said ",
        "“No,” he said. ",
        "Ana Silva, ",
        "“it was,” said he, ",
        "the “Ab Cd.” ",
        "“No,” said X, ",
        "“it is” and said ",
        "X said “a,” adding ",
        "“No!” ― A ",
        "said a neighbour, Tom Hill, had called and ",
        "Oro says it; ",
        "he met Obi and said ",
        "Ana, who said it, ",
        "Q: it is\nA: so\n",
        "“it is                                                                    so” ",
    ],
)
def test_endless_repetition_is_read_to_the_end(text: str) -> None:
    found = read_article(text * 2000)
    assert all(s.text for s in found)


def test_an_article_must_be_a_str() -> None:
    with pytest.raises(stance.StanceError, match="article: expected str, got bytes"):
        read_article(b"No.")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def harbour() -> list[Statement]:
    path = ROOT / "datasets" / "examples" / "harbour_bridge.txt"
    return read_article(path.read_text(encoding="utf-8"))


def test_the_speakers_of_the_example_are_found(harbour: list[Statement]) -> None:
    names = {"Inés Barrantes", "Martin Okafor", "Ruth Delacroix-Banda", "Tomasz Wren"}
    assert names <= {s.speaker for s in harbour}


@pytest.fixture(scope="module")
def seed(shared: Path) -> list[Statement]:
    return read_article((shared / "seed_article.txt").read_text(encoding="utf-8"))


def test_the_seed_article_has_ten_statements_or_more(seed: list[Statement]) -> None:
    assert len(seed) >= 10


def test_the_seed_article_has_its_speakers(seed: list[Statement]) -> None:
    surnames = {s.speaker.split()[-1] for s in seed if s.speaker}
    assert {"Medvedev", "Zelenskyy", "Peskov", "Dmitriev", "Lavrov", "Trump"} <= surnames


def test_the_seed_article_hedges(seed: list[Statement]) -> None:
    hedges = [s.said.replace("’", "'") for s in seed if s.prediction.label == "hedge"]
    expected = "You're saying maybe the attack didn't take place, that's possible too, I guess"
    assert any(said.startswith(expected) for said in hedges)


def test_every_direct_quote_of_the_seed_article_has_its_speaker(seed: list[Statement]) -> None:
    spoken = [s for s in seed if s.kind == "direct"]
    surnames = [s.speaker.split()[-1] if s.speaker else None for s in spoken]
    assert surnames == [
        "Zelenskyy", "Medvedev", "Dmitriev", "Peskov", "Trump", "Trump", "Trump", "Trump", "Trump"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "speaker", ["Sergey Lavrov", "Volodymyr Zelenskyy", "France", "Dmitry Peskov"]
)
def test_the_seed_article_has_its_reported_statements(seed: list[Statement], speaker: str) -> None:
    assert any(s.speaker == speaker and s.kind != "direct" for s in seed)


def test_a_paragraph_that_tells_something_first_goes_on_from_no_quotation() -> None:
    text = "Ana Silva wrote: “It burns all day long.”\n\nWould she go? She laughs. “Come and see.”"
    assert [words for _, words in said(text)] == ["It burns all day long.", "Come and see."]


def test_a_clause_that_a_quotation_ends_behind_its_tag_is_one_statement() -> None:
    text = "Anyone who did so, Ana Silva added, “will be in that dock”."
    (statement,) = read_article(text)
    assert (statement.kind, statement.said) == ("mixed", "Anyone who did so will be in that dock")


def test_what_one_adds_behind_who_spoke_is_apart() -> None:
    text = (
        "It may have begun in a shed where oil was kept, said Ilya Morav, head of the service, "
        "adding that the roof fell in."
    )
    assert said(text) == [
        ("Ilya Morav", "It may have begun in a shed where oil was kept"),
        ("Ilya Morav", "that the roof fell in"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At a rally in Oro, Silva said, “it will burn down”.", ("Silva", "it will burn down")),
        (
            "Silva said that, despite the cost, the bridge would open.",
            ("Silva", "that, despite the cost, the bridge would open"),
        ),
        (
            "Silva accused Obi, though not by name, of theft.",
            ("Silva", "Obi, though not by name, of theft"),
        ),
        (
            "Silva told reporters on a visit to Oro that the dam would burst.",
            ("Silva", "that the dam would burst"),
        ),
        ("He is guilty, the jury was told.", (None, "He is guilty")),
        (
            "Police described him as a man accused of theft.",
            ("Police", "him as a man accused of theft"),
        ),
        ("Joe Obi left. The Independent reported that he lied.", (None, "that he lied")),
        ("Joe Obi met a rapper. The rapper said it burned.", (None, "it burned")),
        (
            "Joe Obi left. The former prime minister Tony Blunt said it burned.",
            ("Tony Blunt", "it burned"),
        ),
        (
            "The Food Standards Agency met. The regulator said it was safe.",
            (None, "it was safe"),
        ),
        (
            "The Food Standards Agency said it burned. The regulator said it was safe.",
            ("Food Standards Agency", "it was safe"),
        ),
        ("His son Martin Jr., 12, was there. He said it burned.", ("Martin", "it burned")),
        ("In Georgia, 14, and Alabama, 21, fell. He said it burned.", (None, "it burned")),
        ("Former Vice President Al Grove left. Grove said it burned.", ("Al Grove", "it burned")),
        ("The alleged victim said he knew the man.", (None, "he knew the man")),
    ],
)
def test_what_a_rule_must_leave_alone(text: str, expected: tuple[str | None, str]) -> None:
    assert said(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The alleged victim said he knew the man.", "The alleged victim"),
        ("He Lifeng said it burned.", "He Lifeng"),
        ("The mayor on Monday night said it burned.", "The mayor"),
        ("A letter leaked last week said it burned.", "A letter leaked last week"),
        (
            "Boeing chief executive Dave Cal, a former engineer, said it burned.",
            "Boeing chief executive Dave Cal, a former engineer",
        ),
    ],
)
def test_a_speaker_stands_as_written(text: str, mention: str) -> None:
    assert read_article(text)[-1].speaker_text == mention


@pytest.mark.parametrize("text", ["ruled out", "He never ruled out, said Obi."])
def test_a_verb_at_the_end_is_no_error(text: str) -> None:
    assert all(text[s.start : s.end] == s.text for s in read_article(text))


def test_what_is_announced_is_not_said() -> None:
    assert said("After he left, changes were announced.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two sources said he had fled, while a third told us he was being held.",
            [(None, "he had fled"), (None, "he was being held")],
        ),
        (
            "Officer Who Shot Teacher Believed Wallet Was a Gun, Police Say",
            [("Police", "Officer Who Shot Teacher Believed Wallet Was a Gun")],
        ),
        ("Nonsense, said Luis Peralta.", [("Luis Peralta", "Nonsense")]),
        (
            "The gang threatened on Telegram to publish the files.",
            [(None, "to publish the files")],
        ),
        ("Gareth Pollock, 52, found out when a stranger rang him.", []),
        (
            "He promised a full inquiry but stopped short of saying it would be public.",
            [(None, "a full inquiry")],
        ),
        ("His father, Ron, himself a miner for 31 years, doesn’t blame anyone.", []),
        (
            "Mum-of-three Jodie Farrow said she was happy about it.",
            [("Jodie Farrow", "she was happy about it")],
        ),
        (
            "The fight is over funding that Democrats say would save lives.",
            [("Democrats", "would save lives")],
        ),
        (
            "A fire tore through a plant on Tuesday, the emergencies ministry said, and survivors said "
            "two of the three exits had been chained shut.",
            [
                ("emergencies ministry", "A fire tore through a plant on Tuesday"),
                (None, "two of the three exits had been chained shut"),
            ],
        ),
        (
            "The department, Ana Silva said, had “lied about the wallet and about the ambulance.”",
            [("Ana Silva", "The department had “lied about the wallet and about the ambulance.”")],
        ),
    ],
)
def test_newsroom_ways_of_telling_who_said_what(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert [(s.speaker, s.said) for s in read_article(text)] == expected
