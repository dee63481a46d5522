import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.contacts.versions import FirstMessage, group_versions, representative

TOPICS = ["slack", "cold-chain slots", "the SKU tail", "winter plan", "transformer lead times"]
NAMES = ["Ada Byron", "Bo Sæther-Vale", "Cy", "王伟", "Dee O'Hara"]
OFFER = "Hi {name}, I work with operations leaders on {topic}. Would a short call in week {n} be useful?"
TEXTS = [
    OFFER,
    OFFER + " If not, simply answer Not Interested.",
    "Dear {name}, you need more money for new initiatives.",
    "In essence the core of your problem, {name}, is that nobody owns the plan for {topic}.",
    "Thanks!",
]


def written(spec: list[tuple[int, int, int]]) -> list[FirstMessage]:
    return [
        FirstMessage(
            at,
            TEXTS[text].format(name=NAMES[name].split()[0], topic=TOPICS[at % 5], n=number),
            (NAMES[name],),
        )
        for at, (text, name, number) in enumerate(spec)
    ]


some_messages = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 52)), max_size=40)
any_messages = st.lists(st.tuples(st.text(max_size=60), st.text(max_size=12)), max_size=20).map(
    lambda pairs: [FirstMessage(at, text, (name,)) for at, (text, name) in enumerate(pairs)]
)


@given(some_messages)
def test_a_template_filled_with_names_topics_and_numbers_stays_one_version(spec):
    groups = group_versions(written(spec))
    assert sorted(sorted(group) for group in groups) == sorted(
        [at for at, (text, _, _) in enumerate(spec) if text == which]
        for which in {text for text, _, _ in spec}
    )


@given(any_messages)
@settings(max_examples=60)
def test_every_message_is_in_exactly_one_version(messages):
    groups = group_versions(messages)
    assert sorted(index for group in groups for index in group) == [message.index for message in messages]
    assert all(groups)


@given(any_messages, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_messages_changes_nothing(messages, shuffle):
    mixed = list(messages)
    shuffle.shuffle(mixed)
    assert group_versions(mixed) == group_versions(messages)


def test_one_line_more_is_another_version():
    assert group_versions(written([(0, 0, 1), (1, 1, 2), (0, 2, 3), (1, 3, 4)])) == [[0, 2], [1, 3]]


def test_one_sentence_exchanged_is_another_version():
    start, end = "I saw your talk about buffers last week and liked it a lot.", "Shall we speak on Friday?"
    one = f"{start} We help planners to see what their stock is really doing today. {end}"
    two = f"{start} Nine of ten firms pay for parts that nobody has ever asked them for. {end}"
    assert len(group_versions([FirstMessage(0, one), FirstMessage(1, two)])) == 2


def test_the_text_that_stands_for_a_version_names_nobody():
    text = representative(
        [
            FirstMessage(0, "Hi Bo, good to be connected.", ("Bo Sæther-Vale",)),
            FirstMessage(1, "Hi Ada Byron, good to be connected.", ("Ada Byron",)),
        ]
    )
    assert text == "Hi …, good to be connected."


def test_a_name_that_is_also_a_word_only_goes_where_it_is_written_as_a_name():
    assert representative([FirstMessage(0, "Hi Will, I will call.", ("Will Ng",))]) == "Hi …, I will call."


def test_twenty_five_thousand_texts_take_seconds():
    dice = random.Random(7)
    words = [f"w{number}" for number in range(3_000)]
    templates = [" ".join(dice.choices(words[:600], k=dice.randint(12, 60))) for _ in range(80)]
    messages = []
    for at in range(25_000):
        if at % 3:
            text = dice.choice(templates) + f" {dice.choice(words)} {dice.choice(words)} week {at % 52}"
        else:
            text = " ".join(dice.choices(words, k=dice.randint(3, 50)))
        messages.append(FirstMessage(at, "Hi Ada, " + text, ("Ada Byron",)))
    started = time.perf_counter()
    groups = group_versions(messages)
    assert time.perf_counter() - started < 12  # a quarter of it alone on the machine
    assert 70 <= sum(len(group) > 50 for group in groups) <= 80
