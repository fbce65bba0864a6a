"""The report of the seeds in a real browser, as a reader uses it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
webdriver = pytest.importorskip("selenium.webdriver", reason="needs the package selenium")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="needs the system's chromium and chromium-driver"
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
    " --force-prefers-reduced-motion"
).split()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    profile = tmp_path_factory.mktemp("profile")
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1280,860"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def page(driver: Any, seeds_page: str, tmp_path: Path) -> Iterator[Any]:
    """The report, opened from disk; whatever it logs or asks for fails the test."""
    path = tmp_path / "report.html"
    path.write_text(seeds_page, encoding="utf-8")
    driver.get("about:blank")
    driver.get_log("performance")
    driver.get_log("browser")
    driver.get(path.as_uri())
    yield driver
    assert driver.get_log("browser") == []
    assert requests(driver) <= {path.as_uri(), "data:,"}


def requests(driver: Any) -> set[str]:
    """The addresses that the page, not the browser's own windows, asked for."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return {
        m["params"]["request"]["url"]
        for m in messages
        if m["method"] == "Network.requestWillBeSent"
        and not m["params"].get("documentURL", "").startswith("chrome:")
    } - {"about:blank"}


def find(page: Any, selector: str) -> Any:
    return page.find_element("css selector", selector)


def find_all(page: Any, selector: str) -> list[Any]:
    found: list[Any] = page.find_elements("css selector", selector)
    return found


def in_view(page: Any, element: Any) -> bool:
    script = (
        "const box = arguments[0].getBoundingClientRect();"
        "return box.top >= 0 && box.bottom <= innerHeight && box.height > 0"
    )
    return bool(page.execute_script(script, element))


def settle(page: Any) -> None:
    """Wait until scrolling has come to rest."""
    page.execute_async_script(
        "const done = arguments[0]; let last = -1;"
        "const look = () => {"
        " if (scrollY === last) done(); else { last = scrollY; setTimeout(look, 80); } };"
        "setTimeout(look, 80);"
    )


def test_a_summary_sentence_leads_to_its_highlighted_source(page: Any) -> None:
    link = find_all(page, ".said a")[3]
    sentence = page.execute_script("return arguments[0].firstChild.data.trim()", link)
    link.click()
    settle(page)
    target = find(page, ":target")
    assert target.tag_name == "mark"
    assert target.text == sentence
    assert in_view(page, target)
    paper = find(page, "html").value_of_css_property("background-color")
    assert target.value_of_css_property("background-color") != paper


def test_a_link_into_a_folded_text_unfolds_it(page: Any) -> None:
    page.execute_script(
        "for (const text of document.querySelectorAll('details.text')) text.open = false"
    )
    find_all(page, ".said a")[0].click()
    settle(page)
    assert in_view(page, find(page, ":target"))


def test_removed_residue_unfolds_struck_with_its_rule(page: Any) -> None:
    fold = find(page, "#a2 .cut:not(.in)")
    struck = fold.find_element("css selector", "del")
    assert not struck.is_displayed()
    fold.find_element("css selector", "summary").click()
    assert struck.is_displayed()
    assert "line-through" in struck.value_of_css_property("text-decoration-line")
    assert "TK101" in fold.text
    assert "breadcrumb" in fold.text
    inline = find(page, "#a2 .cut.in")
    inline.find_element("css selector", "summary").click()
    assert inline.find_element("css selector", "del").text.startswith("?url=http%3A%2F%2F")


def test_filters(page: Any) -> None:
    def shown() -> list[str]:
        return [e.get_attribute("id") for e in find_all(page, ".art") if e.is_displayed()]

    def choose(name: str, value: str) -> None:
        page.execute_script(
            "const field = document.querySelector(`#filter [name=${arguments[0]}]`);"
            "field.value = arguments[1]; field.dispatchEvent(new Event('input', {bubbles: true}))",
            name, value,
        )  # fmt: skip

    assert len(shown()) == 5
    choose("lang", "zh-Hans")
    assert shown() == ["a2"]
    assert find(page, "#filter output").text == "1 of 5 articles"
    choose("lang", "")
    choose("story", "1")
    assert shown() == ["a1", "a4"]
    choose("story", "")
    choose("warn", "y")
    assert shown() == ["a2"]
    choose("warn", "")
    choose("q", "gigawatt")
    assert shown() == ["a1", "a4"]
    find(page, "#filter [type=submit]").click()
    settle(page)
    assert find(page, "#filter output").text.startswith("1 of ")
    find(page, "#filter [data-act=reset]").click()
    assert len(shown()) == 5


def test_original_and_gloss_side_by_side_and_stacked_on_a_phone(page: Any) -> None:
    before, after = find_all(page, "#a2 .pair")[0].find_elements("css selector", ":scope > div")
    assert "马斯克" in before.text
    assert "Musk" in after.text
    assert before.rect["x"] + before.rect["width"] <= after.rect["x"]
    assert abs(before.rect["y"] - after.rect["y"]) < 2
    phone = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        assert before.rect["y"] + before.rect["height"] <= after.rect["y"]
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_contradiction_is_found_and_leads_into_the_text(page: Any) -> None:
    differ = find(page, "#stories .differ")
    assert {e.text for e in differ.find_elements("css selector", "em")} == {"H100", "H200"}
    differ.find_elements("css selector", "a.src")[-1].click()
    settle(page)
    target = find(page, ":target")
    assert "100,000 H200 GPUs" in target.text
    assert in_view(page, target)


def test_keyboard(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    find(page, "body").send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to content"
    order = [find(page, f"#{name}").rect["y"] for name in ("summary", "stories", "articles")]
    assert order == sorted(order)


def test_without_script_everything_is_there(page: Any) -> None:
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.refresh()
        assert len([e for e in find_all(page, ".art") if e.is_displayed()]) == 5
        assert not find(page, "#filter").is_displayed()
        find(page, "#a0 .cut summary").click()
        assert find(page, "#a0 .cut del").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_dark(page: Any) -> None:
    def paper() -> str:
        color: str = find(page, "html").value_of_css_property("background-color")
        return color

    scheme = {"name": "prefers-color-scheme", "value": "light"}
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    light = paper()
    scheme["value"] = "dark"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    assert paper() != light
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
