// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Everybody can read the tab, on a desk and on a phone, by day and by night. */
@Tag("full")
class TabLooksFullIT extends TabInBrowser {

    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-400", "dark-400"})
    void canBeReadByEverybody(String look) throws IOException {
        browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 800, look.startsWith("dark"));
        openTab(TestUsers.MANAGER);
        seeFirst("job-000000");
        browser.seeText(By.cssSelector(".grokvideo-head"), "waiting");
        picture("jobs-" + look);
        assertThat(findings()).isEmpty();
        fits("html");
        fits(".grokvideo-wide");

        browser.click(By.id("view-gallery"));
        browser.until("pictures", page -> browser.count(By.cssSelector(".grokvideo-card img")) > 0);
        picture("gallery-" + look);
        assertThat(findings()).isEmpty();
        fits("html");
        browser.click(By.id("view-table"));

        openJob("job-000000");
        WebElement video = browser.see(By.tagName("video"));
        browser.until("the first picture", page -> (Boolean) browser.script("return arguments[0].readyState >= 2", video));
        picture("job-" + look);
        assertThat(findings()).isEmpty();
        fits("html");
        backToList("job-000000");

        openJob("job-000009");
        browser.click(By.xpath("//button[.='Submit again…']"));
        browser.seeText(DIALOG, "This costs");
        assertThat(findings()).isEmpty();
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);

        backToList("job-000009");
        browser.click(By.xpath("//button[.='History']"));
        browser.seeText(By.tagName("figcaption"), "Jobs by state");
        browser.click(By.xpath("//summary[.='Wait for a video as a table']"));
        assertThat(findings()).isEmpty();
        browser.click(By.xpath("//summary[.='Wait for a video as a table']"));
        picture("history-" + look);
    }

    @Test
    void twelveJobsFitOnAScreen() {
        browser.show(1280, 860, false);
        openTab(TestUsers.MANAGER);
        seeFirst("job-000000");
        browser.until("pictures", page -> browser.count(By.cssSelector(".grokvideo-poster img")) > 0);

        Long whole = (Long) browser.script("return [...document.querySelectorAll(\"table[aria-label*='video jobs'] tbody tr\")]"
                + ".filter(row => row.getBoundingClientRect().bottom <= innerHeight).length");
        assertThat(whole).isGreaterThanOrEqualTo(12);
    }

    /** A finger that is on its way to a tab finds it where it was seen. */
    @ParameterizedTest
    @ValueSource(ints = {320, 400, 1280})
    void tabsStayWhereTheyAreWhileTheListComes(int width) throws JMException {
        try (FakeVideoProblems problems = new FakeVideoProblems("demo", jobs)) {
            browser.show(width, 800, false);
            openTab(TestUsers.MANAGER);
            seeFirst("job-000000");
            browser.see(By.cssSelector(".grokvideo-badge"));
            openJob("job-000009");
            browser.script("window.places = []; const look = () => { const tabs = [...document.querySelectorAll('.grokvideo [role=tab]')];"
                    + " if (tabs.length) { window.places.push(tabs.map(tab => { const { left, right } = tab.getBoundingClientRect();"
                    + " return `${tab.textContent} ${Math.round(left)}-${Math.round(right)}` }).join()) } requestAnimationFrame(look) };"
                    + " look()");

            backToList("job-000009");
            // PatternFly looks for tabs that do not fit 100 ms after the last change, and moves them for another 125.
            browser.until("thirty frames", page -> (Boolean) browser.script(
                    "return window.places.length - window.places.findLastIndex(place => place !== window.places.at(-1)) > 30"));

            assertThat((List<?>) browser.script("return [...new Set(window.places)]")).hasSize(1);
            assertThat((List<?>) browser.script("return [...document.querySelectorAll('.grokvideo [role=tab]')]"
                    + ".filter(tab => tab.getBoundingClientRect().right > innerWidth).map(tab => tab.textContent)")).isEmpty();
        }
    }

    @Test
    void breaksNoRuleOfTheContentSecurityPolicy() {
        browser.complaints();
        openTab(TestUsers.MANAGER);
        seeFirst("job-000000");
        openJob("job-000000");
        browser.see(By.tagName("video"));
        backToList("job-000000");
        browser.click(By.id("view-gallery"));
        browser.until("pictures", page -> browser.count(By.cssSelector(".grokvideo-card img")) > 0);

        // Hawtio asks who is logged in before anybody is.
        assertThat(browser.complaints()).filteredOn(complaint -> !complaint.contains("/user"))
                .filteredOn(c -> !c.contains("Failed to fetch user")).isEmpty();
    }

    private static void fits(String part) {
        assertThat((Boolean) browser.script(
                "const part = document.querySelector(arguments[0]); return part.scrollWidth <= part.clientWidth", part))
                .as("%s fits the width", part).isTrue();
    }

    private static void picture(String name) throws IOException {
        browser.screenshot(Path.of("target/screenshots", name + ".png"));
    }
}
