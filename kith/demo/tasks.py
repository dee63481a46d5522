"""Background work of the demo: its people move in while the first page is already there."""

from procrastinate.contrib.django import app

LAST = -10  # behind everything a visitor waits for


@app.task(queue="demo", name="demo.settle", priority=LAST)
def settle() -> None:
    from kith.demo import crowd
    from kith.trust import usual

    crowd.settle()
    usual.measure()  # else clues would wait for the night
    draw_photos.defer()


@app.task(queue="demo", name="demo.draw_photos", priority=LAST)
def draw_photos() -> None:
    from kith.demo import crowd

    if crowd.draw_photos():
        draw_photos.defer()
