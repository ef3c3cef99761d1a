"""Common given names that are nearly always a woman's, or nearly always a man's."""

from __future__ import annotations

from typing import Final

WOMEN: Final = frozenset(
    "ada adriana agnes aisha alexandra alice alicia amal amanda amelia amina amy ana anastasia andrea"
    " angela anita ann anna anne annalena annette annie antonia barbara beatriz betty brenda brigid camila"
    " carly carmen carol caroline catherine cecile celia charlotte cheryl christina christine claire"
    " clara claudia cynthia daniela deborah denise diana diane dilma dina donna dora dorothy edith elena"
    " elisabeth elizabeth ella ellen emily emma esther eva eve fatima fiona florence frances gabriela"
    " giorgia gina gloria grace hannah harriet heather helen helena hillary huma ida ingrid irene irina"
    " isabel isabella ivana ivanka jacinda jacqueline jane janet jean jennifer jessica jill joan joanna"
    " jodie joyce judith judy julia julie kaja kamala karen karin karine kate katherine kathleen katie"
    " kellyanne kim kirsten kristen laura lauren leila leticia lila linda lisa liz lola loretta lori"
    " louise lucia lucy luisa madeleine magdalena malala mara marcia margaret maria mariam marianne marie"
    " marina marine marjorie marta martha mary maryam maureen megan megyn melania melissa mercedes mette"
    " michelle mila miriam moira monica nadia nancy naomi natalia natalie nicola nicole nikki nina nora"
    " olena olga olivia pamela patricia paula penny priti rachel raquel rebecca roberta rosa rose ruth"
    " sabine salma samantha sandra sanna sara sarah sharon sheila shirley silvia simone sofia sonia"
    " sophia sophie stella stephanie susan suzanne svetlana sylvia tamara tanya tatiana teresa theresa"
    " tina tulsi ursula valerie vanessa vera veronica victoria virginia wanda wendy yulia yvette yvonne"
    " zainab zoe".split()
)
"""Women's names, in lower case."""

MEN: Final = frozenset(
    "aaron abdul abdullah adam adel ahmad ahmed alan albert alberto alejandro alex alexander alexei ali"
    " amir anatoly andres andrew andriy andrzej andy angus anthony antonio antony anwar arkady armando"
    " arthur asif aung barack barry bashar ben benjamin benny bernard bernie bill bob boris brad brian"
    " bruce carl carlos cesar charles chris christopher chuck claude colin craig dan daniel darrell dave"
    " david dean denis dennis dick diego dieter dmitri dmitry dmytro don donald doug douglas drew dwight"
    " ed eduardo edward emmanuel enrique eric ernest evan ferdinand fernando francis francisco francois"
    " frank franz fred frederick gavin gary gennady geoffrey george gerald gerhard giovanni glenn gordon"
    " graham greg gregory guy hamid harold harry hassan heinz henri henry herbert hossein howard hugh hugo"
    " hussein ian ibrahim igor ilya imran isaac ismail ivan jack jacob jair jake james jared jason javier"
    " jay jeb jeff jeffrey jens jeremy jerome jerry jim jimmy joachim joao joe joel john jon jonathan jorge"
    " jose joseph josh joshua juan julian julio justin kareem karl keir keith kenneth kevin khalid kiril"
    " konstantin kyle larry lars lawrence lee leo leonid leon lindsey luis luiz mahmoud manuel marc marco"
    " marcus mario mark markus martin mateusz matt matthew maurice max mehmet michael michel miguel mike"
    " mikhail milos mitch mitt mohamed mohammad mohammed muhammad mustafa nathan neil nicholas nick"
    " nicolas nigel nikolai noah olaf oleg oleksandr oliver omar oscar osama owen pablo patrick paul pavel"
    " pedro pete peter petro philip pierre rafael rahul ralph ramon ramzan rand raul ray raymond recep"
    " reuven ricardo richard rick rishi robby robert roberto rodrigo roger roland ron ronald roy rudy"
    " rui russell saddam salman sam samuel scott sean sebastian sergei sergey shane shinzo simon stanley"
    " stefan stephen steve steven stuart tariq ted teodoro terry thomas tim timothy tobias todd tom tomasz"
    " tony travis vadim vaclav valery victor viktor vincent vitali vitaly vladimir volodymyr walter warren"
    " wayne wilhelm will william wolfgang xavier yair yasser yevgeny yitzhak yuri yusuf zachary".split()
)
"""Men's names, in lower case."""
