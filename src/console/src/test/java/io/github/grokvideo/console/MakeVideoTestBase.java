// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.nio.file.Path;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Tests with a form for videos in a real browser, with the real component and the simulator's ledger. */
abstract class MakeVideoTestBase {

    static final By MAKE = By.xpath("//button[.='Make a video…']");
    static final By SEND = By.xpath("//button[.='Make the video…']");
    static final By CONFIRM = By.xpath("//*[@role='dialog']//button[.='Make it']");
    static final By DIALOG = By.cssSelector("[role=dialog]");
    static final By PROMPT = By.id("make-prompt");
    static final By THUMBS = By.cssSelector(".grokvideo-thumbs li");
    static final By FORM = By.cssSelector(".grokvideo-make");
    /** Drops a picture that the page itself has drawn, as a file manager would. */
    static final String DROP = "const done = arguments[0]; const canvas = document.createElement('canvas');"
            + "canvas.width = 320; canvas.height = 180; const pen = canvas.getContext('2d'); pen.fillStyle = '#c33';"
            + "pen.fillRect(0, 0, 320, 180); canvas.toBlob(blob => { const data = new DataTransfer();"
            + "data.items.add(new File([blob], 'fox.png', {type: 'image/png'}));"
            + "const place = document.querySelector('.grokvideo-drop');"
            + "for (const type of ['dragenter', 'dragover', 'drop'])"
            + "  place.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));"
            + "done(true) })";

    @TempDir
    Path directory;
    RealVideoJobs jobs;
    Browser browser;
    Axe axe;
    private VideoConsole console;

    @BeforeEach
    void start() throws Exception {
        jobs = new RealVideoJobs(directory, "4 USD/day");
        component().setConsoleSubmit(true);
        component().setConsoleDirectory(directory.resolve("made").toString());
        console = VideoConsole.builder().users(TestUsers.both()).videos(jobs::file).build();
        console.start();
        browser = new Browser(console, directory.resolve("profile"));
        axe = new Axe(browser);
    }

    @AfterEach
    void stop() {
        browser.close();
        console.close();
        jobs.close();
    }

    GrokVideoComponent component() {
        return jobs.context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    void openTab(String user) {
        browser.openTab(user);
        // Hawtio's own, before the login.
        browser.complaints();
    }

    void openForm() {
        openTab(TestUsers.MANAGER);
        browser.click(MAKE);
        browser.see(PROMPT);
    }

    static By option(String field, String value) {
        return By.cssSelector("#make-" + field + " option[value='" + value + "']");
    }

    VideoJob made() {
        browser.see(By.cssSelector(".grokvideo-detail .grokvideo-columns"));
        String id = browser.address().replaceAll(".*/", "");
        browser.until("the end of the job", page -> jobs.job(id).state().isEnded());
        return jobs.job(id);
    }

    long posts() {
        return jobs.simulator.requests().count(RequestKind.SUBMIT);
    }
}
