from reports.progress import EVERY, Progress, Stage, said, told


def test_whoever_waits_hears_the_beginning_now_and_then_and_the_end():
    heard = []
    rows = list(told(range(2 * EVERY + 1), Stage.READING, of=2 * EVERY + 1, tell=heard.append))
    assert len(rows) == 2 * EVERY + 1
    assert [each.done for each in heard] == [0, EVERY, 2 * EVERY, 2 * EVERY + 1]
    assert heard[-1].share == 1.0


def test_how_far_it_is_is_said_in_both_languages():
    half = Progress(what=Stage.READING, done=12_000, of=24_000)
    assert said(half, "id") == "Membaca data: 12.000 dari 24.000"
    assert said(half, "en") == "Reading: 12,000 of 24,000"
    assert said(Progress(what=Stage.WRITING), "id") == "Menyusun berkas"
    assert said(Progress(what=Stage.CHECKING, done=3_000), "id") == "Memeriksa tiket: 3.000"


def test_no_rows_are_whole_and_an_unknown_number_has_no_share():
    assert Progress(what=Stage.READING, of=0).share == 1.0
    assert Progress(what=Stage.READING, done=5).share is None
