"""Sentences as newsrooms write them, which outsiders found misread."""

from __future__ import annotations

import pytest

from stance import read_article


def said(text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.said) for one in read_article(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The row threatens to overshadow a summit next week.",
        "Monitors were expected to reach the area on Sunday.",
        "She did not say what steps Oro would take.",
        "The jury was shown a photograph of the yard.",
        "Organisers told a different story.",
        "President Ana Silva dismissed her finance minister on Sunday.",
        "Both sides were trading blame before noon.",
        "No one is known to have fallen ill.",
        "Officers responded to a report of shots fired near the park.",
        "The bouncer, who was not hurt, declined to press charges.",
        "Two juveniles were cited for throwing eggs at cars.",
        "Vann and her colleagues dated seeds found above and below the prints.",
        "Their chairman, Owen Tegg, has written to the regulator.",
        "She was refused a place on the crew four times.",
        "Witnesses are asked to call the station.",
        "Vasquez, who toured with Morrow, responded within the hour.",
        "Those remarks angered the club.",
        "Okonjo himself has said nothing.",
        "Cal Strachey is on trial charged with the murder of Peter Nakh.",
        "Neil Pross has pleaded guilty to false accounting and is due to give evidence.",
        "SKETCH: A quiet day for the Minister",
        "Castellan Marine has never admitted that anybody fell ill.",
        "He says it pleasantly, the way one might mention the weather.",
    ],
)
def test_what_is_done_is_not_said(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Teo Ruiz has always denied moving the data.", "Teo Ruiz", "moving the data"),
        (
            "The union blames its contractor, Pell Brothers, for the fire.",
            None,
            "its contractor, Pell Brothers, for the fire",
        ),
        (
            "Silva accused her counterpart, Joe Obi, of misleading her on Sunday.",
            "Silva",
            "her counterpart, Joe Obi, of misleading her on Sunday",
        ),
        (
            "Oro may not attend, a senior official said, speaking on condition of anonymity.",
            None,
            "Oro may not attend",
        ),
        (
            "According to two Western diplomats briefed on the talks, it may also cost a share.",
            None,
            "it may also cost a share",
        ),
        ("Drug firm hid deaths for years, inquiry hears", None, "Drug firm hid deaths for years"),
        ("A clerk sold charts to a foreign power, a court heard yesterday.", None, "A clerk sold"),
        ("KESH-ATA: Two soldiers died at the border, officials said.", None, "Two soldiers died"),
        (
            "OLM/KARSKA, Oct 19 - The Northern League froze assets, saying they had paid for it.",
            "Northern League",
            "they had paid for it",
        ),
        (
            "Opposition leader Joe Obi hit out at the house, alleging that it had known.",
            "Joe Obi",
            "that it had known",
        ),
        (
            "Two Oro officials, who spoke on condition of anonymity because they feared for their"
            " jobs, said the talks had stalled.",
            None,
            "the talks had stalled",
        ),
        (
            "Chairwoman Ana Silva has backed him, but fans’ group Oro Voice said they would leave.",
            "Oro Voice",
            "they would leave",
        ),
        ("It was lost, but friends of the crew say it was old.", None, "it was old"),
        (
            "Board President Joe Obi closed the session as parents chanted “Shame on you.”",
            None,
            "Shame on you.",
        ),
        (
            "She lost Davy Orr, whose brother had claimed that she turned too early.",
            None,
            "that she turned too early",
        ),
        (
            "Midwives who raised concerns were bullied into silence, an inquiry has heard.",
            None,
            "Midwives who raised concerns were bullied into silence",
        ),
        ("The pilots’ union has been warning for months about fatigue.", None, "about fatigue"),
        ("Cruz has said for weeks he is the only one who can win.", "Cruz", "he is the only one"),
        ("Inquiry told of ‘culture of silence’ on ward", None, "culture of silence"),
        ("Oro City (AFP) – The same anger could grow, Silva warned.", "Silva", "The same anger"),
        ("According to state law, no one may ask for a vote there.", None, "no one may ask"),
        ("Oro Falls council said it was safe.", "Oro Falls council", "it was safe"),
        (
            "Minister for Agriculture Orla Devane said the port was shut.",
            "Orla Devane",
            "the port was shut",
        ),
        (
            "Councillor Huw Tal, who voted against the plan, tweeted that it was over.",
            "Huw Tal",
            "that it was over",
        ),
        (
            "Mayor Cal Hargraves said he understood but rejected the claim.",
            "Cal Hargraves",
            "he und",
        ),
        (
            "If the plan stays, Silva added, “we will close each site we have.”",
            "Silva",
            "If the plan stays we will close",
        ),
        (
            "Bishop Hal Rook “buried” a complaint of a boy, said Aoife Kinn, counsel for the inquiry.",
            "Aoife Kinn",
            "Bishop Hal Rook",
        ),
        (
            "Asked whether he had been told to, his aide, Sir Jon Farr, said: “That is nonsense, sir.”",
            "Jon Farr",
            "That is nonsense, sir.",
        ),
        (
            "A Roman Catholic bishop told nobody about it for years, an inquiry heard yesterday.",
            None,
            "A Roman Catholic bishop told nobody",
        ),
        (
            "The Central Bank of Oro left its rate at 6% on Thursday, and said prices could rise.",
            "Central Bank of Oro",
            "prices could rise",
        ),
        ("Lines company NorthGrid said 62,000 homes were dark.", "NorthGrid", "62,000 homes"),
        ("She stayed, and Odile, who palace officials say is ill, left.", None, "is ill"),
        ("About 200 people gathered in Oro Square to demand an apology.", None, "an apology"),
        (
            "Food prices rose 9.1% in the year, the statistics office said last week.",
            "statistics office",
            "Food prices rose",
        ),
        ("The minister, Silva wrote, “cut the guards by a third”.", "Silva", "The minister cut"),
        (
            "He may have lost it, Silva said, but could not recall doing so.",
            "Silva",
            "He may have lost it but could not recall doing so",
        ),
        ("Joel Amari admitted using EPO and was banned for life.", "Joel Amari", "using EPO"),
        ("A Downing Lodge official insisted that it was fine.", None, "that it was fine"),
        (
            "He posted that we were “paid liars” and threatened to publish our home address.",
            None,
            "to publish our home address",
        ),
        (
            "According to the head of the office, Dr. Piet Oranje, an odour may have come from it.",
            "Piet Oranje",
            "an odour may have come",
        ),
        ("He advised the directors that it would be prudent to wait.", None, "that it would be"),
        ("Oro insists it was right and accuses Karvia of lying.", "Oro", "it was right"),
        (
            "Opposition health spokesperson Wiremu Task disagreed, saying the minister had cut it.",
            "Wiremu Task",
            "the minister had cut it",
        ),
        (
            "Oro’s Corporate Affairs Manager, Mr. Femi Olad, dismissed it, stating that it was others.",
            "Femi Olad",
            "that it was others",
        ),
        ("A fund founder stole £31 million from teachers, a jury has been told.", None, "A fund"),
        (
            "Bank of England Governor Ana Bell said rates would rise.",
            "Ana Bell",
            "rates would rise",
        ),
        ("Department of Health spokesman Joe Obi said it was fine.", "Joe Obi", "it was fine"),
        ("Minister of State for the Arts Ger Hal said it was fine.", "Ger Hal", "it was fine"),
        ("Friends of Mayor Ana Silva said it was fine.", None, "it was fine"),
        ("Hale pleaded not guilty to all charges.", "Hale", "not guilty to all charges"),
        ("He refused, and was told to leave the chamber.", None, "to leave the chamber"),
        (
            "Obi told Officer Lena Voss that he had paid, according to the report.",
            "Obi",
            "that he had paid",
        ),
    ],
)
def test_who_says_what(text: str, speaker: str | None, words: str) -> None:
    assert [who for who, what in said(text) if what.startswith(words)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("The union threatened to derail the talks.", None, "to derail the talks"),
        ("The inquiry found in March that the brakes failed.", None, "that the brakes failed"),
        ("Silva dismissed the minister’s claim as nonsense.", "Silva", "the minister’s claim as"),
        ("Silva declined to say whether she would run.", "Silva", "to say whether she would run"),
        ("Silva did not deny the claim that she knew.", "Silva", "the claim that she knew"),
        (
            "Silva said that, according to the report, it burned.",
            "Silva",
            "that, according to the report, it burned",
        ),
        ("Police said he broke in and promised to return.", "Police", "he broke in and promised"),
        (
            "Silva said her side had not fired and blamed thieves for the raid.",
            "Silva",
            "her side had not fired",
        ),
    ],
)
def test_what_rules_must_leave_alone(text: str, speaker: str | None, words: str) -> None:
    assert [who for who, what in said(text) if what.startswith(words)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Joe Obi left.\nA man was held after he told a bouncer, “I will be back for you.”", None),
        ("Joe Obi left.\nThe neighbour denied that he filmed. “It was the wind,” he said.", None),
        (
            "Minister Ana Bek rose. Minister Joe Obi left. “It must stay,” the minister said.",
            "Joe Obi",
        ),
        ("His colleague Ray Tilney nodded. “They think we are soft.”", "Ray Tilney"),
        ("“It was late,” said Ana Silva, a nurse. Her hands shook. “Then it fell.”", "Ana Silva"),
        ("Oro Foods Inc makes jam. The company lost money last year, it said.", "Oro Foods Inc"),
        ("The judge was in no doubt about who is to blame. “Obi sat on that study.”", None),
        ("Luis Ferr left. “It is over,” the Argentine midfielder wrote.", "Luis Ferr"),
        ("Gannet Research sells reports. Gannet alleged that it had lied.", "Gannet Research"),
        ("Prince Leopold came at noon. “She is on the mend,” the prince said.", "Prince Leopold"),
        (
            "Giving evidence, Rhys Ormond was asked by Mr Iyer if he knew.\n“Not then, no.”",
            "Rhys Ormond",
        ),
        ("Minnie Driver said no. Driver added that it was late.", "Minnie Driver"),
        ("Owner Rob Dunn said he was late. “We paid them,” he said.", "Rob Dunn"),
        ("“We lost,” its secretary, Gaz Holl, said. “Enough.”", "Gaz Holl"),
    ],
)
def test_who_speaks_last(text: str, speaker: str | None) -> None:
    assert said(text)[-1][0] == speaker


def test_what_is_told_of_somebody_before_a_verb_is_not_labelled() -> None:
    (statement,) = read_article(
        "Silva, who is to give evidence next week, has always denied it was hers."
    )
    assert statement.prediction.text == "Silva has always denied it was hers"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Joe Obi, spokesman for the mayor, was there. The mayor said no.", None),
        ("Joe Obi, who beat the mayor, was there. The mayor said no.", None),
        ("Joe Obi, accused of killing the nurse, left. The nurse said no.", None),
        ("Ana Silva, who sued the firm, lives here. The firm said no.", None),
        ("Tom Hale, a player for the team, was hurt. The team said no.", None),
        ("Unlike the coach, Ana Silva, a striker, was calm. The coach said no.", None),
        ("Asked about the mayor, Ana Silva, 34, shrugged. The mayor said no.", None),
        ("To replace the captain, Joe Obi, 20, came on. The captain said no.", None),
        (
            "Home Secretary Joe Obi met Shadow Home Secretary Ana Silva. The home secretary said no.",
            "Joe Obi",
        ),
        ("President Ana Silva will meet President Joe Obi. The president said no.", "Ana Silva"),
        ("Bus driver Joe Obi was hurt. Police held a lorry driver. The driver said no.", None),
    ],
)
def test_a_role_that_somebody_else_has_names_nobody(text: str, speaker: str | None) -> None:
    assert said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Silva, who never married, said she was happy.", "Silva", "she was happy"),
        ("A man who had not slept told police he saw it.", None, "he saw it"),
        ("Silva did not just say the vote was rigged.", "Silva", "the vote was rigged"),
        ("Silva told us that there was more to the story.", "Silva", "that there was more"),
        ("Silva dismissed the official figures as lies.", "Silva", "the official figures as lies"),
        ("After the strike, Karvia threatened to cut gas supplies.", "Karvia", "to cut gas"),
        ("Silva responded to Obi that it was a lie.", "Silva", "that it was a lie"),
        ("Silva declined to rule out a strike.", "Silva", "to rule out a strike"),
        ("Silva told that reporter the dam was unsafe.", "Silva", "that reporter the dam"),
        ("Joe Obi was there. A driver hit him, he said.", "Joe Obi", "A driver hit him"),
        ("Obi, but not Silva, said it was fine.", "Obi", "it was fine"),
        ("Men who posed as officers said it was fine.", "Men", "it was fine"),
        ("Police said the man confessed and blamed drink.", "Police", "the man confessed and"),
        ("She said he apologised and promised to change.", None, "he apologised and promised"),
        ("Silva said he was drunk, jury told", "Silva", "he was drunk"),
        ("Silva blamed the war, she said, for the prices.", "Silva", "the war"),
        ("And yet, the shed was safe, according to Obi.", "Obi", "the shed was safe"),
        ("SILVA: The mayor will resign.\nOBI: No.\nSILVA: She said so.", "SILVA", "The mayor will"),
    ],
)
def test_what_looks_alike_is_read_as_it_was(text: str, speaker: str | None, words: str) -> None:
    assert [who for who, what in said(text) if what.startswith(words)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Silva denies, officials said.",
        "Karvia warns, threatens said",
        "Obi denied, officials said.",
    ],
)
def test_a_verb_right_before_a_tag_is_no_error(text: str) -> None:
    assert read_article(text)


@pytest.mark.parametrize("text", ["The newly accused man was freed.", "The word is\n“Brat.”"])
def test_a_word_that_reports_elsewhere_reports_nothing(text: str) -> None:
    assert said(text) == []
