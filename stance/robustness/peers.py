"""Words of those who could be mentioned in each other's place: a label must not depend on which it is.

Each set holds words that are alike in their grammar. Names that are words of their own as well ("Mark",
"Hope", "Polish") are left out. A model keeps the words that it was learned with: for the bundled one a change
here counts after ``python models/rebuild.py``.
"""

from __future__ import annotations

from typing import Final

from stance.articles.given_names import MEN, WOMEN

COUNTRIES: Final = frozenset(
    "afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain"
    " bangladesh belarus belgium bolivia bosnia botswana brazil britain bulgaria burma burundi cambodia"
    " cameroon canada chile china colombia congo croatia cuba cyprus denmark ecuador egypt eritrea estonia"
    " ethiopia finland france georgia germany ghana greece guatemala guyana haiti honduras hungary iceland"
    " india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait"
    " kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg malawi malaysia mali malta mexico"
    " moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger"
    " nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar"
    " romania russia rwanda senegal serbia singapore slovakia slovenia somalia spain sudan sweden"
    " switzerland syria taiwan tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine"
    " uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe".split()
)

NATIONALITIES: Final = frozenset(
    "afghan albanian algerian american angolan argentine argentinian armenian australian austrian"
    " azerbaijani bahraini bangladeshi belarusian belgian bolivian bosnian brazilian british bulgarian"
    " burmese burundian cambodian cameroonian canadian chilean chinese colombian congolese croatian cuban"
    " cypriot danish dutch ecuadorian egyptian eritrean estonian ethiopian filipino finnish french"
    " georgian german ghanaian greek guatemalan guyanese haitian honduran hungarian icelandic indian"
    " indonesian iranian iraqi irish israeli italian jamaican japanese jordanian kazakh kenyan kosovar"
    " kuwaiti kyrgyz laotian latvian lebanese liberian libyan lithuanian malawian malaysian malian maltese"
    " mexican moldovan mongolian montenegrin moroccan mozambican namibian nepalese nicaraguan nigerian"
    " nigerien norwegian omani pakistani palestinian panamanian paraguayan peruvian portuguese qatari"
    " romanian russian rwandan senegalese serbian singaporean slovak slovenian somali spanish sudanese"
    " swedish swiss syrian taiwanese tajik tanzanian thai tunisian turkish turkmen ugandan ukrainian"
    " uruguayan uzbek venezuelan vietnamese yemeni zambian zimbabwean".split()
)

PEOPLES: Final = frozenset(
    "afghans albanians algerians americans angolans argentines argentinians armenians australians"
    " austrians azerbaijanis bahrainis bangladeshis belarusians belgians bolivians bosnians brazilians"
    " britons bulgarians burundians cambodians cameroonians canadians chileans colombians croatians cubans"
    " cypriots danes ecuadorians egyptians eritreans estonians ethiopians filipinos finns georgians"
    " germans ghanaians greeks guatemalans haitians hondurans hungarians icelanders indians indonesians"
    " iranians iraqis israelis italians jamaicans jordanians kazakhs kenyans kosovars kuwaitis laotians"
    " latvians liberians libyans lithuanians malawians malaysians malians mexicans moldovans mongolians"
    " montenegrins moroccans mozambicans namibians nepalis nicaraguans nigerians nigeriens norwegians"
    " omanis pakistanis palestinians panamanians paraguayans peruvians poles qataris romanians russians"
    " rwandans serbs singaporeans slovaks slovenians somalis spaniards swedes syrians tajiks tanzanians"
    " thais tunisians turks ugandans ukrainians uruguayans uzbeks venezuelans yemenis zambians"
    " zimbabweans".split()
)

PARTIES: Final = frozenset(
    "conservative democrat democratic green labour liberal republican tory".split()
)

PARTISANS: Final = frozenset("conservatives democrats greens liberals republicans tories".split())

FIGURES: Final = frozenset(
    "assad barr berlusconi biden blair blinken bolsonaro bolton bush cameron cheney clinton comey corbyn"
    " cruz desantis duterte erdogan gaddafi giuliani harris johnson kaine kasich kavanaugh kerry khamenei"
    " kishida lavrov lula macron maduro mattis mccain mcconnell medvedev meloni merkel modi mueller mugabe"
    " netanyahu nixon obama orban pelosi pence peskov pompeo putin reagan romney rouhani rubio rumsfeld"
    " sanders sarkozy schiff scholz schumer starmer sunak thatcher trudeau trump tusk vance walz warren xi"
    " zelenskiy zelensky zelenskyy".split()
)

_SURNAMES: Final = frozenset(
    "abebe adams adeyemi ahmadi allen alvarez anderson andersson aziz bailey baker becker bello bennett"
    " bernard bianchi bondarenko brown campbell castillo celik chen choi clark cohen collins cooper cox"
    " davis dejong demir diallo diaz dimitrov dlamini dubois edwards esposito evans farah ferrari fischer"
    " flores foster garcia garcía georgiev gomez gonzalez gonzález gupta gutierrez haddad hansen hernandez"
    " hernández hoang hoffmann horvath hosseini huang hughes hussain ionescu ito ivanov janssen jensen"
    " jimenez johansson jones jung kamau karimi keita kelly khan kim korhonen kovacs kovalenko kowalski"
    " kumar kuznetsov larsen laurent lefebvre levy lewis li liu lopez lópez mansour martin martinez"
    " martínez mendoza mensah meyer miller mitchell moore morales moreau morris murphy mwangi myers nagy"
    " nakamura nelson nguyen nilsson nkosi novak nowak okafor okoye oliveira ortiz otieno papadopoulos"
    " park parker patel peeters pereira perez peterson petrov petrova pham phillips popescu popov pérez"
    " rahman ramirez ramos reed reyes richardson rivera roberts robinson rodriguez rodríguez rogers rossi"
    " ruiz russo saleh sanchez santos sato schmidt schneider sharma shevchenko silva singh smirnov smith"
    " sokolov stewart suzuki sánchez takahashi tanaka taylor tesfaye thompson tkachenko torres tran traore"
    " turner vermeulen virtanen volkov wagner walker wang watanabe watson weber wilson wright wu yamamoto"
    " yang yilmaz zhang zhao".split()
)

_MORE_GIVEN_NAMES: Final = frozenset(
    "aaliyah abena adaeze agnieszka aiden akira aminata amit andrés anil anjali ayse bohdan chidi"
    " chinedu darius deepak deshawn dragan elif elodie emeka emre folake giulia halyna haruto huong"
    " ibrahima iryna jayden jesús jiho jing josé jovana katarzyna keisha kenji kofi kwame lakshmi"
    " latoya layla lerato linh lucía mamadou martín maría mei mia minh minjun mykola neha ngozi nomsa"
    " nuria oksana olumide ousmane paloma parisa pooja priya reza sakura seoyeon serhiy sofía svitlana"
    " thanh thiago tyrone vikram wanjiru wei xiu yuki zahra zeynep zofia álvaro".split()
)

# More often a word than a name, in the real statements or in any dictionary.
_ORDINARY_WORDS: Final = frozenset(
    "bill carol chuck cliff dean dick drew ed ernest eve foster frank gloria grace guy jay josh"
    " marina mark max penny pierce rand randy ray rob rose stella virginia wade will".split()
)

PEERS: Final = {
    "<country>": COUNTRIES,
    "<nationality>": NATIONALITIES,
    "<people>": PEOPLES,
    "<party>": PARTIES,
    "<partisans>": PARTISANS,
    "<figure>": FIGURES,
    "<name>": (MEN | WOMEN | _MORE_GIVEN_NAMES | _SURNAMES) - _ORDINARY_WORDS - FIGURES - COUNTRIES,
}
"""Sets of those who are mentioned in each other's place, by what stands for them; no word is in two."""
