// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The tab in a real browser, with 50,000 made-up jobs. */
abstract class TabInBrowser {

    static final int JOBS = 50_000;
    static final By TOTAL = By.cssSelector(".pf-v6-c-pagination__total-items, .pf-v6-c-menu-toggle__text");
    static final By ROWS = By.cssSelector("table[aria-label*='video jobs'] tbody tr");
    static final By CARDS = By.cssSelector(".grokvideo-card");
    static final By CONNECTION = By.cssSelector("[data-testid=connection]");
    static final By DIALOG = By.cssSelector("[role=dialog]");
    static final By DETAIL = By.cssSelector(".grokvideo-detail");
    static final By HEADING = By.cssSelector(".grokvideo-detail h1");
    static final By BACK = By.cssSelector(".grokvideo-detail nav a");
    static final By FIND = By.cssSelector("input[aria-label^='Find jobs']");

    @TempDir
    private static Path directory;
    private static VideoConsole console;
    static Browser browser;
    private static Axe axe;
    FakeVideoJobs jobs;

    @BeforeAll
    static void start() throws IOException {
        Path video = SampleVideo.write(directory.resolve("video.mp4"));
        console = VideoConsole.builder().users(TestUsers.both()).videos(id -> Optional.of(video)).build();
        console.start();
        browser = new Browser(console, directory.resolve("profile"));
        axe = new Axe(browser);
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
        browser.script("try { localStorage.clear(); sessionStorage.clear() } catch (e) { /* a page without storage */ }");
        browser.show(1280, 800, false);
        browser.forgetLogin();
        jobs.close();
    }

    void openTab(String user) {
        browser.openTab(user);
    }

    static By job(String id) {
        return By.cssSelector("[data-job='" + id + "']");
    }

    static By link(String id) {
        return By.cssSelector("[data-job='" + id + "'] a.grokvideo-title");
    }

    void seeFirst(String id) {
        browser.until("see " + id + " first", page -> id.equals(page.findElement(ROWS).getDomAttribute("data-job")));
    }

    void openJob(String id) {
        browser.click(link(id));
        browser.see(By.cssSelector(".grokvideo-detail[data-job='" + id + "'] .grokvideo-columns"));
    }

    /** Back to the list, which scrolls to the job as it gives it the focus: a click before that would miss what it is aimed at. */
    void backToList(String id) {
        browser.click(BACK);
        browser.until("the focus on " + id, page -> (Boolean) browser.script(
                "return document.activeElement.closest('[data-job]')?.dataset.job === arguments[0]", id));
    }

    static By action(String name) {
        return By.xpath("//*[contains(@class, 'grokvideo-detail')]//button[.='" + name + "']");
    }

    static List<String> findings() {
        return axe.findings();
    }
}
