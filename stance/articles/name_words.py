"""Closed classes of words in and around names: titles, offices, what is no person's name."""

from __future__ import annotations

from typing import Final

from stance.articles.given_names import MEN, WOMEN

PARTICLES: Final = frozenset("de da del di du van von der bin al el la".split())
"""Small words inside names."""

FEMALE_TITLES: Final = frozenset(
    "mrs ms miss madam dame lady queen princess baroness spokeswoman chairwoman congresswoman councilwoman"
    " businesswoman actress mother".split()
)
"""Titles of women, in lower case, as all of these words are."""

MALE_TITLES: Final = frozenset(
    "mr sir lord king prince baron spokesman chairman congressman councilman businessman actor"
    " father".split()
)
"""Titles of men."""

TITLES: Final = (
    frozenset(
        "president vice prime minister premier chancellor secretary general foreign defence defense"
        " finance interior health state senator sen representative rep congressman congresswoman"
        " governor gov mayor judge justice chief justice police officer captain capt colonel col major"
        " maj lieutenant lt sergeant sgt admiral adm commander ambassador envoy speaker leader deputy"
        " former ex acting then senior councillor"
        " councilor chief executive first spokesperson director chair chairperson ceo coach manager"
        " professor prof dr doctor sheriff attorney prosecutor detective inspector commissioner"
        " candidate nominee republican democrat democratic independent rev reverend bishop archbishop"
        " pope cardinal rabbi imam sheikh analyst expert economist striker goalkeeper kremlin pentagon"
        " us u.s uk eu un reporter pastor democrats republicans strategist frontrunner hopeful british"
        " american russian ukrainian french german italian spanish polish"
        " chinese japanese korean indian iranian iraqi israeli turkish canadian mexican brazilian"
        " student operator cllr superintendent referee shopkeeper neighbour neighbor husband wife mum dad"
        " winger midfielder defender forward engineer farmer teacher nurse resident pensioner author singer"
        " spokeswoman australian african european asian gop national security adviser advisor press brig"
        " brigadier coun treasurer butcher plumber solicitor barrister historian critic rapper rival"
        " brother sister daughter cousin uncle aunt opposition gen cpl corporal supt collector counsel"
        " advocate comrade alhaji alhaja hajiya mallam engr shri smt attorney-general"
        " solicitor-general director-general secretary-general"
        " governor-general campaigner owner customer insp pc det chef headteacher head principal trustee"
        " volunteer organiser organizer activist builder driver pilot shopper commuter passenger parent fan"
        " survivor witness landlord tenant entrepreneur founder researcher scientist biologist lawyer"
        " defendant victim grandmother grandfather widow boss skipper undersecretary under-secretary mp mep"
        " cabinet permanent home shadow assistant musician producer editor journalist columnist blogger"
        " correspondent meteorologist geologist epidemiologist virologist astronomer physicist architect"
        " surgeon midwife paramedic firefighter constable ranger curator librarian archivist veteran soldier"
        " trooper cmdr comptroller magistrate coroner consul attache rapporteur monsignor co-founder"
        " arts affairs planning works treasury"
        " agriculture education transport housing energy environment trade culture tourism fisheries"
        " immigration commerce industry aviation"
        " vice-president vice-chancellor provost lecturer pupil schoolteacher fisherman trader dealer broker"
        " banker accountant auditor consultant aide pollster lobbyist interim caretaker".split()
    )
    | FEMALE_TITLES
    | MALE_TITLES
)
"""Words that stand before names of people: titles, offices, nationalities."""

SPEAKING_TITLES: Final = frozenset(
    "kremlin pentagon us u.s uk eu un press gop democrats republicans opposition police president pope"
    " queen king british american russian ukrainian french german italian spanish polish chinese".split()
)
"""Those of them that name somebody by themselves."""

QUALIFIERS: Final = frozenset(
    "vice deputy former ex acting then senior british american russian ukrainian french german italian"
    " spanish polish chinese japanese korean indian iranian iraqi israeli turkish canadian mexican"
    " brazilian australian us u.s uk eu un".split()
)
"""Those of them with which the next one alone is somebody else: "Vice President", "Russian President"."""

ROYAL: Final = frozenset("king queen prince princess pope".split())
"""Those of them before which one name is all."""

HONORIFICS: Final = frozenset("mr mrs ms miss dr sir dame lord lady".split())
"""Titles with which a surname alone is a name, whatever it means else: "Mr Sheikh"."""

POSTNOMINALS: Final = frozenset("kc qc sc mp msp mep obe mbe cbe phd ips ias".split())
"""Letters behind a name that are no part of it."""

SUFFIXES: Final = POSTNOMINALS | frozenset("jr sr ii iii iv".split())
"""What stands behind a surname."""

NOT_PEOPLE: Final = (
    frozenset(
        "house council fund news party committee ministry department government court university street"
        " journal times post tribune agency bank union association federation league club company corp inc"
        " group office bureau commission party parliament senate congress army navy force forces service"
        " states kingdom republic nations city county state lake island islands river bay east west north"
        " south new monday tuesday wednesday thursday friday saturday sunday january february march april"
        " may june july august september october november december day eve year center centre institute"
        " college school hospital church world cup act bill press network radio tv television media fox"
        " residence region province district airport station bridge courier herald gazette chronicle"
        " observer guardian telegraph mail express echo argus rovers united athletic wanderers albion"
        " rangers airlines airways energy foods holdings systems industries motors grid korea zealand"
        " arabia front alliance coalition movement rescue catholic protestant the a an"
        " on in at by for with from of"
        " and to but as after before when while if this that these those it he she they we i his her their"
        " its there here what who how why where some many most all no not".split()
    )
    - MEN
    - WOMEN
)
"""Words that are part of no person's name."""

GROUPS: Final = frozenset(
    "bureau administration foundation trust society ministry department council union party committee"
    " agency university hospital board commission association federation club bank court authority"
    " service institute front".split()
)
"""Bodies that are called by this word alone once they have been named: "the ministry"."""

FIRMS: Final = frozenset(
    "plc inc ltd limited corp corporation co company llc llp ag gmbh sa spa nv ab asa oyj bv holdings"
    " industries systems motors airlines airways foods energy".split()
)
"""Words in the names of firms, which are called "the company" later."""

CALLED_FIRM: Final = frozenset("company firm manufacturer retailer group".split())
"""What a firm is called later."""

NO_NAMES: Final = frozenset(
    "maybe perhaps half both only just even still yet though although because since until unless about"
    " around over under into more less nearly almost few several every each such another other also"
    " now today yesterday tomorrow meanwhile however instead earlier later despite during according"
    " asked speaking former video watch photo photos breaking update read see top why not you we nine"
    " two three four five six seven eight ten hundreds thousands dozens millions is are was were be has"
    " have had will would could should can do does did said says".split()
)
"""Words that begin with a capital at the start of a sentence and name nobody."""

NO_START: Final = TITLES | NOT_PEOPLE | NO_NAMES
"""Words that no name begins with."""

NO_FIRST: Final = NO_NAMES | PARTICLES
"""Words that are left out where they begin a mention."""

PLACES: Final = frozenset(
    "virginia victoria florence charlotte eugene tyler troy lourdes sofia kent will mark bill grace rose guy"
    " frank drew may april june august art rich hope faith joy".split()
)
"""Given names that mean something else as often."""

GIVEN: Final = WOMEN | MEN
"""Given names."""
