// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** All jobs: found, sorted, shown as they go on. */
@Tag("full")
class VideoJobsTabFullIT extends TabInBrowser {

    @Test
    void letsInWhoKnowsThePassword() {
        browser.login(TestUsers.MANAGER, "wrong");
        browser.seeText(By.tagName("main"), "Invalid login credentials");
        assertThat(browser.count(ROWS)).isZero();

        browser.login(TestUsers.MANAGER, TestUsers.PASSWORD);
        browser.click(By.linkText("Video Jobs"));
        browser.seeText(By.tagName("h1"), "Video Jobs");
    }

    @Test
    void filtersSortsAndTurnsThePagesOfFiftyThousandJobs() {
        openTab(TestUsers.MANAGER);
        browser.seeText(TOTAL, "50000");
        assertThat(browser.count(ROWS)).isEqualTo(20);
        seeFirst("job-000000");

        browser.click(By.cssSelector("button[aria-label='Go to next page']"));
        seeFirst("job-000020");

        browser.click(By.xpath("//button[.='State']"));
        browser.click(By.xpath("//label[contains(., 'UNKNOWN')] | //button[contains(., 'UNKNOWN')]"));
        browser.press(Keys.ESCAPE);
        browser.seeText(TOTAL, "3125");
        seeFirst("job-000009");

        browser.click(By.cssSelector("select[aria-label=Provider] option[value=xai]"));
        browser.seeText(TOTAL, "625");

        browser.type(FIND, "job-04");
        browser.seeText(TOTAL, "125");

        browser.click(By.xpath("//th//button[contains(., 'Age')]"));
        seeFirst("job-049945");

        browser.type(FIND, "nothing has this");
        browser.seeText(By.tagName("h2"), "No job matches");
        assertThat(jobs.largestPage()).as("jobs fetched at once").isEqualTo(20);
    }

    @Test
    void showsAJobGoingOn() {
        openTab(TestUsers.VIEWER);
        By progress = By.cssSelector("[role=progressbar][aria-label='Progress of job-000002']");
        browser.until("14 %", page -> "14".equals(browser.see(progress).getDomAttribute("aria-valuenow")));

        jobs.change("job-000002", "progress", 63);
        browser.until("63 %", page -> "63".equals(browser.see(progress).getDomAttribute("aria-valuenow")));

        jobs.change("job-000002", "state", "DELIVERED");
        jobs.change("job-000002", "endedAt", Instant.now().toString());
        browser.gone(progress);
        browser.seeText(job("job-000002"), "DELIVERED");
    }

    @Test
    void worksByKeyboard() {
        openTab(TestUsers.MANAGER);
        browser.see(link("job-000003"));
        browser.script("document.querySelector(\"[data-job='job-000003'] a.grokvideo-title\").focus()");
        browser.press(Keys.ENTER);
        browser.until("the focus on the job", page -> browser.focused().getTagName().equals("h1")
                && browser.focused().getText().equals("clip-000003.mp4"));

        browser.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        assertThat(browser.focused().getText()).isEqualTo("Video Jobs");
        browser.press(Keys.ENTER);
        browser.gone(DETAIL);
        browser.until("the focus back", page -> browser.focused().getText().equals("clip-000003.mp4"));
    }

    @Test
    void saysWhenTheConnectionIsLostAndWhenItIsBack() {
        openTab(TestUsers.VIEWER);
        seeFirst("job-000000");
        browser.offline(true);
        try {
            browser.seeText(CONNECTION, "The connection is lost");
            assertThat(browser.count(ROWS)).as("what was there stays").isEqualTo(20);
        } finally {
            browser.offline(false);
        }
        browser.until("all connected again", page -> browser.count(By.cssSelector("[data-testid=connection] .pf-v6-c-alert")) == 0);

        browser.forgetLogin();
        browser.seeText(CONNECTION, "You are logged out");
    }

    @Test
    void saysThatTheStoreCannotBeReached() {
        jobs.storeReachable(false);
        openTab(TestUsers.VIEWER);

        browser.seeText(By.cssSelector(".grokvideo-head"), "job store not reachable");
    }

    @Test
    void saysThatThereIsNothing() throws JMException {
        jobs.close();
        openTab(TestUsers.VIEWER);
        browser.seeText(By.tagName("h2"), "No video jobs here");

        jobs = new FakeVideoJobs("demo", List.of());
        browser.seeText(By.tagName("h2"), "No jobs yet");
        browser.gone(By.xpath("//h2[.='No video jobs here']"));
    }
}
