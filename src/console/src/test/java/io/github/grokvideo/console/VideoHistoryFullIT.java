// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** Spend and speed in ranges. */
@Tag("full")
class VideoHistoryFullIT extends TabInBrowser {

    private static final By CAPTIONS = By.cssSelector(".grokvideo-chart figcaption");

    private FakeVideoSpending spending;

    @BeforeEach
    void registerSpending() throws JMException {
        spending = new FakeVideoSpending("demo");
    }

    @AfterEach
    void unregisterSpending() throws JMException {
        spending.close();
    }

    private void openHistory() {
        openTab(TestUsers.VIEWER);
        browser.click(By.xpath("//button[@role='tab'][.='History']"));
    }

    private static By sums(String by, String range) {
        return By.cssSelector("table[aria-label='Sums by " + by + ": " + range + "'] tbody tr");
    }

    private static By times(String by) {
        return By.cssSelector("table[aria-label='Times by " + by + "'] tbody tr");
    }

    private static List<String> cells(By row) {
        return browser.until("the cells of " + row, page -> {
            List<String> cells = page.findElement(row).findElements(By.cssSelector("td[data-label]")).stream()
                    .map(cell -> cell.getText().strip()).toList();
            return cells.isEmpty() ? null : cells;
        });
    }

    @Test
    void rangesAndGroupsAreChosen() {
        openHistory();
        browser.see(sums("account", "Last 24 hours"));
        assertThat(cells(sums("account", "Last 24 hours"))).containsExactly("account-one", "USD", "24", "2 USD", "4.1 USD", "8.25 USD",
                "+0.75 USD");
        assertThat(cells(times("account"))).containsExactly("account-one", "24", "900 ms", "1 min 5 s", "4 s", "2 s", "1 min 12 s",
                "2 min 30 s");
        browser.seeText(CAPTIONS, "Jobs by state");
        browser.seeText(By.cssSelector(".grokvideo"), "Medians;");
        browser.seeText(By.cssSelector(".grokvideo"), "those of all nodes, from the ledger in the job store");

        browser.click(By.id("range-1"));
        assertThat(cells(sums("account", "Last hour"))).contains("1");
        browser.click(By.xpath("//summary[.='Jobs by state as a table']"));
        browser.seeText(By.cssSelector(".grokvideo-data th"), "5 minutes from");
        assertThat(browser.count(By.cssSelector(".grokvideo-chart circle"))).as("values alone, of p50 and p95").isEqualTo(2);
        assertThat(browser.script("return [...document.querySelectorAll('.grokvideo-chart')].find(chart => chart.textContent.startsWith("
                + "'Failures')).querySelector('svg').textContent")).asString().startsWith("01").doesNotContain("0.5");

        browser.click(By.cssSelector("select[aria-label='Activity separated by'] option[value=tag]"));
        assertThat(cells(sums("tag", "Last hour"))).startsWith("tag-one");
        assertThat(browser.until("the second", page -> page.findElements(times("tag")).get(1)).getText())
                .containsSubsequence("tag-two", "900 ms", "–", "–", "–", "1 min 12 s");

        browser.click(By.id("range-720"));
        assertThat(cells(sums("tag", "Last 30 days"))).contains("720");
        browser.seeText(CAPTIONS, "Spent in USD by day");
        browser.gone(By.xpath("//figcaption[.='Jobs by state']"));
        browser.seeText(By.cssSelector(".grokvideo-chart"), "720 in 30 days.");
        browser.seeText(By.cssSelector(".grokvideo-chart:nth-of-type(2)"), "5.00 USD as reported, 1.50 USD as estimated.");
        browser.click(By.xpath("//summary[.='Spent in USD by day as a table']"));
        browser.seeText(By.cssSelector(".grokvideo-chart:nth-of-type(2) tbody tr:last-child"), "3.00 USD");

        browser.click(By.id("range-168"));
        browser.seeText(By.cssSelector(".grokvideo-chart"), "168 in 7 days.");
    }

    @Test
    void saysThatThereWasNothing() {
        spending.clear();
        openHistory();
        browser.seeText(By.cssSelector(".grokvideo"), "No video came in this time.");
        browser.seeText(By.cssSelector(".grokvideo"), "No job cost anything in this period.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-400", "dark-400"})
    void canBeReadByEverybody(String look) throws IOException {
        browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 800, look.startsWith("dark"));
        openHistory();
        browser.see(sums("account", "Last 24 hours"));
        assertThat(findings()).isEmpty();
        browser.click(By.id("range-168"));
        browser.see(sums("account", "Last 7 days"));
        browser.screenshot(Path.of("target/screenshots/history-7d-" + look + ".png"));
        assertThat(findings()).isEmpty();
        assertThat((Boolean) browser.script("const page = document.querySelector('html'); return page.scrollWidth <= page.clientWidth"))
                .as("fits the screen").isTrue();
        browser.script("document.querySelector(\"table[aria-label^='Times']\").scrollIntoView()");
        browser.screenshot(Path.of("target/screenshots/history-times-" + look + ".png"));
    }
}
