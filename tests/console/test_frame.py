"""The frame around the pages: where one can go, and how it looks."""

import re

HERE = re.compile(r'<a href="([^"]+)" aria-current="(page|true)"')


async def test_agents_find_their_work_in_the_frame_and_supervisors_the_oversight_as_well(office, budi, rina):
    agents, supervisors = [await each.opens("/inbox") for each in (budi, rina)]
    assert [word in agents.text for word in ("Work", "Oversight", "Settings")] == [True, False, False]
    assert [word in supervisors.text for word in ("Work", "Oversight", "Settings")] == [True, True, True]
    places = set(re.findall(r'<a href="(/\w+)"', supervisors.answer.text))
    assert {(await rina.opens(path)).status for path in places} == {200}


async def test_the_frame_says_where_one_is(office, rina):
    catalogue = (await rina.opens("/catalogue")).answer.text
    assert set(HERE.findall(catalogue)) >= {("/catalogue", "true")}
    assert set(HERE.findall((await rina.opens("/board")).answer.text)) == {("/board", "page")}


async def test_light_or_dark_is_kept_by_the_browser_and_as_the_device_until_then(office, budi):
    page = await budi.opens("/inbox")
    assert "data-theme" not in page.answer.text
    dark = await budi.sends(page, "/theme", theme="dark")
    assert (dark.path, '<html lang="en" data-theme="dark">' in dark.answer.text) == ("/inbox", True)
    nonsense = await budi.sends(dark, "/theme", theme="<script>")
    assert 'data-theme="dark"' in nonsense.answer.text


async def test_browsers_keep_style_sheets_but_no_page(office, budi):
    page, style = [(await budi.client.get(path)).headers for path in ("/inbox", "/static/tokens.css")]
    assert (page["cache-control"], style["cache-control"]) == ("no-store", "no-cache")
    known = await budi.client.get("/static/tokens.css", headers={"If-None-Match": style["etag"]})
    assert known.status_code == 304
