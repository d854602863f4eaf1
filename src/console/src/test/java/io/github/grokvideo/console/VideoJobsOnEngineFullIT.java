// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The tab in a real browser, before the real component with its jobs in a database: what is shown is true, and what is clicked happens. */
@Tag("full")
class VideoJobsOnEngineFullIT {

    private static final By ROWS = By.cssSelector("table[aria-label*='video jobs'] tbody tr");
    private static final By TOTAL = By.cssSelector(".pf-v6-c-pagination__total-items, .pf-v6-c-menu-toggle__text");
    private static final By PANEL = By.cssSelector(".grokvideo-detail");
    private static final By MAIN = By.cssSelector(".pf-v6-c-page__main, main");
    private static final By DIALOG = By.cssSelector("[role=dialog]");

    @TempDir
    private Path directory;
    private RealVideoJobs jobs;
    private VideoConsole console;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        jobs = new RealVideoJobs(directory);
        console = VideoConsole.builder().users(TestUsers.both()).videos(jobs::file).build();
        console.start();
        browser = new Browser(console, directory.resolve("profile"));
    }

    @AfterEach
    void stop() {
        browser.close();
        console.close();
        jobs.close();
    }

    @Test
    void findsAmongFiftyThousandJobsInTheStore() throws Exception {
        String newest = jobs.send("direct:generate", "default", "a lighthouse");
        jobs.multiply(newest, 50_000);
        openTab(TestUsers.VIEWER);
        browser.seeText(TOTAL, "50001");
        assertThat(browser.count(ROWS)).isEqualTo(20);

        browser.click(By.xpath("//th//button[contains(., 'Age')]"));
        seeFirst("old-050000");
        browser.click(By.cssSelector("button[aria-label='Go to last page']"));
        seeFirst(newest);
        browser.click(By.xpath("//th//button[contains(., 'Age')]"));
        browser.click(By.xpath("//button[.='State']"));
        browser.click(By.xpath("//label[contains(., 'FAILED')] | //button[contains(., 'FAILED')]"));
        browser.press(Keys.ESCAPE);
        browser.seeText(TOTAL, "5000");
        seeFirst("old-000003");

        browser.click(By.cssSelector("select[aria-label=Provider] option[value=toapis]"));
        browser.seeText(By.tagName("h2"), "No job matches");
        browser.click(By.cssSelector("select[aria-label=Provider] option[value='']"));
        browser.type(By.cssSelector("input[aria-label^='Find jobs']"), "OLD-0499");
        browser.seeText(TOTAL, "10");
        seeFirst("old-049903");
    }

    @Test
    void showsAJobThatIsMadeAndPlaysIt() {
        openTab(TestUsers.VIEWER);
        browser.seeText(By.tagName("h2"), "No jobs yet");
        String id = jobs.send("direct:submit", "default", "a secretive lighthouse [[render=6s]]");

        openJob(id);
        browser.until("progress", page -> browser.count(By.cssSelector("[role=progressbar][aria-label='Progress of " + id + "']")) > 0);
        browser.seeText(PANEL, "There is no video yet.");
        WebElement video = browser.see(By.tagName("video"));
        // Before anybody plays it.
        browser.until("the first picture",
                page -> (Boolean) browser.script("return arguments[0].readyState >= 2 && arguments[0].paused", video));
        browser.script("arguments[0].muted = true; arguments[0].play()", video);
        browser.until("play", page -> (Boolean) browser.script("return arguments[0].currentTime > 0.5", video));
        browser.seeText(PANEL, "DELIVERED");

        assertThat(browser.see(PANEL).getText()).contains("orders", " USD", "acknowledged, handed out once")
                .doesNotContain("secretive");
    }

    @Test
    void asksTheGatewayNow() {
        String id = jobs.send("direct:submit", RealVideoJobs.PATIENT, "a lighthouse [[render=1ms]]");
        long polls = jobs.simulator.requests().count(RequestKind.POLL);
        openTab(TestUsers.MANAGER);
        openJob(id);
        act("Poll now");

        browser.seeText(PANEL, "DELIVERED");
        assertThat(jobs.simulator.requests().count(RequestKind.POLL)).isEqualTo(polls + 1);
    }

    @Test
    void endsTheWaitAndNotTheJob() throws Exception {
        Future<Exchange> exchange = jobs.begin("direct:generate", RealVideoJobs.PATIENT, "a lighthouse [[render=1h]]");
        openTab(TestUsers.MANAGER);
        browser.until("the job", page -> jobs.newest().size() == 1 && jobs.newest().get(0).state() == JobState.ACCEPTED);
        String id = jobs.newest().get(0).id();
        openJob(id);
        act("Stop waiting");

        assertThat(exchange.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(DetachedException.class).hasMessageContaining(id);
        assertThat(jobs.job(id).state()).isEqualTo(JobState.ACCEPTED);
    }

    @Test
    void stopsAJobAtItsGateway() {
        String id = jobs.send("direct:submit", RealVideoJobs.STOPPABLE, "a lighthouse [[render=1h]]");
        openTab(TestUsers.MANAGER);
        openJob(id);
        browser.click(By.xpath("//*[contains(@class, 'grokvideo-detail')]//button[.='Cancel…']"));
        browser.seeText(DIALOG, "It may still charge for what it has rendered");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Cancel the job']"));
        browser.gone(DIALOG);

        browser.seeText(PANEL, "There is no video: the job was cancelled.");
        assertThat(jobs.job(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.simulator.jobs().get(0).state()).isEqualTo(SimulatedJobState.CANCELLED);
        browser.until("no second cancel", page -> browser.count(By.xpath("//button[.='Cancel…']")) == 0);
    }

    @Test
    void deliversAgain() {
        String id = jobs.send("direct:submit", "default", "a lighthouse");
        openTab(TestUsers.MANAGER);
        browser.until("the delivery", page -> jobs.job(id).state() == JobState.DELIVERED);
        openJob(id);
        act("Deliver again");

        browser.until("the second delivery", page -> jobs.completed.size() == 2);
        assertThat(jobs.completed).containsExactly(id, id);
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void adoptsTheTaskOfALostAnswer() {
        String id = jobs.send("direct:generate", "default", "a lighthouse [[fault:reset-after-create]]");
        assertThat(jobs.job(id).state()).isEqualTo(JobState.UNKNOWN);
        SimulatedJob made = jobs.simulator.jobs().get(0);
        openTab(TestUsers.MANAGER);
        openJob(id);
        browser.seeText(PANEL, "Whether a video was made is not known.");
        assertThat(fact("Charged")).isEqualTo("not known");

        browser.click(By.xpath("//*[contains(@class, 'grokvideo-detail')]//button[.='Adopt a task…']"));
        browser.type(By.id("task-id"), made.id());
        browser.press(Keys.ENTER);
        browser.gone(DIALOG);

        browser.see(By.tagName("video"));
        assertThat(jobs.job(id).taskId()).isEqualTo(made.id());
        assertThat(jobs.simulator.ledger().jobs()).as("paid").isEqualTo(1);
    }

    @Test
    void submitsAgain() {
        String id = jobs.send("direct:generate", "default", "a lighthouse [[fault:submit-500]]");
        assertThat(jobs.job(id).state()).isEqualTo(JobState.UNKNOWN);
        assertThat(jobs.simulator.ledger().jobs()).isZero();
        openTab(TestUsers.MANAGER);
        openJob(id);
        act("Submit again");

        browser.see(By.tagName("video"));
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(jobs.job(id).submits()).isEqualTo(2);
    }

    @Test
    void givesUp() {
        String id = jobs.send("direct:generate", "default", "a lighthouse [[fault:submit-500]]");
        openTab(TestUsers.MANAGER);
        openJob(id);
        act("Abandon");

        browser.seeText(PANEL, "An operator gave it up.");
        assertThat(jobs.job(id).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void makesAFailedJobAnewOnce() {
        String id = jobs.send("direct:generate", "default", "a lighthouse [[fault:job-moderated]]");
        assertThat(jobs.job(id).error().type()).isEqualTo(ErrorType.MODERATED);
        openTab(TestUsers.MANAGER);
        openJob(id);
        assertThat(fact("Charged")).isEqualTo("yes");
        assertThat(fact("Safe to retry")).isEqualTo("no");
        act("Retry");

        browser.seeText(PANEL, "A new job has been submitted");
        VideoJob again = jobs.newest().get(0);
        browser.seeText(PANEL, again.id());
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(2);
        browser.until("no second retry", page -> browser.count(By.xpath("//button[.='Retry…']")) == 0);
        assertThat(fact("Made anew as")).isEqualTo(again.id());
    }

    @Test
    void purgesWhatEndedLongAgo() throws Exception {
        String id = jobs.send("direct:generate", "default", "a lighthouse");
        jobs.multiply(id, 12_000);
        openTab(TestUsers.MANAGER);
        browser.click(By.xpath("//button[.='Purge…']"));
        browser.type(By.id("purge-hours"), "1");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Purge']"));

        browser.seeText(By.cssSelector(".pf-v6-c-alert"), "12,000 jobs purged");
        browser.until("one job", page -> browser.count(ROWS) == 1);
        seeFirst(id);
    }

    @Test
    void saysWhyNothingWasDone() {
        String id = jobs.send("direct:submit", RealVideoJobs.PATIENT, "a lighthouse [[render=1ms]]");
        openTab(TestUsers.MANAGER);
        openJob(id);
        browser.click(By.xpath("//*[contains(@class, 'grokvideo-detail')]//button[.='Poll now…' or .='Poll now']"));
        browser.seeText(DIALOG, "Asks the gateway");
        // Somebody else is faster.
        assertThat(jobs.pollNow(id).state()).isNotIn(JobState.ACCEPTED, JobState.RUNNING);
        browser.click(By.xpath("//*[@role='dialog']//button[.='Poll now']"));

        browser.seeText(DIALOG, "Only jobs that are ACCEPTED or RUNNING can be polled");
        assertThat(browser.see(DIALOG).getText()).contains("It did not succeed").doesNotContain("Exception");
    }

    @Test
    void letsViewersLookOnly() {
        String id = jobs.send("direct:generate", "default", "a secretive lighthouse [[fault:job-failed]]");
        openTab(TestUsers.VIEWER);
        openJob(id);
        browser.seeText(PANEL, "There is no video: the job failed.");

        assertThat(fact("Gateway code")).isNotBlank();
        assertThat(browser.see(PANEL).getText()).contains("prompts-to-videos", jobs.job(id).taskId()).doesNotContain("secretive");
        assertThat(browser.count(By.xpath("//button[.='Retry…' or .='Deliver again' or .='Purge…']"))).isZero();
    }

    /** What Hawtio itself brings works within what a login may do. */
    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void hawtiosOwnTabsWork(String user) {
        jobs.send("direct:generate", "default", "a lighthouse");
        openTab(user);

        browser.open("camel");
        browser.click(By.xpath("//*[contains(@class, 'tree-view')]//*[normalize-space()='" + jobs.context.getName() + "']"));
        browser.seeText(MAIN, "Uptime");
        browser.click(By.xpath("//*[contains(@class, 'tree-view')]//*[normalize-space()='routes']"));
        browser.seeText(MAIN, "To grokvideo:gene");
        browser.open("jmx");
        browser.seeText(MAIN, "org.apache.camel");
        browser.open("runtime/threads");
        browser.seeText(MAIN, "Reference Handler");
    }

    private void openTab(String user) {
        browser.openTab(user);
    }

    private void seeFirst(String id) {
        browser.until("see " + id + " first", page -> id.equals(page.findElement(ROWS).getDomAttribute("data-job")));
    }

    private void openJob(String id) {
        browser.click(By.cssSelector("[data-job='" + id + "'] a.grokvideo-title"));
        browser.see(By.cssSelector(".grokvideo-detail[data-job='" + id + "'] .grokvideo-columns"));
    }

    /** Clicks an action of the open job and confirms it. */
    private void act(String action) {
        browser.click(By.xpath("//*[contains(@class, 'grokvideo-detail')]//button[.='" + action + "' or .='" + action + "…']"));
        browser.click(By.xpath("//*[@role='dialog']//button[.='" + action + "']"));
        browser.gone(DIALOG);
    }

    private String fact(String term) {
        return browser.see(By.xpath("//*[contains(@class, 'grokvideo-detail')]//dt[.='" + term + "']/following-sibling::dd")).getText();
    }
}
