// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The tab in a real browser, with 50,000 jobs. */
@Tag("full")
class VideoJobsTabFullIT {

    private static final int JOBS = 50_000;
    private static final By TOTAL = By.cssSelector(".pf-v6-c-pagination__total-items, .pf-v6-c-menu-toggle__text");
    private static final By ROWS = By.cssSelector("table[aria-label*='video jobs'] tbody tr");
    private static final By CONNECTION = By.cssSelector("[data-testid=connection]");
    private static final By DIALOG = By.cssSelector("[role=dialog]");
    private static final By PANEL_HEADING = By.cssSelector(".pf-v6-c-drawer__panel h2");

    @TempDir
    private static Path directory;
    private static VideoConsole console;
    private static Browser browser;
    private static String axe;
    private FakeVideoJobs jobs;

    @BeforeAll
    static void start() throws IOException {
        Path video = SampleVideo.write(directory.resolve("video.mp4"));
        console = VideoConsole.builder().users(TestUsers.both()).videos(id -> Optional.of(video)).build();
        console.start();
        browser = new Browser(console, directory.resolve("profile"));
        axe = Files.readString(Path.of("src/main/plugin/node_modules/axe-core/axe.min.js"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        console.close();
    }

    @BeforeEach
    void register() throws JMException {
        jobs = new FakeVideoJobs("demo", SampleJobs.jobs(JOBS, Instant.now()));
    }

    @AfterEach
    void unregister() throws JMException {
        browser.show(1280, 800, false);
        browser.forgetLogin();
        jobs.close();
    }

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

        browser.type(By.cssSelector("input[aria-label^='Find jobs']"), "job-04");
        browser.seeText(TOTAL, "125");

        browser.click(By.xpath("//th//button[contains(., 'Age')]"));
        seeFirst("job-049945");

        browser.type(By.cssSelector("input[aria-label^='Find jobs']"), "nothing has this");
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
        browser.seeText(By.xpath("//tr[contains(., 'job-000002')]"), "DELIVERED");
    }

    @Test
    void playsTheVideo() {
        openTab(TestUsers.VIEWER);
        openJob("job-000000");
        WebElement video = browser.see(By.tagName("video"));
        browser.until("know the length",
                page -> (Boolean) browser.script("return arguments[0].readyState >= 1 && arguments[0].duration > 5", video));

        browser.script("arguments[0].muted = true; arguments[0].play()", video);
        browser.until("play",
                page -> (Boolean) browser.script("return arguments[0].readyState >= 3 && arguments[0].currentTime > 0.5", video));

        // Not from the start: needs a range.
        browser.script("arguments[0].currentTime = 5", video);
        browser.until("seek", page -> (Boolean) browser.script("return !arguments[0].seeking && arguments[0].currentTime >= 5", video));
    }

    @Test
    void saysWhereAVideoWentThatIsNotKept() {
        openTab(TestUsers.VIEWER);
        browser.type(By.cssSelector("input[aria-label^='Find jobs']"), "job-001601");
        openJob("job-001601");

        browser.seeText(By.cssSelector(".pf-v6-c-drawer__panel"), "its file /srv/videos/job-001601.mp4 is no longer there");
        assertThat(browser.count(By.tagName("video"))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"job-000002, Poll now, Poll now, pollNow(job-000002), ''",
            "job-000002, Stop waiting, Stop waiting, stopWaiting(job-000002), ''",
            "job-000009, Abandon…, Abandon, abandon(job-000009), is lost",
            "job-000000, Deliver again, Deliver again, redeliver(job-000000), ''",
            "job-000009, Submit again…, Submit again, resubmit(job-000009), This costs",
            "job-000004, Retry…, Retry, retry(job-000004), This costs"})
    void actsWhenItWasConfirmed(String id, String button, String confirm, String call, String warning) {
        openTab(TestUsers.MANAGER);
        openJob(id);
        By opener = By.xpath("//*[contains(@class, 'drawer__panel')]//button[.='" + button + "']");
        browser.click(opener);
        browser.seeText(DIALOG, warning);
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);
        assertThat(jobs.actions()).as("after cancelling").isEmpty();
        browser.until("the focus back", page -> browser.focused().getText().equals(button));

        browser.click(opener);
        browser.click(By.xpath("//*[@role='dialog']//button[.='" + confirm + "']"));
        browser.gone(DIALOG);
        assertThat(jobs.actions()).containsExactly(call);
        browser.until("the focus on the job, since the button is gone", page -> isHeading(browser.focused(), id));
    }

    @Test
    void cancelsAJobAndSaysWhatIsCharged() {
        jobs.change("job-000002", "actions", List.of("pollNow", "stopWaiting", "cancel"));
        openTab(TestUsers.MANAGER);
        openJob("job-000002");
        browser.click(By.xpath("//*[contains(@class, 'drawer__panel')]//button[.='Cancel…']"));
        browser.seeText(DIALOG, "It may still charge for what it has rendered");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Keep the job']"));
        browser.gone(DIALOG);
        assertThat(jobs.actions()).isEmpty();

        jobs.change("job-000002", "state", "NEW");
        browser.seeText(By.cssSelector(".pf-v6-c-drawer__panel"), "NEW");
        browser.click(By.xpath("//*[contains(@class, 'drawer__panel')]//button[.='Cancel…']"));
        browser.seeText(DIALOG, "nothing is charged");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Cancel the job']"));
        browser.gone(DIALOG);
        assertThat(jobs.actions()).containsExactly("cancel(job-000002)");

        jobs.change("job-000002", "state", "CANCELLED");
        browser.seeText(By.cssSelector(".pf-v6-c-drawer__panel"), "There is no video: the job was cancelled.");
    }

    @Test
    void saysWhereAGatewayPutTheVideo() {
        openTab(TestUsers.VIEWER);
        openJob("job-000000");
        browser.see(By.tagName("video"));
        assertThat(browser.see(By.cssSelector(".pf-v6-c-drawer__panel")).getText()).as("what is not set")
                .doesNotContain("Delivered to", "File id", "Public URL", "Storage error", "Answered model");

        Map<String, String> details = Map.of("deliveredTo", "https://bucket.example/a.mp4", "fileId", "file-42",
                "publicUrl", "https://files.example/a.mp4", "storageError", "quota exceeded", "answeredModel", "grok-imagine-video-2");
        details.forEach((field, value) -> jobs.change("job-000000", field, value));
        jobs.change("job-000000", "kept", false);
        jobs.change("job-000000", "sha256", null);
        browser.seeText(By.cssSelector(".pf-v6-c-drawer__panel"), "The gateway has put the video at https://bucket.example/a.mp4.");
        Map.of("Delivered to", "deliveredTo", "File id", "fileId", "Public URL", "publicUrl", "Storage error", "storageError",
                "Answered model", "answeredModel").forEach((term, field) -> assertThat(browser.see(By.xpath("//dt[.='" + term
                + "']/following-sibling::dd")).getText()).as(term).isEqualTo(details.get(field)));
    }

    @Test
    void adoptsATaskAndPurges() {
        openTab(TestUsers.MANAGER);
        openJob("job-000009");
        browser.click(By.xpath("//button[.='Adopt a task…']"));
        assertThat(browser.see(By.xpath("//*[@role='dialog']//button[.='Adopt a task']")).isEnabled()).as("without a task id").isFalse();
        browser.type(By.id("task-id"), "task-found");
        browser.press(Keys.ENTER);
        browser.gone(DIALOG);

        browser.click(By.cssSelector("button[aria-label='Close the job']"));
        browser.click(By.xpath("//button[.='Purge…']"));
        browser.click(By.xpath("//*[@role='dialog']//button[.='Purge']"));
        browser.seeText(By.cssSelector(".pf-v6-c-alert"), "7 jobs purged");
        assertThat(jobs.actions()).containsExactly("adopt(job-000009,task-found)", "purge(168)");
    }

    @Test
    void saysWhyAnActionWasRefused() {
        jobs.refuse("Job job-000002 has ended meanwhile; there is nothing to poll.");
        openTab(TestUsers.MANAGER);
        openJob("job-000002");
        browser.click(By.xpath("//button[.='Poll now']"));
        browser.click(By.xpath("//*[@role='dialog']//button[.='Poll now']"));

        browser.seeText(DIALOG, "Job job-000002 has ended meanwhile; there is nothing to poll.");
        assertThat(browser.see(DIALOG).getText()).doesNotContain("Exception");
    }

    @Test
    void letsViewersLookOnly() {
        openTab(TestUsers.VIEWER);
        openJob("job-000009");
        browser.seeText(By.cssSelector(".pf-v6-c-drawer__panel"), "No answer to the submit came");

        assertThat(browser.count(By.xpath("//button[.='Adopt a task…' or .='Submit again…' or .='Abandon…' or .='Purge…']")))
                .isZero();
    }

    @Test
    void worksByKeyboard() {
        openTab(TestUsers.MANAGER);
        browser.see(By.cssSelector("button[aria-label='Open job job-000003']"));
        browser.script("document.querySelector(\"button[aria-label='Open job job-000003']\").focus()");
        browser.press(Keys.ENTER);
        browser.until("the focus on the job", page -> isHeading(browser.focused(), "job-000003"));

        browser.press(Keys.TAB);
        assertThat(browser.focused().getDomAttribute("aria-label")).isEqualTo("Close the job");
        browser.press(Keys.ENTER);
        browser.gone(PANEL_HEADING);
        browser.until("the focus back", page -> "Open job job-000003".equals(browser.focused().getDomAttribute("aria-label")));
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

    @ParameterizedTest
    @ValueSource(strings = {"light-1280", "dark-1280", "light-400", "dark-400"})
    void canBeReadByEverybody(String look) throws IOException {
        browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 800, look.startsWith("dark"));
        openTab(TestUsers.MANAGER);
        seeFirst("job-000000");
        browser.seeText(By.cssSelector(".grokvideo-head"), "waiting");
        picture("jobs-" + look);
        assertThat(findings()).isEmpty();
        for (String part : List.of("html", ".grokvideo-wide")) {
            assertThat((Boolean) browser.script(
                    "const part = document.querySelector(arguments[0]); return part.scrollWidth <= part.clientWidth", part))
                    .as("%s fits the width", part).isTrue();
        }

        openJob("job-000000");
        WebElement video = browser.see(By.tagName("video"));
        browser.until("the first picture", page -> (Boolean) browser.script("return arguments[0].readyState >= 2", video));
        picture("job-" + look);
        assertThat(findings()).isEmpty();
        browser.click(By.cssSelector("button[aria-label='Close the job']"));

        openJob("job-000009");
        browser.click(By.xpath("//button[.='Submit again…']"));
        browser.seeText(DIALOG, "This costs");
        assertThat(findings()).isEmpty();
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);

        browser.click(By.cssSelector("button[aria-label='Close the job']"));
        browser.click(By.xpath("//button[.='Last 24 hours']"));
        browser.seeText(By.tagName("figcaption"), "Jobs by state");
        browser.click(By.xpath("//summary[.='Wait for a video as a table']"));
        assertThat(findings()).isEmpty();
        browser.click(By.xpath("//summary[.='Wait for a video as a table']"));
        picture("history-" + look);
    }

    @Test
    void breaksNoRuleOfTheContentSecurityPolicy() {
        browser.complaints();
        openTab(TestUsers.MANAGER);
        seeFirst("job-000000");
        openJob("job-000000");
        browser.see(By.tagName("video"));

        // Hawtio asks who is logged in before anybody is.
        assertThat(browser.complaints()).filteredOn(complaint -> !complaint.contains("/user"))
                .filteredOn(c -> !c.contains("Failed to fetch user")).isEmpty();
    }

    private void openTab(String user) {
        browser.login(user, TestUsers.PASSWORD);
        browser.see(By.cssSelector(".pf-v6-c-page__main, main"));
        browser.until("the login", page -> !page.getCurrentUrl().contains("/login"));
        browser.open("video-jobs");
        browser.seeText(By.tagName("h1"), "Video Jobs");
    }

    private static boolean isHeading(WebElement element, String text) {
        return element.getTagName().equals("h2") && element.getText().equals(text);
    }

    private void seeFirst(String id) {
        browser.until("see " + id + " first", page -> page.findElement(ROWS).getText().contains(id));
    }

    private void openJob(String id) {
        browser.click(By.cssSelector("button[aria-label='Open job " + id + "']"));
        browser.seeText(PANEL_HEADING, id);
    }

    /** Serious and critical findings of axe in our part of the page; the frame around it is Hawtio's. */
    @SuppressWarnings("unchecked")
    private static List<String> findings() {
        browser.script(axe);
        List<Map<String, Object>> violations = (List<Map<String, Object>>) browser.scriptWithCallback("const done = arguments[0];"
                + "const ours = document.querySelector('[role=dialog]') ?? document.querySelector('.grokvideo');"
                + "axe.run(ours, {resultTypes: ['violations']}).then(r => done(r.violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => ({id: v.id, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; ')}))),"
                + " e => done([{id: String(e)}]))");
        return violations.stream().map(violation -> violation.get("id") + ": " + violation.get("nodes")).toList();
    }

    /** Kept as documentation only when asked to: no two pictures are the same. */
    private static void picture(String name) throws IOException {
        boolean shown = name.endsWith("light-1280") || name.endsWith("dark-400");
        Path folder = shown && Boolean.getBoolean("grokvideo.docs.update") ? Path.of("docs") : Path.of("target/screenshots");
        browser.screenshot(folder.resolve(name + ".png"));
    }
}
