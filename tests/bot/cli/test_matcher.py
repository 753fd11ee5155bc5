"""`tanggap matcher`: how the matchers stand, and fitting them now."""


def test_a_matcher_is_fitted_by_hand_and_says_so(tanggap, desks):
    before = tanggap("matcher", "status")
    assert (before.code, before.out) == (
        0, "unit-contoh: never fitted, 0 examples to learn from beside the catalogue\n",
    )  # fmt: skip
    fitted = tanggap("matcher", "fit", "--desk", "unit-contoh")
    assert fitted.code == 0
    assert fitted.out.startswith("unit-contoh: fitted on 0 examples at ")
    assert fitted.out.endswith(" MB, 0 confirmed since\n")
    file = desks / "unit-contoh" / "categories.yaml"
    file.write_text(f"{file.read_text()}\n- {{id: wisuda, name: Wisuda}}\n")
    tanggap("desk", "load", str(file.parent))
    assert tanggap("matcher", "status").out.endswith("0 confirmed since; the catalogue has changed since\n")
    assert tanggap("matcher", "fit", "--desk", "nowhere").code == 1
