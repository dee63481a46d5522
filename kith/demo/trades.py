"""What the demo's people do: trades with their titles, specialties, skills and the places that employ them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """Titles from first to latest; lines are headlines in one's own words."""

    titles: tuple[str, str, str]
    firms: tuple[str, ...]
    specialties: tuple[str, ...]
    skills: tuple[str, ...]
    lines: tuple[str, ...]


SCHOOLS = (
    "Fjordheim Institute of Technology",
    "University of Saltmere",
    "Rift Lakes Polytechnic",
    "Institut Belleroche",
    "Hanok School of Design",
    "Kaveri Institute of Science",
    "Colegio Mayor del Sur",
    "Lower Danube University",
)
DEGREES = ("BSc", "BA", "MSc", "MA", "MEng", "Diploma", "PhD")

TRADES = (
    Trade(
        ("Transport planner", "Shift lead, cross-dock", "Head of operations"),
        ("Brightwater Logistics", "Kystlinje Shipping", "Halvorsen Freight"),
        (
            "Buffers that survive a bad week",
            "Cross-docks in old buildings",
            "Talking planners out of weekly re-planning",
        ),
        ("Supply chain", "Inventory control", "S&OP", "Lean", "Transport law", "Excel"),
        (
            "Plans less and delivers more",
            "Fewer expedites, calmer Mondays",
            "Moves things so that nobody notices",
        ),
    ),
    Trade(
        ("Developer", "Senior developer", "Engineering lead"),
        ("Lanternfish Software", "Tundra Robotics", "Quill & Ledger"),
        (
            "Making slow PostgreSQL queries fast",
            "Accessibility of complex forms",
            "Taking over code nobody wants",
        ),
        ("Python", "PostgreSQL", "Testing", "TypeScript", "Accessibility", "Code review"),
        (
            "Writes boring software that keeps running",
            "Deletes more code than I add",
            "Databases, mostly at night",
        ),
    ),
    Trade(
        ("Ward nurse", "Ward sister", "Head of nursing"),
        ("Blue Heron Hospital", "Clinic of St Brannoc"),
        ("Wound care at home", "Night shifts that people survive", "Explaining dialysis without fear"),
        ("Triage", "Palliative care", "Teaching", "Rostering", "Hygiene audits"),
        ("Nurse who reads the small print", "Patients first, forms second", "Twenty years of night shifts"),
    ),
    Trade(
        ("Device engineer", "Quality engineer", "Director of quality"),
        ("Novamed Devices", "Blue Heron Hospital"),
        ("Risk files an auditor enjoys", "Sterile packaging", "Usability of infusion pumps"),
        ("ISO 13485", "CAPA", "Validation", "Risk analysis", "Technical writing"),
        ("Makes medical devices dull, which is good", "Writes risk files people read"),
    ),
    Trade(
        ("Reporter", "Desk editor", "Managing editor"),
        ("Saltmere Press", "The Harbour Gazette"),
        (
            "Interviews with people who never give any",
            "Healthcare stories without jargon",
            "Corrections people trust",
        ),
        ("Interviewing", "Fact-checking", "Editing", "Data journalism", "Podcasting"),
        ("One beat, ten years", "Asks the second question", "Local news, slowly"),
    ),
    Trade(
        ("Drawing assistant", "Architect", "Partner"),
        ("Ferrous & Fern Architects", "Hanok School of Design"),
        ("Timber roofs over old stone", "School kitchens", "Permits in listed buildings"),
        ("Timber construction", "Revit", "Site supervision", "Daylight studies", "Tendering"),
        ("Mends houses instead of replacing them", "Stairs, mostly stairs"),
    ),
    Trade(
        ("Teacher", "Head of mathematics", "School principal"),
        ("Nordvest Upper Secondary", "Rift Lakes Polytechnic"),
        ("Fractions for those who gave up", "First physics lab on no budget"),
        ("Curriculum design", "Mentoring", "Mathematics", "Special needs"),
        ("Teaches numbers to people who say they can't", "School on a hill, wind included"),
    ),
    Trade(
        ("Track technician", "Signal engineer", "Head of maintenance"),
        ("Northgate Rail", "Pannonia Trams"),
        ("Which spare part really matters", "Signal boxes older than I am", "Rail noise in valleys"),
        ("Signalling", "Maintenance planning", "Safety cases", "Asset data"),
        ("Trams run on time when nobody hurries", "Spare parts and their secrets"),
    ),
    Trade(
        ("Installer", "Project engineer", "Head of grid projects"),
        ("Aurora Grid", "Oru Solar"),
        ("Solar on roofs that leak", "Transformers with two-year lead times", "Village microgrids"),
        ("Grid planning", "Solar", "Permits", "Procurement", "High voltage"),
        ("Puts the sun on the wire", "Waits for transformers, professionally"),
    ),
    Trade(
        ("Barista", "Roaster", "Head of sourcing"),
        ("Maré Alta Coffee", "Kestrel Foods"),
        ("Buying coffee from very small farms", "Shelf life without additives", "Bread in cold kitchens"),
        ("Sourcing", "Sensory analysis", "HACCP", "Negotiation", "Spanish"),
        ("Pays farmers first", "Coffee, bread and their logistics"),
    ),
    Trade(
        ("Clerk", "Actuary", "Chief underwriter"),
        ("Kite & Anchor Insurance", "Quill & Ledger"),
        ("Flood risk street by street", "Explaining pensions in one page"),
        ("Actuarial science", "R", "Solvency", "Plain language"),
        ("Counts storms", "Insurance without small print"),
    ),
    Trade(
        ("Cutter", "Pattern maker", "Head of production"),
        ("Sunda Textiles", "Atelier Miranda"),
        ("Zero-waste patterns", "Natural indigo at scale", "Uniforms that fit everybody"),
        ("Pattern making", "Dyeing", "Quality control", "Costing"),
        ("Cuts cloth so that nothing is left", "Indigo up to the elbows"),
    ),
    Trade(
        ("Case worker", "Policy adviser", "Head of unit"),
        ("City of Lindholmen", "Open Harbour Foundation"),
        ("Forms people can fill in on a phone", "Getting three ministries into one room"),
        ("Policy", "Facilitation", "Procurement law", "Service design"),
        ("Public service, in public", "Turns rules into help"),
    ),
    Trade(
        ("Field technician", "Agronomist", "Head of research"),
        ("Kestrel Foods", "Kaveri Institute of Science"),
        ("Millet in dry years", "Soil maps farmers use", "Bees and apple trees"),
        ("Soil science", "Statistics", "GIS", "Extension work"),
        ("Soil, seeds and patience", "Reads fields like books"),
    ),
    Trade(
        ("Junior consultant", "Consultant", "Principal"),
        ("Vale & Tide Advisory", "Open Harbour Foundation"),
        ("Diagnostics in three weeks", "Boards people look at", "Leaving before one is needed too much"),
        ("Facilitation", "Operations", "Change", "Writing", "Coaching"),
        ("Asks why until it works", "Helps teams meet half as often"),
    ),
    Trade(
        ("Luthier's apprentice", "Luthier", "Workshop owner"),
        ("Atelier Miranda", "Ferrous & Fern Architects"),
        ("Cracks in old cellos", "Guitars from local wood"),
        ("Woodworking", "Varnish", "Acoustics", "Teaching"),
        ("Mends what sings", "Wood, glue, patience"),
    ),
)
