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
import org.openqa.selenium.Keys;

/** What jobs cost and may cost: seen by everybody, changed by managers. */
@Tag("full")
class VideoSpendingFullIT extends TabInBrowser {

    private static final By BUDGETS = By.cssSelector("table[aria-label=Budgets] tbody tr");
    private static final By CHANGE = By.cssSelector("table[aria-label=Budgets] button");
    private static final By CONFIRM = By.xpath("//*[@role='dialog']//button[.='Change the limit']");
    private static final By LIMIT = By.id("limit");

    private FakeVideoSpending spending;

    @BeforeEach
    void registerSpending() throws JMException {
        spending = new FakeVideoSpending("demo");
    }

    @AfterEach
    void unregisterSpending() throws JMException {
        if (spending != null) {
            spending.close();
        }
    }

    private void openSpending(String user) {
        openTab(user);
        browser.click(By.xpath("//button[.='Spending']"));
    }

    private static List<String> cells(By row) {
        return browser.until("the cells of " + row, page -> {
            List<String> cells = page.findElement(row).findElements(By.cssSelector("td[data-label]")).stream()
                    .map(cell -> cell.getText().strip()).toList();
            return cells.isEmpty() ? null : cells;
        });
    }

    private static By budget(String name) {
        return By.cssSelector("tr[data-budget='" + name + "']");
    }

    private static By sums(String by, String period) {
        return By.cssSelector("table[aria-label='Sums by " + by + ": " + period + "'] tbody tr");
    }

    @Test
    void aViewerSeesTheFiguresAndNoButton() {
        openSpending(TestUsers.VIEWER);
        browser.see(BUDGETS);

        assertThat(browser.count(BUDGETS)).isEqualTo(3);
        assertThat(cells(budget("account:default/day"))).startsWith("Account default, each day", "20 USD", "8 USD", "4 USD", "2 USD",
                "6 USD").last().asString().contains("2026");
        assertThat(cells(budget("store/total")))
                .containsExactly("All jobs, in all", "1,000 credits", "1,100 credits", "0 credits", "0 credits", "-100 credits", "never");
        assertThat(cells(budget("tag:acme/spring/month"))).startsWith("Tag acme/spring, each month", "0.5 USD", "0 USD", "0 USD", "0.3 USD",
                "0.2 USD");
        assertThat(browser.attributes(By.cssSelector(".grokvideo-budget"), "aria-label")).contains(
                "Of 20 USD: 8 USD spent (reported), 4 USD spent (est.), 2 USD reserved, 6 USD left");
        assertThat(widths("tag:acme/spring/month", ".grokvideo-reserved")).as("percent of the bar").isBetween(57L, 63L);
        assertThat(widths("account:default/day", ".grokvideo-spentReported")).isBetween(37L, 43L);
        assertThat(widths("store/total", ".grokvideo-spentReported")).isBetween(97L, 100L);
        assertThat(browser.count(CHANGE)).isZero();
    }

    private static long widths(String budget, String part) {
        return (Long) browser.script("const bar = document.querySelector(`tr[data-budget='${arguments[0]}'] .grokvideo-budget`);"
                + "return Math.round(100 * bar.querySelector(arguments[1]).offsetWidth / bar.offsetWidth)", budget, part);
    }

    @Test
    void sumsAreSeparatedAsChosen() {
        openSpending(TestUsers.VIEWER);
        browser.see(sums("account", "This month"));

        assertThat(cells(sums("account", "This month")))
                .containsExactly("account-one", "USD", "1,200", "2 USD", "4.1 USD", "8.25 USD", "+0.75 USD");

        browser.click(By.cssSelector("select[aria-label=Period] option[value=yesterday]"));
        browser.see(sums("account", "Yesterday"));
        assertThat(cells(sums("account", "Yesterday"))).contains("5").doesNotContain("1,200");

        browser.click(By.cssSelector("select[aria-label='Separated by'] option[value=tag]"));
        browser.see(sums("tag", "Yesterday"));
        assertThat(cells(sums("tag", "Yesterday"))).startsWith("tag-one");
        browser.seeText(sums("tag", "Yesterday"), "-2 credits");
        assertThat(browser.until("jobs without a price", page -> page.findElements(sums("tag", "Yesterday")).get(2)).getText())
                .contains("no tag", "price unknown").doesNotContain("0");
    }

    @Test
    void aManagerChangesALimit() {
        openSpending(TestUsers.MANAGER);
        By change = By.cssSelector("tr[data-budget='store/total'] button");
        browser.click(change);
        browser.seeText(DIALOG, "The limit is 1,000 credits");
        browser.type(LIMIT, "-5");
        browser.until("no such limit", page -> !page.findElement(CONFIRM).isEnabled());
        browser.type(LIMIT, "2000");
        assertThat(spending.changes()).isEmpty();
        browser.click(CONFIRM);
        browser.gone(DIALOG);
        browser.seeText(By.cssSelector(".grokvideo"), "All jobs, in all: the limit is now 2,000 credits");
        browser.seeText(budget("store/total"), "configured: 1,000 credits");
        browser.seeText(budget("store/total"), "900 credits");

        browser.click(change);
        browser.type(LIMIT, Keys.BACK_SPACE.toString());
        browser.press(Keys.ENTER);
        browser.gone(DIALOG);
        browser.seeText(By.cssSelector(".grokvideo"), "the limit is now as configured");
        browser.seeText(budget("store/total"), "-100 credits");
        assertThat(spending.changes()).containsExactly("store/total=2000", "store/total=");

        spending.refuse("The job store is away");
        browser.click(change);
        browser.click(CONFIRM);
        browser.seeText(DIALOG, "The job store is away");
    }

    @Test
    void saysHowToSetABudget() throws JMException {
        spending.clear();
        openSpending(TestUsers.MANAGER);
        browser.seeText(By.tagName("h2"), "No budgets");
        browser.seeText(By.cssSelector(".grokvideo"), "option budget");
        browser.seeText(By.cssSelector(".grokvideo"), "No job cost anything in this period.");

        spending.close();
        spending = null;
        browser.gone(By.cssSelector("select[aria-label=Period]"));
        browser.seeText(By.cssSelector(".grokvideo"), "option budget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-400", "dark-400"})
    void canBeReadByEverybody(String look) throws IOException {
        browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 800, look.startsWith("dark"));
        openSpending(TestUsers.MANAGER);
        browser.see(BUDGETS);
        browser.see(sums("account", "This month"));
        browser.screenshot(Path.of("target/screenshots/spending-" + look + ".png"));
        assertThat(findings()).isEmpty();
        assertThat((Boolean) browser.script("const page = document.querySelector('html'); return page.scrollWidth <= page.clientWidth"))
                .as("fits the screen").isTrue();

        browser.click(CHANGE);
        browser.see(LIMIT);
        assertThat(findings()).isEmpty();
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);
    }
}
