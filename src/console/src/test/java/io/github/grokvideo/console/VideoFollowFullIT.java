// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The jobs followed as they change: what is read stays where it is, and only what has changed is fetched. */
@Tag("full")
class VideoFollowFullIT extends TabInBrowser {

    private static final By FRESH = By.cssSelector(".grokvideo-fresh button");
    private static final String SCROLLER = "const scroller = (() => {"
            + " for (let e = document.querySelector('[data-job]'); e; e = e.parentElement) {"
            + " if (e.scrollHeight > e.clientHeight + 20 && getComputedStyle(e).overflowY !== 'visible') return e }"
            + " return document.scrollingElement })();";

    private static By progress(String id) {
        return By.cssSelector("[role=progressbar][aria-label='Progress of " + id + "']");
    }

    private void seeProgress(String id, int percent) {
        browser.until(percent + " %", page -> page.findElements(progress(id)).stream()
                .anyMatch(bar -> Integer.toString(percent).equals(bar.getDomAttribute("aria-valuenow"))));
    }

    private static Number scrolled() {
        return (Number) browser.script(SCROLLER + "return scroller.scrollTop");
    }

    /** The page does not look by itself whether a status query has been sent. */
    private void noPolls() {
        jobs.changeQuietly("job-000002", "nextPollAt", null);
        jobs.changeQuietly("job-000018", "nextPollAt", null);
    }

    private void addJobs(int count) {
        List<Map<String, Object>> added = SampleJobs.jobs(count, Instant.now().plus(Duration.ofMinutes(1)));
        for (int i = 0; i < count; i++) {
            added.get(i).put("id", "new-" + i);
            jobs.add(added.get(i));
        }
    }

    @Test
    void theFirstRowIsThereSoonAndOnlyAPageIsFetched() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.click(By.xpath("//button[@role='tab'][.='History']"));
        browser.gone(ROWS);
        int rows = jobs.rows();
        print("the first row", By.xpath("//button[@role='tab'][.='Jobs']"), "job-000000");
        print("the first row of the last page", By.cssSelector("button[aria-label='Go to last page']"), "job-049980");

        assertThat(jobs.largestPage()).as("jobs fetched at once").isEqualTo(20);
        assertThat(jobs.rows() - rows).as("rows fetched: two pages, and the newest job").isEqualTo(41);
    }

    private void print(String what, By click, String id) {
        long begun = System.nanoTime();
        browser.click(click);
        seeFirst(id);
        System.out.printf("With %,d jobs, until %s is seen: %,d ms%n", JOBS, what, (System.nanoTime() - begun) / 1_000_000);
    }

    @Test
    void aRowChangesWhereItIs() {
        openTab(TestUsers.VIEWER);
        seeProgress("job-000018", 26);
        browser.script(SCROLLER + "scroller.scrollTop = 300; document.querySelector(\"[data-job='job-000018']\").marked = 1;"
                + "document.querySelector(\"[data-job='job-000017']\").marked = 1");
        Number before = scrolled();
        assertThat(before.intValue()).isPositive();
        int pages = jobs.pages();
        int rows = jobs.rows();

        jobs.change("job-000018", "progress", 63);
        seeProgress("job-000018", 63);
        jobs.change("job-000018", "state", "DELIVERED");
        jobs.change("job-000018", "endedAt", Instant.now().toString());
        browser.gone(progress("job-000018"));

        browser.seeText(job("job-000018"), "DELIVERED");
        assertThat(scrolled()).isEqualTo(before);
        assertThat(browser.script("return [...document.querySelectorAll('[data-job]')].filter(row => row.marked).length"))
                .as("the same rows, changed").isEqualTo(2L);
        assertThat(jobs.pages()).as("the page was not fetched again").isEqualTo(pages);
        assertThat(jobs.rows() - rows).as("rows fetched: the one that changed, each time").isBetween(2, 3);
    }

    @Test
    void newJobsAreAnnouncedWhileSomebodyReads() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.script(SCROLLER + "scroller.scrollTop = 200");
        Number before = scrolled();

        addJobs(3);
        browser.seeText(FRESH, "3 new jobs");
        seeFirst("job-000000");
        assertThat(scrolled()).isEqualTo(before);
        assertThat(findings()).isEmpty();

        browser.script("document.querySelector('.grokvideo-fresh button').focus()");
        browser.press(Keys.ENTER);
        seeFirst("new-0");
        browser.gone(FRESH);
        browser.seeText(TOTAL, "50003");
    }

    @Test
    void newJobsAppearByThemselvesWhileNobodyReads() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");

        addJobs(1);
        seeFirst("new-0");
        assertThat(browser.count(FRESH)).isZero();
    }

    @Test
    void newJobsOfOtherPagesAreAnnouncedAndLeadToTheFirst() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.click(By.cssSelector("button[aria-label='Go to next page']"));
        seeFirst("job-000020");

        addJobs(1);
        browser.seeText(FRESH, "1 new job");
        seeFirst("job-000020");
        browser.click(FRESH);
        seeFirst("new-0");
    }

    @Test
    void theConnectionIsTakenUpAgain() {
        openTab(TestUsers.VIEWER);
        seeProgress("job-000002", 14);
        browser.offline(true);
        try {
            browser.seeText(CONNECTION, "The connection is lost");
            jobs.change("job-000002", "progress", 71);
        } finally {
            browser.offline(false);
        }
        seeProgress("job-000002", 71);
        browser.until("all connected again", page -> browser.count(By.cssSelector("[data-testid=connection] .pf-v6-c-alert")) == 0);
    }

    @Test
    void aChangeWhileAnAnswerIsOnItsWayIsNotMissed() {
        noPolls();
        openTab(TestUsers.VIEWER);
        seeProgress("job-000002", 14);
        browser.script(SCROLLER + "scroller.scrollTop = 200");
        jobs.hold();
        try {
            jobs.change("job-000002", "progress", 30);
            await().atMost(Duration.ofSeconds(10)).until(() -> jobs.holding() > 0);
            jobs.change("job-000002", "progress", 73);
            // Long enough for the page to be told, while it waits for the first answer.
            await().pollDelay(Duration.ofSeconds(3)).until(() -> jobs.holding() == 1);
        } finally {
            jobs.release();
        }
        seeProgress("job-000002", 73);
    }

    @Test
    void aChangeWhileThePageIsFetchedIsNotMissed() {
        noPolls();
        jobs.hold();
        try {
            openTab(TestUsers.VIEWER);
            await().atMost(Duration.ofSeconds(10)).until(() -> jobs.holding() > 0);
            jobs.change("job-000018", "progress", 61);
            // Long enough for the page to be told.
            await().pollDelay(Duration.ofSeconds(3)).until(() -> jobs.holding() > 0);
        } finally {
            jobs.release();
        }
        seeProgress("job-000018", 61);
    }

    @Test
    void anAnswerThatIsNoneDoesNotEndTheFollowing() {
        noPolls();
        openTab(TestUsers.VIEWER);
        seeProgress("job-000018", 26);
        browser.script("window.realFetch = window.fetch; window.fetch = (url, init) => String(url).startsWith('follow')"
                + " ? Promise.resolve(new Response('<html>A proxy says hello', { status: 200 })) : window.realFetch(url, init);"
                + "window.dispatchEvent(new Event('online'))");
        jobs.changeQuietly("job-000018", "progress", 55);
        seeProgress("job-000018", 55);
        browser.script("window.fetch = window.realFetch");

        jobs.change("job-000018", "progress", 88);
        seeProgress("job-000018", 88);
    }

    @Test
    void jobsThatComeIntoAFilteredListAreAnnounced() {
        openTab(TestUsers.VIEWER);
        browser.click(By.xpath("//button[.='State']"));
        browser.click(By.xpath("//label[contains(., 'FAILED')] | //button[contains(., 'FAILED')]"));
        browser.press(Keys.ESCAPE);
        seeFirst("job-000004");
        browser.script(SCROLLER + "scroller.scrollTop = 200");

        jobs.change("job-000030", "state", "FAILED");
        browser.seeText(FRESH, "1 new job");
        jobs.change("job-000030", "state", "DELIVERED");
        jobs.change("job-000020", "state", "DELIVERED");
        browser.seeText(FRESH, "The list has changed");
        browser.click(FRESH);
        browser.gone(job("job-000020"));
        browser.gone(FRESH);
    }

    @Test
    void jobsThatMoveInAListAreShownOrAnnouncedWhileSomebodyReads() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.click(By.xpath("//th//button[contains(., 'State')]"));
        seeFirst("job-000006");
        // Away from the list.
        browser.click(By.tagName("h1"));

        jobs.change("job-000006", "state", "FAILED");
        seeFirst("job-000022");
        browser.script(SCROLLER + "scroller.scrollTop = 200");
        jobs.change("job-000022", "state", "FAILED");
        browser.seeText(FRESH, "The list has changed");
        seeFirst("job-000022");
        browser.click(FRESH);
        seeFirst("job-000038");
        browser.gone(FRESH);

        browser.click(By.cssSelector("button[aria-label='Go to next page']"));
        browser.gone(job("job-000038"));
        String other = browser.attributes(ROWS, "data-job").get(0);
        jobs.change(other, "state", "FAILED");
        browser.seeText(FRESH, "The list has changed");
        browser.click(FRESH);
        browser.gone(job(other));
        browser.seeText(TOTAL, "21 - 40");
    }

    @Test
    void rowsThatAreGoneAreTakenOut() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.script(SCROLLER + "scroller.scrollTop = 200");

        jobs.remove("job-000003");
        jobs.change("job-000018", "progress", 57);
        browser.gone(job("job-000003"));
        seeProgress("job-000018", 57);
        seeFirst("job-000000");
    }

    @Test
    void theTimeOfTheNextStatusQueryIsFetchedOnceItHasPassed() {
        jobs.changeQuietly("job-000002", "nextPollAt", Instant.now().plusSeconds(8).toString());
        openTab(TestUsers.VIEWER);
        browser.seeText(job("job-000002"), "poll in");
        browser.script(SCROLLER + "scroller.scrollTop = 200");

        jobs.changeQuietly("job-000002", "nextPollAt", Instant.now().plus(Duration.ofHours(3)).toString());
        browser.seeText(job("job-000002"), "poll in 2 h");
    }
}
