from io import BytesIO

from PIL import Image

from kith.demo.faces import Look, draw_face


def test_a_face_is_always_the_same_and_nobody_elses() -> None:
    assert draw_face("ada") == draw_face("ada")
    seeds = [f"seed {number}" for number in range(12)]
    assert len({draw_face(seed) for seed in seeds}) == 12


def test_what_is_known_of_a_face_is_drawn() -> None:
    plain, scarf, old = (
        draw_face("ada", look) for look in (Look("f"), Look("f", "scarf"), Look("f", old=True))
    )
    assert len({plain, scarf, old}) == 3
    assert Image.open(BytesIO(plain)).size == (524, 524)
