"""What the demo's people say to and about each other, each in a voice of their own."""

from dataclasses import dataclass

from kith.demo.circles import HOST

OPENNESS = (
    "Write to me. I answer everybody, slowly.",
    "Happy to meet people who do the same work somewhere else.",
    "One sentence on why is plenty.",
    "I connect with people I have talked with. So let us talk first.",
    "Students: always. Sales: please no.",
    "Pas de démarchage, mais toute vraie question est la bienvenue.",
    "Tell me where you heard of me, I am curious.",
    "If you can fix a pump, yes.",
    "Ungern ohne einen Satz dazu.",
    "I know few people here, and that is how I like it.",
    "Preguntas sobre tranvías: siempre.",
    "Yes, if we know somebody in common. Ask them about me first.",
    "Night shifts until June: expect an answer at odd hours.",
    "Open to anybody who has failed at this before.",
    "初めての方も歓迎します。",
    "Invite me when you have read what I do.",
    "Coffee first, connection later.",
    "أهلاً بكل من يسأل بصدق.",
)
OPEN_CONSULTANT = "Tell me which of your Tuesdays goes wrong, and I will gladly connect."
OPEN_HOST = "I keep this house: everybody may ask me anything."

HOW = (  # the endorser knows it from the firm both worked at in the same years
    "Saw it every week at {firm}.",
    "We did this together at {firm}.",
    "Learned it from them at {firm}.",
    "Asked them twice at {firm}, and it held both times.",
    "They did the hard part of it at {firm}; I did the slides.",
)


@dataclass(frozen=True)
class Asked:
    """An invitation: from whom or to whom (the n-th of a firm whom one does not know yet), how old, and what became of it."""

    firm: str
    days: float
    note: str = ""
    became: str = "waiting"
    after: float = 0  # days until it became that
    asks: str = ""  # the recipient's question
    answers: str = ""
    by: str = ""  # whom somebody must know to say this


TO_CONSULTANT = (
    Asked(
        "Halvorsen Freight",
        1.2,
        "They say you once talked a whole depot out of weekly re-planning. We are about to try the opposite. "
        "May I ask you two questions before we do?",
    ),
    Asked("Pannonia Trams", 3.4),
    Asked(
        "Kite & Anchor Insurance",
        6,
        "I price storm damage to warehouses and never see one from inside.",
        asks="With pleasure, if it is more than a visit. What would you look at first?",
        answers="Where the water would stand, and who decides then what is carried out.",
    ),
    Asked("Aurora Grid", 16),
    Asked(
        "Quill & Ledger",
        27,
        "We help boutique advisories win more pipeline. Fifteen minutes this week?",
        "set_aside",
        2,
    ),
    Asked("Sunda Textiles", 75, "", "declined", 4),
    Asked("The Harbour Gazette", 190, "For a piece about planners who plan less.", "expired", 180),
)
BY_CONSULTANT = (
    Asked("Northgate Rail", 2.5, "Spare parts again: you wrote that two of ninety matter. Which two?"),
    Asked(
        "Tundra Robotics",
        5,
        "I have a client with twelve of your arms and no idea what they wait for. May I ask you?",
        asks="Gladly. Do they wait for parts or for people?",
    ),
    Asked("Kestrel Foods", 12, "We sat at the same table in Leeds and talked about flour."),
    Asked("City of Lindholmen", 26, "", "declined", 6),
    Asked("Oru Solar", 41),
    Asked("Kite & Anchor Insurance", 33, "", "withdrawn", 20),
    Asked("Ferrous & Fern Architects", 195, "Your roof over the old cross-dock: I know who loads under it.", "expired", 180),
)  # fmt: skip
ACCEPTED_OF_CONSULTANT = (0.4, 2.2, 1.1, 9, 0.2, 3.6, 30, 1.8, 5.5)  # days until they said yes
TO_NEW = (
    Asked(
        "Open Harbour Foundation",
        0.3,
        "Welcome! Hana told us that you are new here. Ask me whatever you like, I was new last year.",
        by=HOST,
    ),
    Asked("Hanok School of Design", 0.1),
)
TO_HOST = (
    Asked("Ferrous & Fern Architects", 2, "Could the house have an evening for people who mend old roofs?"),
    Asked("Nordvest Upper Secondary", 8),
)
BY_HOST = (
    Asked(
        "Rift Lakes Polytechnic", 4, "You asked at the door who teaches here. I do not know, but you might."
    ),
)

VOUCHED_OF_CONSULTANT = (  # skill, how often, hidden ones among them
    ("Operations Management", 7, 1),
    ("Inventory Management", 4, 0),
    ("Facilitation", 2, 0),
    ("Plain writing", 1, 0),
)
HOW_CONSULTANT = (
    "She had our depot running without overtime by the third week.",
    "Sat with the night shift before she said a word.",
    "Found the buffer that nobody owned; it was mine.",
    "Half our meetings are gone and nobody misses them.",
    "Her numbers on one page, every Friday.",
    "Worked with her through a very bad January.",
    "She asks until it is clear, and then it is.",
)

RECOMMENDED = (  # of whoever worked in one firm with the author
    "At {firm} I learned from {name} to ask what a rule is for before asking who broke it. Two years on I still hear that question in my head before every meeting.",
    "{name} is the colleague whom the others at {firm} called when something was truly stuck. Not because it was their job, but because afterwards it ran.",
    "I have seen {name} tell a room at {firm} what nobody wanted to hear, so kindly that the room thanked them. Then they stayed and helped to mend it.",
    "Whoever works with {name} gets fewer messages and better ones. At {firm} that was worth more to me than any tool we bought.",
    "{name} left our part of {firm} in a state in which somebody else could take it over within a week. I know, because that somebody was me.",
    "Careful, quick and never in a hurry: {name} made the dull weeks at {firm} short and the bad ones bearable.",
)
OF_CONSULTANT = (  # the firm the author is of, how they worked together, what they say
    ("Vale & Tide Advisory", "", "Ingrid asks the shift before she asks the board. In three diagnostics with her I have seen her throw away her own best slide because a forklift driver knew better. Clients stay calm, and so do we."),
    ("Halvorsen Freight", "Client: our depot, spring 2024", "She promised us nothing and then took a third out of our expedites in ten weeks, with our own people and without a single new system. The routine still holds a year later, which is what I paid for."),
    ("Novamed Devices", "Client: sterile packaging, 2023", "We had seven planning meetings a week and no plan. Ingrid sat in all seven, once, and left us with two. Our auditors noticed before our board did."),
)  # fmt: skip
WAITS_FOR_CONSULTANT = (
    "Brightwater Logistics",
    "Client: two cross-docks, autumn 2025",
    "Ingrid came for three weeks and left after three weeks, which I had never seen a consultant do. What she set up is boring, and it works on Tuesdays too.",
)
CONSULTANT_ASKED_BY = ("Blue Heron Hospital", "Client: the pharmacy's stock, 2024")
