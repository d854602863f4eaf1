// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What has gone wrong: counted in the navigation, and each with the one action that helps. */
@Tag("full")
class VideoProblemsFullIT extends TabInBrowser {

    private static final By TAB = By.xpath("//button[@role='tab'][contains(., 'Gone wrong')]");
    private static final By BADGE = By.cssSelector(".grokvideo-badge");
    private static final By VIEW = By.cssSelector(".grokvideo-problems");

    private FakeVideoProblems problems;
    private FakeVideoSpending spending;

    @BeforeEach
    void registerProblems() throws JMException {
        problems = new FakeVideoProblems("demo", jobs);
        spending = new FakeVideoSpending("demo");
    }

    @AfterEach
    void unregisterProblems() throws JMException {
        problems.close();
        spending.close();
    }

    private void openProblems(String user) {
        openTab(user);
        browser.click(TAB);
        browser.seeText(VIEW, "Nobody knows whether they were created");
    }

    private static By button(String name) {
        return By.cssSelector(".grokvideo-problems button[aria-label^='" + name + "']");
    }

    private static By confirm(String name) {
        return By.xpath("//*[@role='dialog']//button[.='" + name + "']");
    }

    private void solved(String heading, int left) {
        browser.gone(By.xpath("//*[contains(@class, 'grokvideo-problems')]//h2[contains(., '" + heading + "')]"));
        // At once, as it comes from the same answer.
        assertThat((String) browser.script("return document.querySelector('.grokvideo-badge')?.firstChild.textContent ?? '0'"))
                .isEqualTo(String.valueOf(left));
    }

    @Test
    void eachProblemHasItsActionAndTheBadgeCountsTheRest() {
        openTab(TestUsers.MANAGER);
        browser.seeText(BADGE, "3,130");
        browser.click(TAB);
        browser.until("the page's own address", page -> page.getCurrentUrl().endsWith("#wrong"));

        browser.seeText(By.cssSelector("[data-problem='job-000009']"), "No answer to the submit came in 60s");
        browser.seeText(VIEW, "The oldest 1 of 3,125.");
        browser.click(button("Adopt a task"));
        browser.type(By.id("task-id"), "task-42");
        problems.solve("unknown");
        browser.press(Keys.ENTER);
        browser.seeText(VIEW, "The job goes on with the task");
        solved("Nobody knows", 5);

        browser.seeText(By.cssSelector("[data-problem='job-000015']"), "in 5 d");
        browser.seeText(VIEW, "or is still at work on them");
        assertThat(browser.count(By.cssSelector("[data-problem='job-000031'] button"))).as("to copy the id only: it may be at work")
                .isOne();
        browser.seeText(VIEW, "grokvideo:completed");
        browser.click(button("Deliver again"));
        problems.solve("undelivered");
        problems.solve("held");
        problems.solve("untaken");
        browser.click(confirm("Deliver again"));
        browser.seeText(VIEW, "The job will be delivered again");
        solved("Not delivered", 2);

        browser.seeText(By.cssSelector("[data-account='team']"), "HTTP 401");
        browser.click(button("Try again with the account team"));
        problems.solve("accounts");
        browser.click(confirm("Poll now"));
        browser.seeText(VIEW, "The job is being polled");
        solved("Refused accounts", 1);

        browser.click(button("Change limit"));
        browser.type(By.id("limit"), "2000");
        problems.solve("budgets");
        browser.press(Keys.ENTER);
        browser.seeText(VIEW, "the limit is now 2,000 credits");
        solved("Full budgets", 0);

        browser.seeText(VIEW, "Nothing has gone wrong");
        browser.gone(BADGE);
        assertThat(jobs.actions()).containsExactly("adopt(job-000009,task-42)", "redeliver(job-000015)", "pollNow(job-000002)");
        assertThat(spending.changes()).containsExactly("store/total=2000");
    }

    @Test
    void aViewerSeesAllAndDoesNothing() {
        openProblems(TestUsers.VIEWER);
        browser.seeText(VIEW, "Full budgets");

        for (String name : new String[] {"Adopt", "Deliver", "Try", "Change"}) {
            assertThat(browser.count(button(name))).as(name).isZero();
        }
    }

    @Test
    void aRefusedActionSaysWhy() {
        openProblems(TestUsers.MANAGER);
        jobs.refuse("The job store is away");
        browser.click(button("Deliver again"));
        browser.click(confirm("Deliver again"));
        browser.seeText(DIALOG, "The job store is away");
    }

    @Test
    void theEmptyPageTeaches() {
        for (String kind : new String[] {"unknown", "undelivered", "held", "untaken", "accounts", "budgets"}) {
            problems.solve(kind);
        }
        openTab(TestUsers.VIEWER);
        browser.click(TAB);

        browser.seeText(By.tagName("h2"), "Nothing has gone wrong");
        browser.seeText(VIEW, "drop a text file with a prompt");
        assertThat(browser.count(BADGE)).isZero();
        assertThat(findings()).isEmpty();
    }

    @Test
    void aJobIsOpenedAndBackLeadsHere() {
        openProblems(TestUsers.VIEWER);
        browser.click(By.cssSelector("[data-problem='job-000009'] a"));
        browser.see(DETAIL);

        browser.back();
        browser.seeText(VIEW, "Nobody knows whether they were created");
    }

    @Test
    void worksByKeyboard() {
        openTab(TestUsers.MANAGER);
        browser.see(BADGE);
        browser.script("[...document.querySelectorAll('[role=tab]')].find(tab => tab.textContent.includes('Gone wrong')).focus()");
        browser.press(Keys.ENTER);
        browser.seeText(VIEW, "Not delivered");
        browser.script("document.querySelector(\"[data-problem='job-000015'] a\").focus()");
        browser.press(Keys.TAB);
        browser.press(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Deliver again");
        browser.press(Keys.ENTER);
        browser.see(DIALOG);
        browser.until("the focus in the dialog", page -> browser.focused().findElements(By.xpath("ancestor::*[@role='dialog']")).size() == 1
                || "dialog".equals(browser.focused().getDomAttribute("role")));
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);
        browser.until("the focus back", page -> browser.focused().getText().equals("Deliver again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-400", "dark-400"})
    void canBeReadByEverybody(String look) throws IOException {
        browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 800, look.startsWith("dark"));
        openProblems(TestUsers.MANAGER);
        browser.seeText(VIEW, "Full budgets");
        browser.screenshot(Path.of("target/screenshots/problems-" + look + ".png"));
        assertThat(findings()).isEmpty();
        assertThat((Boolean) browser.script("const page = document.querySelector('html'); return page.scrollWidth <= page.clientWidth"))
                .as("fits the screen").isTrue();
        browser.script("document.querySelector('[data-account]').scrollIntoView()");
        browser.screenshot(Path.of("target/screenshots/problems-end-" + look + ".png"));
    }
}
