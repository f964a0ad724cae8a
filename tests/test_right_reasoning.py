"""Whoever reasons rightly is not sent away: right answers in spellings that no file lists, and wrong ones with their hint.

Each line of a table is a question, or a cell of one, with its answers; none of the right ones is listed word for word.
"""

import pytest
from test_questions import filled

from helpers import load_corpus
from helpers.lessons.answers import Checked, State
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Order
from helpers.lessons.grids import Grid
from helpers.lessons.ledger import Ledger
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Choice, Prediction
from helpers.lessons.sheets import numbers, question, sheet

CORPUS = load_corpus()
ALL = [asked for number in numbers() for asked in sheet(number).question]
KEYED = Checked | Choice | Grid | Mark | Timeline
CHECKED = [asked.id for asked in ALL if isinstance(asked, KEYED) and not isinstance(asked, Ledger)]

RAID = {"title": "The raid", "from": "22 April 1997", "source": "ww188", "citation": "ww188 1"}
RAID |= {"quote": "On Tuesday April 22 at 3.17 pm"}
TAKING = {"title": "The taking", "from": "17.12.1996", "to": "December 17, 1996", "source": "rw898"}
TAKING |= {"citation": "rw898 ¶1", "quote": "“seized the residence on December 17 last year”"}
DIGGING = {"title": "Digging", "from": "January 1997", "to": "8 March 1997", "source": "rw898", "citation": "rw898 2"}
DIGGING |= {"quote": "The digging had been going on since January."}
EASTER = {"title": "A deal is near", "from": "Easter 1997", "source": "ww188", "citation": "ww188 5"}
EASTER |= {"quote": "In Easter a solution was very close"}
# A passage without a date asks for nothing, and days that are worked out need a note.
FEARED = {"title": "A raid is feared", "from": "28 December 1996", "to": "22 April 1997", "citation": "rw888 18"}
FEARED |= {"quote": "the possibility of a violent assault on the embassy"}
COUNTED = {"title": "Support grows", "from": "1988", "to": "1991", "citation": "l5i 7", "note": "next, after 1987"}
COUNTED |= {"quote": "its influence spread during the next four years"}
EVENTS = [TAKING, DIGGING, RAID]

# Question, perhaps " | row | column", and right answers.
RIGHT = {
    "01.1 | A | before or after": [
        "Before",
        "BEFORE",
        " before. ",
        "before the raid",
        "Before 22 April",
        "earlier",
        "before, because it is planned",
    ],
    "01.1 | B | before or after": ["After", "after!", "after it", "afterwards", "later"],
    "01.2": ["B", "A, C and E", "a, c and e.", "A, E and C", "ECA", "e + a + c", "A C E", "C & E & A."],
    "01.1 | C | before or after": ["AFTER the raid", "after 22 April 1997", "It was after"],
    "01.1 | E | before or after": ["before that day", "Earlier.", "written before"],
    "01.5 | rw888 | who wrote it": [
        "unknown",
        "Anonymous",
        "No name",
        "not named",
        "nobody named",
        "no author",
        "the page does not say",
        "nobody is named",
        "no name is printed",
    ],
    "01.5 | rw888 | who signed it": [
        "unsigned",
        "no signature",
        "not printed",
        "it is not signed",
        "nobody signed it",
        "without signature",
    ],
    "01.5 | rw888 | name of the paper": ["revolutionary worker, #888", "Revolutionary Worker Online", "RW Online"],
    "01.5 | rw888 | printed when": ["5.1.1997", "Jan 5, 1997", "January 5th", "Sunday 5 January 1997", "5 Jan"],
    "01.5 | rw888 | written when": ["no date", "not printed", "No day", "no date of writing"],
    "01.5 | rw888 | town of print": ["Chicago, IL", "Merchandise Mart, Chicago, IL 60654", "no place"],
    "01.5 | rw909 | who wrote it": ["Revolutionary Internationalist Movement (RIM)", "Bureau of the RIM"],
    "01.5 | rw909 | who signed it": ["the Bureau, 23 April 1997", "INFORMATION BUREAU"],
    "01.5 | rw909 | name of the paper": ["The Revolutionary Worker", "Revolutionary Worker no. 909"],
    "01.5 | rw909 | printed when": ["1.6.1997", "June 1st", "Sunday 1 June 1997"],
    "01.5 | rw909 | written when": ["April 23", "April 23 1997", "23rd April 1997", "23.4.1997"],
    "01.5 | rw909 | town of print": ["Chicago, Illinois", "CHICAGO", "no town given"],
    "01.6": ["seventy-four", "74 hostages", "Seventy four"],
    "01.10": ["c, b, d, a", ["c", "b", "d", "a"], "C B D A", "cbda", "CBDA.", "c, b, d and a", "c>b>d>a"],
    "03.2 | rw888 | who does it": [
        "the MRTA",
        "a commando unit of the MRTA",
        "members of the MRTA",
        "some MRTA members",
        "The MRTA commandos",
        "Commandos",
    ],
    "03.2 | rw888 | the verb": ["took over the home", "Took over", "Takes over", "To take over", "Took"],
    "03.2 | rw888 | the building": ["home of the Japanese ambassador", "the ambassador's residence", "His home"],
    "03.2 | l5i | who does it": [
        "members of a guerrilla group",
        "several of the waiters",
        "nobody",
        "members of the guerrilla group",
        "no one",
        "The guerrillas",
        "Some waiters",
    ],
    "03.2 | l5i | the verb": [
        "reached for their AK47s",
        "revealing themselves",
        "nothing",
        "Revealed themselves",
        "They reached",
        "Reaching",
    ],
    "03.2 | l5i | the building": [
        "no building",
        "it doesn't say",
        "not mentioned",
        "nothing",
        "not said",
        "no place",
        "no building is named",
        "it names none",
        "nowhere",
        "it is not said",
    ],
    "03.2 | ww188 | who does it": ["no doer", "not named", "no one", "Nobody", "no doer named", "nobody is named"],
    "03.2 | ww188 | the verb": ["held since December 17", "hostages held", "Are held", "Holding"],
    "03.2 | ww188 | the building": [
        "the residence of the Japanese ambassador",
        "Residence",
        "the ambassador's residence",
        "the Japanese ambassador’s residence",
    ],
    "03.2 | rw909 | who does it": ["not said", "unknown", "nobody", "no one is named", "Passive"],
    "03.2 | rw909 | the verb": ["was seized", "seized last December", "To seize", "Is seized"],
    "03.2 | rw909 | the building": ["the Japanese Ambassador’s residence", "ambassador's residence"],
    "03.4": [
        {"l5i 3": ["worthies"], "rw898 20": ["bloody"]},
        {"l5i 3": ["whittled down"], "rw898 20": ["U.S.-backed", "masses of people"]},
        {"l5i 3": "pass", "rw898 20": ["crime"]},
    ],
    "03.8 | rw888 ¶6 terrorist | who says the word": [
        "the U.S.",
        "the U.S. government",
        "American officials",
        "politicians in Washington",
    ],
    "03.8 | rw888 ¶15 terrorism | who says the word": [
        "rulers of Peru",
        "Peru and the U.S.",
        "United States of America",
        "the Peruvian government",
        "the government of Peru",
    ],
    "03.8 | rw888 ¶17 guerrilla | who says the word": ["the Times", "The New York Times on Dec. 24"],
    "03.8 | rw888 ¶17 guerrillas | who says the word": ["Peruvian intelligence", "Reuters on Dec. 27"],
    "03.8 | l5i ¶16 guerrillas | who says the word": ["the League", "the writer of the text", "in its own voice"],
    "03.8 | ww188 ¶2 anti-terrorist | who says the word": [
        "the writer",
        "La Republica",
        "Juan Ponce",
        "nobody named",
        "it is not said",
        "a Lima newspaper",
    ],
    "03.9 | the hostages who came out | the words": ["all except one of the 72", "the 72 hostages", "hostages held"],
    "03.9 | the hostages who came out | the place": ["first", "one", "1st"],
    "03.9 | the MRTA members | the words": [
        "14 guerrilla fighters",
        "Tupac Amaru (MRTA)",
        "guerrilla fighters",
        "the guerrilla",
    ],
    "03.9 | the MRTA members | the place": ["second", "2nd place"],
    "03.9 | the soldiers | the words": ["the two soldiers", "Soldiers", "the 2 soldiers"],
    "03.9 | the soldiers | the place": ["three", "the third"],
    "03.9 | the judge | the words": ["judge, who was a hostage", "one judge"],
    "03.9 | the judge | the place": ["4th", "fourth", "in the fourth place", "Last", "the last"],
    "03.10 | rw888 ¶17 commandos | whose": ["American", "America", "U.S. government", "the United States of America"],
    "03.10 | rw898 ¶6 commandos | whose": ["the US", "U.S.A."],
    "03.10 | rw898 ¶8 commandos | whose": [
        "USA, Peru",
        "Peru + USA",
        "U.S. and Peruvian commandos",
        "US & Peru",
        "the two: Peru / USA",
        "Both countries",
    ],
    "03.10 | ww188 ¶2 commando | whose": ["Peruvian", "the Peruvian military-police team", "no name", "Fujimori's"],
    "03.10 | ww188 ¶5 commando | whose": ["MRTA members", "Túpac Amaru", "the hostage-takers"],
    "03.11": ["C", 'L5I ¶13: "invited themselves to the Japanese embassy celebrations"', " c. "],
    "03.12": [
        {"rw888 1-3": ["subhuman conditions"], "l5i 12-14": ["terror"]},
        {"rw888 1-3": ["extreme measure"], "l5i 12-14": ["invited themselves"]},
        {"rw888 1-3": ["main", "power"], "l5i 12-14": "pass"},
    ],
    "04.2 | rw898 ¶2 dug tunnels | who says so": [
        "the Peruvian newspapers",
        "the newspapers",
        "newspapers in Peru",
        "the Peruvian press",
        "papers of Lima",
    ],
    "04.2 | rw898 ¶2 dug tunnels | through whom": [
        "a report in the New York Times",
        "the New York Times (March 8)",
        "the NYT",
        "NY Times",
    ],
    "04.2 | l5i ¶2 demands | who says so": ["they", "nobody named", "the MRTA", "the guerrilla group", "MRTA members"],
    "04.2 | rw898 ¶2 truckloads | who says so": ["journalists from Lima", "Peruvian reporters", "the Peruvian press"],
    "04.2 | rw898 ¶2 truckloads | through whom": [
        "the NYT report of March 8",
        "the text does not say",
        "New York Times, I think",
    ],
    "04.2 | rw898 ¶3 quantity of dirt | who says so": ["the NYT", "the Times itself", "The New York Times of March 8"],
    "04.2 | rw898 ¶3 quantity of dirt | through whom": [
        "nobody",
        "nobody stands there: no one else",
        "the Times directly",
    ],
    "04.2 | rw898 ¶3 to pump gas | who says so": ["an unnamed official", "an officer", "someone in the military"],
    "04.2 | rw898 ¶3 to pump gas | through whom": [
        "the NYT",
        "a Peruvian newspaper and then the Times",
        "the New York Times in Chicago's paper",
    ],
    "04.2 | l5i ¶2 demands | through whom": ["no one", "not said", "Nobody."],
    "04.2 | l5i ¶3 over 400 | who says so": ["the writer of l5i", "the author himself", "nobody"],
    "04.6 | l5i | runs in marks": ["nine", "9 runs", "Nine in all"],
    "04.6 | l5i | running words": ["1043 words", "about 1,043", "1 043 words"],
    "04.6 | rw909 | runs in marks": ["nine runs", "Nine", "9."],
    "04.6 | rw909 | of these speech": ["just one", "1 of 9 runs", "One of nine runs"],
    "04.6 | rw909 | my sentence": [
        "Out of nine quotations in rw909 only one is taken for speech.",
        "One run of speech in 926 words.",
        "rw909 has 1 speech in almost a thousand words.",
    ],
    "04.8 | rw888 ¶9 grave prisons | what the marks do": ["Report", "REPORT", "hold away!"],
    "04.8 | rw888 ¶6 concern | what the marks do": ["Hold away", "report."],
    "04.8 | l5i ¶3 hearts and minds | what the marks do": ["Hold away", "HOLD AWAY"],
    "04.8 | rw909 ¶4 formal | what the marks do": ["Report", "Hold away", "report!"],
    "04.8 | ww188 ¶4 living tombs | what the marks do": ["Report", "REPORT."],
    "04.10 | ww188 ¶9 Only a mass uprising | what it does": ["The only way", "only way"],
    "04.10 | l5i ¶19 Only a revival | what it does": ["The only way", "only way."],
    "04.10 | rw888 ¶18 should be opposed | what it does": ["A call", "call"],
    "04.10 | rw888 ¶11 have only benefited | what it does": ["A limit", "limit"],
    "04.2 | l5i ¶3 over 400 | through whom": ["nobody", "not said", "directly: the text tells it"],
    "04.3": ["a, b, c, d, e", "b, a, c, d, e", "A B C D E"],
    "04.6 | rw909 | running words": ["926 words", "926 in all"],
    "04.6 | l5i | my sentence": [
        "Of nine runs, none is speech.",
        "Nobody else speaks in 1,043 words.",
        "0 runs of speech in about a thousand words",
        "In l5i all nine quotations are labels.",
    ],
    "04.6 | l5i | of these speech": ["Zero", "None", "0 runs", "none of them", "0 of 9"],
    "04.8 | rw898 ¶8 neutralizing | what the marks do": ["Report", "HOLD AWAY", "hold away."],
    "04.10 | l5i ¶14 should refuse | what it does": ["call", "A call", "a call."],
    "06.1 | about 80 and 74: rw888 ¶2, l5i ¶3 | same thing": ["Yes", "YES.", "No", "no."],
    "06.1 | about 80 and 74: rw888 ¶2, l5i ¶3 | same day": ["No day", "no date", "not printed", "No"],
    "06.1 | about 80 and 74: rw888 ¶2, l5i ¶3 | exclude each other": ["No", "NO", "no."],
    "06.1 | 72 and 72: rw898 ¶1, ww188 ¶1 | same day": ["No", "no!", "No day", "no date", "not stated"],
    "06.1 | 83 and 80: papers, for 28 December | exclude each other": ["Yes", "YES", "yes."],
    "06.2 | l5i | the MRTA members": ["Not yet", "NOT YET", "not yet."],
    "06.2 | rw898 | the hostage and the soldiers": ["Foretells.", "foretold", "a forecast"],
    "06.2 | ww188 | the hostage and the soldiers": ["Tells.", "it is told", "tells it"],
    "06.2 | rw909 | the hostage and the soldiers": ["Silent.", "says nothing", "it is silent"],
    "06.3": [
        "“Few facts have come out yet”",
        "few facts have come out yet, but the media is hardly bothering to deny",
        "FEW FACTS HAVE COME OUT YET",
        "few facts have come out",
    ],
    "06.6 | found: killed after capture | how many": ["one", "1 of them", "Only one", "Eduardo Cruz Sanchez"],
    "06.6 | evidence insufficient | how many": ["two", "2 people", "two others"],
    "06.6 | not before the Court | how many": ["eleven", "the other 11", "11 deaths"],
    "06.6 | found: died in combat | how many": ["nobody", "no one", "none of them", "0 people"],
    "06.9 | 75 percent of the hostages dead: rw898 ¶8 | whose forecast": ["Relayed", "relayed.", "passed on"],
    "06.9 | to pump gas, not to enter: rw898 ¶3 | what came": ["Otherwise", "differently", "not as foretold"],
    "06.9 | deaths of many hostages: rw898 ¶14 | whose forecast": ["Own", "its own", "own."],
    "07.2 | rw888 ¶1 On December 17 | the date": ["December 17, 1996", "17.12.1996", "17th December 1996"],
    "07.13 | rw888 ¶14 mid-1980s | the date": [
        "1984/1987",
        "1983/1986",
        "1985?",
        "about 1985",
        "the 1980s",
        "1984-1986",
    ],
    "07.2 | l5i ¶7 during the next four years | the date": [
        "1987-11-05/1991",
        "1988 to 1991",
        "1987/1990",
        "1987-1991",
    ],
    "07.13 | l5i ¶18 in today’s Peru | the date": [
        "the 1990s",
        "1996-1997",
        "1997",
        "1997-01/1997-04",
        "January 1997",
        "17 December 1996 to 22 April 1997",
    ],
    "07.13 | rw898 ¶1 December 17 last year | the date": ["17 Dec 1996", "Tuesday 17 December 1996", "1996-12-17~"],
    "07.2 | rw898 ¶11 In early March | the date": [
        "1-5 March 1997",
        "1997-03-01/1997-03-08",
        "1997-03-02/1997-03-07",
        "March 1997",
        "1997-03-01/1997-03-20",
    ],
    "07.2 | ww188 ¶2 for more than four months | the date": [
        "it has no date",
        "it only measures",
        "more than four months",
        "a length",
        "over 4 months",
        "not given",
    ],
    "07.2 | ww188 ¶5 In Easter | the date": [
        "Easter 1997",
        "1997-03-29/1997-03-31",
        "30 March 1997",
        "24-31 March 1997",
        "March 1997",
        "30 March to 6 April 1997",
    ],
    "07.2 | rw909 ¶3 last December | the date": ["December 1996", "1996-12~", "1-31 December 1996"],
    "07.13 | rw909 ¶10 in the morning | the date": [
        "no date, a picture",
        "it is a metaphor",
        "nothing",
        "not stated",
    ],
    "07.3": [
        "1997-03-01/1997-03-15",
        "3-16 March 1997",
        "1997-03-02/1997-03-09",
        "[1997-03-01..1997-03-14]",
        "March 1997",
    ],
    "07.4": ["17 February 1997", "1997-02-17~", "16-17 February 1997", "February 16, 1997"],
    "07.5": ["In the action all", "its original demands for the liberation", "In his latest declarations"],
    "07.10": ["D", "the words do not settle it", "The words do not settle it."],
    "07.11 | rw888 ¶1 the Japanese emperor's birthday | the date": [
        "no date",
        "1996-12",
        "about 17 December 1996",
        "17-31 December 1996",
    ],
    "07.11 | rw909 ¶5 On the eve | the date": ["1989/1990", "1989-12/1990", "1990~"],
    "07.11 | rw909 ¶7 on the eve | the date": [
        "21 April 1997",
        "1997-04-14/1997-04-21",
        "20-22 April 1997",
        "April 1997",
        "1997",
    ],
    "07.11 | rw909 ¶5 later that year | the date": ["1992~", "in 1992", "1992-01/1992-12"],
    "07.12": ["a, f, c, b, d, e, g", "A C F B D E G", ["a", "f", "c", "b", "d", "e", "g"]],
    "08.1": ["e, c, g, f, b, d, a", "E C G F A B D", ["e", "c", "g", "f", "b", "a", "d"]],
    "08.2 | the tunnels: rw898 ¶2, rw909 ¶7 | one, two or forecast": ["1", "one event", "One"],
    "08.2 | Cuba: rw898 ¶11, ww188 ¶5 | one, two or forecast": ["2", "two events", "Forecast"],
    "08.5": ["B", "the day of an event is taken for the day of print", " b "],
    "08.6": [EVENTS, [*EVENTS, EASTER], [RAID, EASTER, TAKING], [*EVENTS, FEARED, COUNTED]],
    "08.8": ["May to December 1992", "1992-06/1992-12", "1992-05-07/1992-12", "10 May 1992 to 31 December 1992"],
    "08.9": ["three", "3 steps back", "three times"],
}

# The same for wrong answers, each with words of the message that it has to get.
WRONG = {
    "01.1 | A | before or after": {
        "After": "is it planned",
        "after.": "is it planned",
        "maybe": "one of two words",
        "before and after": "is it planned",
    },
    "01.2": {"A, B and E": "Does B join them", "C": "much is still open", "d": "with the same seven words"},
    "01.5 | rw888 | who wrote it": {
        "RW": "A newspaper prints",
        "the MRTA": "a text inside the text",
        "Juan Ponce": "what the page prints",
    },
    "01.5 | rw888 | name of the paper": {
        "Lima, Peru": "where it happens",
        "the New York Times": "quoted inside",
        "NYT": "what the page prints",
    },
    "01.5 | rw888 | printed when": {
        "28 December": "for which a number holds",
        "17.12.1996": "day of the event",
        "6 January 1997": "what the page prints",
    },
    "01.5 | rw888 | written when": {
        "1996-12-28/1997-01-04": "That is inferred",
        "Dec 28": "That is inferred",
        "5 Jan 1997": "writing and print one day",
    },
    "01.5 | rw909 | who wrote it": {
        "unknown": 'It begins with "from"',
        "RW": "Who received",
        "the Red Cross": "what the page prints",
    },
    "01.5 | rw909 | written when": {
        "June 1": "more than five weeks",
        "no date": "this one does",
        "24 April 1997": "what the page prints",
    },
    "01.6": {"over 400": "Read the next sentence", "seventy-two": "another text", "80": "second sentence of l5i"},
    "01.10": {"c b a d": "before the group had it", "b d c a": "d comes before c", "a b c d": "a comes before"},
    "03.2 | rw888 | the verb": {
        "takeover": "last word of rw888",
        "dynamiting": "how some of them got in",
        "took over quickly": "“quickly” does not stand",
    },
    "03.2 | l5i | who does it": {
        "the MRTA": "before ¶3",
        "Peru's political elite": "were present",
        "rebels": "found none",
    },
    "03.2 | ww188 | who does it": {
        "Tupac Amaru": "were killed",
        "14 guerrilla fighters": "were killed",
        "Fujimori's team": "the doer of 22 April",
    },
    "03.4": [
        ({"l5i 3": ["worthies"]}, "rw898 ¶20 has no mark yet"),
        ({"l5i 3": ["worthies"], "rw898 20": ["shed"]}, "whether each mark lies inside"),
        ({"l5i 3": ["bloody crime"], "rw898 20": ["worthies"]}, "whether each mark lies inside"),
    ],
    "03.8 | rw888 ¶6 terrorist | who says the word": {
        "The text": "keeps a distance",
        "nobody": "A speaker is named",
        "the MRTA": "verb of saying",
    },
    "03.8 | rw888 ¶15 terrorism | who says the word": {
        "the media": "Who denounces",
        "the text": "Who are they",
        "PCP": "verb of saying",
        "Communist Party of Peru": "verb of saying",
    },
    "03.8 | ww188 ¶2 anti-terrorist | who says the word": {
        "Israeli army": "not said to have said",
        "the foreign specialists": "Who put the marks",
        "Fujimori": "verb of saying",
    },
    "03.9 | the soldiers | the words": {
        "the military-police team": "the team of 140",
        "officers": "four as you read",
        "brave soldiers": "“brave” does not stand",
    },
    "03.9 | the judge | the place": {"first": "is he", "one": "is he", "second": "four as you read"},
    "03.10 | rw898 ¶8 commandos | whose": {
        "Peruvian": "Half of it",
        "American": "Half of it",
        "Tupac Amaru": "the MRTA members in the compound",
    },
    "03.10 | ww188 ¶5 commando | whose": {
        "Peruvian": "the word before it",
        "the U.S.": "No forces of the USA",
        "Japan": "what to whom",
    },
    "03.11": {"a": "gorged", "B": "on the hands of", "d": "holds this phrase whole"},
    "03.12": [
        ({"l5i 12-14": ["terror"]}, "rw888 ¶1-3 has no mark yet"),
        ({"rw888 1-3": ["regime"]}, "l5i ¶12-14 has no mark yet"),
        ({"rw888 1-3": ["terror"], "l5i 12-14": ["regime"]}, "whether each mark lies inside"),
    ],
    "04.2 | rw898 ¶2 dug tunnels | who says so": {
        "the police": "do not tell",
        "Fujimori": "Does the paragraph name anybody",
    },
    "04.2 | rw898 ¶3 quantity of dirt | through whom": {"the Times": "Does anybody stand between"},
    "04.2 | l5i ¶3 over 400 | who says so": {
        "the MRTA": "Who says that it did",
        "the Red Cross": "Does the paragraph name anybody",
    },
    "04.2 | rw898 ¶3 to pump gas | through whom": {"a newspaper": "Which one", "the military official": "who says so"},
    "04.6 | rw909 | my sentence": {"11% is speech": "more exact than it is", "Only one is speech.": "Out of how much"},
    "04.3": {"e d c b a": "who must have had the words", "d a b c e": "comes before", "a c b d e": "comes before"},
    "04.6 | rw909 | of these speech": {"9": "all runs in marks", "12": "the row of this text"},
    "04.6 | l5i | running words": {"1505": "row of rw898", "1,000": "the row of this text"},
    "04.6 | l5i | my sentence": {
        "l5i silences people.": "for what it is out of",
        "Nobody speaks.": "Out of how much",
    },
    "04.8 | l5i ¶3 hearts and minds | what the marks do": {
        "report": "old phrase",
        "both": "anybody",
        "x": "fits the sentence",
    },
    "04.10 | rw888 ¶18 should be opposed | what it does": {
        "a limit": "Of what",
        "the only way": "nothing else would help",
        "a wish": "Open the citation",
    },
    "06.1 | about 80 and 74: rw888 ¶2, l5i ¶3 | same day": {
        "Yes": "Which day does l5i",
        "yes.": "Which day does l5i",
        "perhaps": "one of the words",
    },
    "06.1 | 72 and 72: rw898 ¶1, ww188 ¶1 | same day": {
        "Yes": "one takes the day to be the same",
        "yes.": "one takes the day to be the same",
        "perhaps": "one of the words",
    },
    "06.1 | 83 and 80: papers, for 28 December | exclude each other": {
        "No": "Can both be true",
        "no.": "Can both be true",
        "maybe": "one of the words",
    },
    "06.2 | l5i | the MRTA members": {
        "Silent": "could have told",
        "Tells": "Does any line of l5i",
        "too early": "one of four words",
    },
    "06.2 | rw898 | the MRTA members": {
        "Not yet": "does it say nothing",
        "Tells": "is that told, or foretold",
        "yes": "one of four words",
    },
    "06.2 | rw909 | the hostage and the soldiers": {
        "Tells": "among the people it names",
        "Not yet": "a day after",
        "nothing": "one of four words",
    },
    "06.3": {
        "“Can anyone doubt…”": "asks the reader not to doubt",
        "The media is hardly bothering to deny.": "same sentence",
        "Few facts have been found": "No text has these words",
        "a spokesman for the United States": "another of the five",
        "Right now Fujimori and his masters": "do not say how much was known",
    },
    "06.6 | found: killed after capture | how many": {
        "All": "Whom does the last station",
        "three": "of the three",
        "none": "its own proof",
        "many": "from 0 to 14",
    },
    "06.6 | evidence insufficient | how many": {"thirteen": "look first", "three": "of all three", "5": "from 0 to 14"},
    "06.6 | not before the Court | how many": {"13": "two sentences", "none": "two sentences", "one": "from 0 to 14"},
    "06.6 | found: died in combat | how many": {"13": "refuted", "eleven": "refuted", "14": "from 0 to 14"},
    "06.9 | to pump gas, not to enter: rw898 ¶3 | whose forecast": {
        "Own": "how many mouths",
        "own.": "how many mouths",
        "nobody": "one of the words",
    },
    "06.9 | deaths of many hostages: rw898 ¶14 | what came": {
        "As foretold": "One hostage died",
        "as foretold.": "One hostage died",
        "worse": "one of the words",
    },
    "07.2 | rw888 ¶1 On December 17 | the date": {
        "17 December 1997": "natural to take the year",
        "December 1996": "coarser than",
        "December 17": "has no year",
    },
    "07.13 | rw888 ¶14 mid-1980s | the date": {
        "in 1985": "one year for certain",
        "1984": "printed in l5i",
        "1982/1984": "which day do the words count",
    },
    "07.2 | l5i ¶7 during the next four years | the date": {
        "1988 to 1992": "Count on your fingers",
        "none": "gives it a beginning",
        "1997-2001": "the time of writing",
    },
    "07.13 | l5i ¶18 in today’s Peru | the date": {
        "9 January 1997": "One single day",
        "17 Dec 1996": "hour of writing",
        "17 December 1996": "hour of writing",
    },
    "07.2 | rw898 ¶11 In early March | the date": {
        "2 March 1997": "names none of them",
        "3 March 1997": "from other papers",
        "20-31 March 1997": "which day do the words count",
    },
    "07.2 | ww188 ¶2 for more than four months | the date": {
        "1996-12/1997-04": "your sum",
        "April 1997": "your sum",
        "December 1996": "no end to count from",
    },
    "07.2 | ww188 ¶5 In Easter | the date": {
        "7 April 1996": "the year before",
        "1998": "still to come",
        "23 April 1997": "which day do the words count",
    },
    "07.2 | rw909 ¶3 last December | the date": {
        "Decmber 1996": "“Decmber” can't be read",
        "diciembre 1996": "“diciembre” can't be read",
        "1996": "coarser than",
    },
    "07.13 | rw909 ¶10 in the morning | the date": {
        "24 April 1997": "What kind of night",
        "23-24 April 1997": "What kind of night",
        "23.4.1997": "is it a picture",
    },
    "07.3": {
        "6 March 1997": "which rests on other papers",
        "5 March 1997": "finer than rw898",
        "1997": "The year is safe",
    },
    "07.4": {
        "16 March 1997": "printed on rw898 itself",
        "February 1997": "coarser than",
        "18 February 1997": "the newspaper that rw898",
    },
    "07.5": {
        "for more than four months": "These words measure",
        "approximately 35 minutes": "measure as well",
        "some minor prisoners": "do not know them as a time",
    },
    "07.10": {"a": "It came first", "b": "A clue is not a day", "C": "used as proof"},
    "07.11 | rw888 ¶1 the Japanese emperor's birthday | the date": {
        "23 December 1996": "you brought it along",
        "17 December 1996": "the party",
        "20 December 1996": "prints one day",
    },
    "07.11 | rw909 ¶5 On the eve | the date": {
        "July 1990": "brought from elsewhere",
        "27 July 1990": "to the letter",
        "1989": "before what",
    },
    "07.11 | rw909 ¶7 on the eve | the date": {
        "22 April 1997": "the raid itself",
        "23 April 1997": "day of the signature",
        "May 1997": "dates in figures",
    },
    "07.11 | rw909 ¶5 later that year | the date": {
        "April 1992": "Later than what",
        "May to December 1992": "The May is the record's",
        "no date": "points back",
    },
    "07.12": {
        "a b c d e f g": "order of telling",
        "a c f b e d g": "e comes before d",
        "c a f b d e g": "c comes before a",
    },
    "08.1": {
        "c e g f a b d": "so one puts it first",
        "e c g f d b a": "d comes before b",
        "e g c f a b d": "g comes before c",
    },
    "08.2 | the tunnels: rw898 ¶2, rw909 ¶7 | one, two or forecast": {
        "2": "another clock",
        "a forecast": "what was done",
        "three": "one of three words",
    },
    "08.2 | Cuba: rw898 ¶11, ww188 ¶5 | one, two or forecast": {
        "One": "share no day",
        "1": "share no day",
        "none": "one of three words",
    },
    "08.5": {"a": "day of the report in Lima", "C": "secret", "d": "another date"},
    "08.6": [
        ([TAKING, DIGGING, RAID | {"quote": "the"}], "at least 4 words"),
        ([TAKING, DIGGING, RAID | {"from": "1900"}], "say from what in the note"),
        ([TAKING, DIGGING, RAID | {"to": "21 April 1997"}], "From is later than To"),
        ([TAKING, DIGGING | {"citation": "rw898 3"}, RAID], "do not stand in rw898 3"),
    ],
    "08.8": {
        "April 1992": "make impossible",
        "1992": "no longer be meant",
        "12 May 1992": "finer than the words",
        "June to October 1992": "finer than",
    },
    "08.9": {"two": "A shorter one", "4 steps": "One of them goes forward", "five": "I counted the steps"},
}


@pytest.mark.parametrize("id", CHECKED)
def test_every_checked_question_is_in_both_tables(id):
    for table in (RIGHT, WRONG):
        answers = [answer for place, all_of in table.items() if place.split(" | ")[0] == id for answer in all_of]
        assert len(answers) >= 3, id


def rows(table: dict) -> list[tuple]:
    """Each answer on a line of its own: its place, the answer, and in `WRONG` what has to be said to it."""
    pairs = {place: all_of.items() if isinstance(all_of, dict) else all_of for place, all_of in table.items()}
    return [(place, one) for place, all_of in pairs.items() for one in all_of]


def told(place: str, answer) -> tuple[State, str, list[str]]:
    """The state of an answer, all that is said to it, and what the file lists as right."""
    id, *at = place.split(" | ")
    asked = question(id)
    if not at:
        verdict = asked.verdict(answer, CORPUS)
        return verdict.state, " ".join(verdict.lines), list(getattr(asked, "accepted", ()))
    cell = asked.asked[tuple(at)]
    verdict = asked.verdict(filled(asked, tuple(at), answer), CORPUS)
    return verdict.state, " ".join(remark.message for remark in verdict.remarks), [*cell.accepted, *cell.holds]


@pytest.mark.parametrize("place, answer", rows(RIGHT))
def test_a_right_answer_passes_however_it_is_written(place, answer):
    state, said, listed = told(place, answer)
    assert state in (State.ACCEPTED, State.PART), said
    assert answer not in listed


@pytest.mark.parametrize("place, pair", rows(WRONG))
def test_a_wrong_answer_gets_the_message_that_fits(place, pair):
    answer, words = pair
    state, said, _ = told(place, answer)
    assert state in (State.REFUSED, State.BLANK) and words in said, said


# Letters that are none of the question's, or come twice, and several where one is asked for: said to be unreadable.
NO_LETTERS = [
    *[("01.2", words) for words in ("A, C, E and A", "AACE", "A and C", "ACEF", "face")],
    *[("01.10", words) for words in ("cbd", "cbdd", "cbdaa", "cbde", "c b d a and b")],
    *[("03.11", words) for words in ("ab", "a and b", "cba")],
    *[("08.5", words) for words in ("AB", "a, b")],
]


@pytest.mark.parametrize("id, words", NO_LETTERS)
def test_letters_that_are_no_answer_are_not_guessed_at(id, words):
    assert question(id).verdict(words, CORPUS).state == State.UNREADABLE


@pytest.mark.parametrize("asked", [asked for asked in ALL if isinstance(asked, Choice)], ids=lambda asked: asked.id)
def test_the_letters_of_a_sentence_are_no_list_of_letters(asked):
    for option in asked.option:
        if len(option.text) > 20:
            assert asked.verdict(" ".join(reversed(option.text.split())), CORPUS).state == State.UNREADABLE


# ---- Predictions ----

# What opens something is an answer: of each prediction what is none yet, with words of what is said, and what is one.
GUESSES = {
    "00.1": {"idk": "1 of at least 6", "a hostage": "2 of at least 6"},
    "00.2": {"no idea": "2 of at least 12"},
    "01.7": {"idk": "can't be read as a date", "some time": "can't be read as a date"},
    "01.12": {"idk": "1 of at least 15", "it will be about Peru": "5 of at least 15"},
    "03.1": {"idk": "1 of at least 2"},
    "06.4": {"idk": "write a number", "some": "write a number"},
    "04.1": {"idk": "write a number (voices)", "no idea": "write a number"},
    "07.1": {"idk": "write a number (of the five texts)", "no idea": "write a number"},
    "08.4": {"a few": "write a number (of the four)"},
    "09.5": {"idk": "1 of at least 12", "no idea": "2 of at least 12"},
    "10.1": {},  # one of four, so that there is always something
}
GUESSED = {
    "00.1": ["a mother; the guards: were you afraid?"],
    "01.7": ["January 1997"],
    "01.12": ["I expect that ww188 blames the government, because its title has a strong word for it."],
    "03.1": ["gunmen, ww188", "terrorists everywhere"],
    "04.1": ["3", "two, a witness and the paper", "five or six"],
    "07.1": ["0", "none of them", "two, the ones from a newspaper", "all five", "3 or 4"],
    "08.4": ["zero", "4, all of it had happened", "one or two"],
}


def test_every_prediction_asks_for_something():
    asked = [one for one in ALL if isinstance(one, Prediction)]
    assert [one.id for one in asked if one.id not in GUESSES] == []
    assert [one.id for one in asked if not (one.option or one.unit or one.interval) and one.least < 2] == []


@pytest.mark.parametrize("id, pair", [(id, pair) for id, of in GUESSES.items() for pair in of.items()])
def test_a_guess_that_says_nothing_opens_nothing_and_is_told_the_way_out(id, pair):
    verdict = question(id).verdict(pair[0], CORPUS)
    assert verdict.state in (State.BLANK, State.UNREADABLE) and pair[1] in verdict.said[0]
    assert "pass over" in verdict.said[0] or question(id).interval


@pytest.mark.parametrize("id, guess", [(id, guess) for id, guesses in GUESSED.items() for guess in guesses])
def test_a_guess_opens_whatever_it_says(id, guess):
    assert question(id).verdict(guess, CORPUS).state == State.KEPT


# ---- Orders ----

ORDERS = {
    "04.3": {"a b c d e", "b a c d e"},
    "01.10": {"c b d a"},
    "07.12": {"a c f b d e g", "a f c b d e g"},
    "08.1": {"e c g f a b d", "e c g f b a d", "e c g f b d a"},
}


@pytest.mark.parametrize("id", [asked.id for asked in ALL if isinstance(asked, Order)])
def test_the_orders_follow_from_the_pairs_and_none_is_the_listed_one(id):
    asked = question(id)
    assert set(asked.accepted) == ORDERS[id]
    assert " ".join(item.key for item in asked.item) not in asked.accepted
    assert asked.example not in asked.accepted


def test_a_cell_that_the_file_does_not_list_is_kept_and_not_looked_at():
    table = filled(question("01.1"))
    for words in ("before", "after", "its words alone do not say"):
        table["D"] = {"before or after": words}
        assert question("01.1").verdict(table, CORPUS).state == State.ACCEPTED
        assert question("01.1").read(table)["D"] == table["D"]
        assert question("01.1").full({"D": table["D"]}) == []


# ---- As a reader says it ----

# What is exactly as fine as the words passes too where it names no day that one could put a cross on.
SAID = {
    "07.2 | l5i ¶7 during the next four years | the date": ["the four years after 1987", "between 1988 and 1991"],
    "07.2 | rw898 ¶11 In early March | the date": [
        "in early March 1997",
        "the first week of March 1997",
        "1-3 March 1997",
        "at the beginning of March 1997",
    ],
    "07.2 | ww188 ¶2 for more than four months | the date": [
        "There is none",
        "it says how long, not when",
        "it cannot be dated",
        "it can't be dated",
        "we can't know when",
        "there is no exact date",
        "it does not say when",
        "only a time span",
    ],
    "07.2 | ww188 ¶5 In Easter | the date": ["the Easter week 1997", "in Holy Week 1997", "the end of March 1997"],
    "07.2 | rw909 ¶3 last December | the date": ["Dec 1996", "December of 1996", "from 1 to 31 December 1996"],
    "07.3": ["1 to 10 March 1997", "from 3 to 5 March 1997", "between 1 and 16 March 1997", "from 4 to 15 March 1997"],
    "07.4": ["17 Feb 1997", "between 16 and 17 February 1997", "Monday 17 February 1997"],
    "07.13 | l5i ¶18 in today’s Peru | the date": ["the time of writing", "in 1996 or 1997", "in early 1997", "the beginning of 1997"],
    "07.13 | rw909 ¶10 in the morning | the date": ["a figure of speech", "there is none", "no real morning"],
    "07.11 | rw888 ¶1 the Japanese emperor's birthday | the date": ["none given", "near 17 December 1996"],
    "07.11 | rw909 ¶7 on the eve | the date": ["a few days before 22 April 1997", "shortly before the raid"],
    "07.11 | rw909 ¶5 later that year | the date": ["some time later in 1992", "the year 1992"],
    "08.6": [
        [EASTER | {"from": "23 March 1997", "to": "31 March 1997"}, TAKING],
        [RAID, {"title": "The group is formed", "from": "1984", "source": "l5i", "citation": "l5i 5"} | {
            "quote": "The MRTA was formed in 1984."}],
    ],
    "08.8": ["10 May to December 1992", "Jun-Dec 1992", "from 10 May to 31 December 1992"],
    "08.9": ["three times", "3 steps back"],
}  # fmt: skip


@pytest.mark.parametrize("place, answer", rows(SAID))
def test_an_answer_as_fine_as_the_words_passes(place, answer):
    test_a_right_answer_passes_however_it_is_written(place, answer)
