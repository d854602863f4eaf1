// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Making videos in a real browser, with the real component and the simulator's ledger. */
@Tag("full")
class MakeVideoFullIT extends MakeVideoTestBase {

    private static final By ERRORS = By.cssSelector(".grokvideo-make .pf-m-error");

    @Test
    void makesAVideoOfADroppedImageAndPlaysIt() throws Exception {
        openForm();
        browser.type(PROMPT, "A fox in the snow");
        browser.click(option("duration", "6"));
        browser.click(option("resolution", "480p"));
        browser.scriptWithCallback(DROP);
        browser.see(THUMBS);
        browser.seeText(By.cssSelector("#make-mode option[value='']"), "image-to-video");
        browser.seeText(FORM, "About 0.");
        browser.seeText(FORM, "of the budget “All jobs, each day” are left after it.");
        assertThat(browser.count(By.cssSelector(".grokvideo-thumbs img[src^='data:image/']"))).isEqualTo(1);
        pictures("make");
        browser.show(1280, 800, false);

        browser.click(SEND);
        browser.seeText(DIALOG, "estimated");
        assertThat(browser.see(DIALOG).getText()).matches("(?s).*About 0\\.\\d\\d+ USD, estimated\\..*3\\.\\d+ USD of the budget.*"
                + "xai makes it with .*image-to-video; the account default pays.*");
        assertThat(posts()).as("sent before it was confirmed").isZero();
        assertThat(axe.findings()).isEmpty();
        browser.screenshot(Path.of("target/screenshots/make-confirm-light-1280.png"));
        browser.click(CONFIRM);
        VideoJob job = made();

        assertThat(job.state()).isEqualTo(JobState.DELIVERED);
        assertThat(job.file().getParent()).isEqualTo(directory.resolve("made"));
        browser.see(By.tagName("video"));
        browser.until("play", page -> (Boolean) browser.script("const video = document.querySelector('video'); video.muted = true;"
                + "video.play(); return video.currentTime > 0.3"));
        browser.until("the picture of the request", page -> (Boolean) browser.script(
                "const image = document.querySelector('.grokvideo-media img'); return image !== null && image.naturalWidth > 0"));
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysEverythingThatIsWrongWhereItIs() throws Exception {
        openForm();
        assertThat(browser.count(By.cssSelector(".pf-m-error"))).as("before anything is typed").isZero();
        assertThat(browser.see(SEND).isEnabled()).isFalse();

        browser.click(option("mode", "image-to-video"));
        browser.seeText(By.id("make-images-help"), "is required");
        browser.type(By.id("make-fileName"), "../../fox");
        browser.seeText(By.id("make-fileName-help"), "a name without /");
        browser.type(By.id("make-fileName"), " ");
        browser.click(option("mode", "text-to-video"));
        browser.seeText(By.id("make-prompt-help"), "is required");
        browser.screenshot(Path.of("target/screenshots/make-wrong-light-1280.png"));
        assertThat(axe.findings()).isEmpty();
        browser.type(PROMPT, "x");
        browser.until("no error", page -> browser.see(SEND).isEnabled() && browser.count(ERRORS) == 0);

        browser.script("const data = new DataTransfer(); data.items.add(new File(['%PDF-1.7'], 'a.pdf', {type: 'application/pdf'}));"
                + "document.querySelector('.grokvideo-drop')?.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}))");
        browser.click(option("mode", "image-to-video"));
        browser.script("const data = new DataTransfer(); data.items.add(new File(['%PDF-1.7'], 'a.png', {type: 'image/png'}));"
                + "document.querySelector('.grokvideo-drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}))");
        browser.seeText(By.id("make-images-problem"), "a.png: The file is a PDF");
        assertThat(posts()).isZero();
    }

    @Test
    void aDoubleClickAndAReloadMakeOneVideo() {
        openForm();
        String form = browser.address();
        browser.type(PROMPT, "A kite");
        browser.click(option("duration", "6"));
        browser.until("the draft is kept", page -> browser.see(SEND).isEnabled());
        browser.open(form.substring(form.indexOf("/hawtio/") + "/hawtio/".length()));
        browser.until("the draft again", page -> "A kite".equals(browser.see(PROMPT).getDomProperty("value")));
        assertThat(browser.address()).isEqualTo(form);

        browser.click(SEND);
        browser.see(CONFIRM);
        // The same button twice in one turn of the page's events, before anything can be drawn anew.
        browser.script("const make = [...document.querySelectorAll('[role=dialog] button')].find(b => b.textContent === 'Make it');"
                + "make.click(); make.click()");
        VideoJob first = made();

        // As if the page had been loaded again before the answer came: the same form with the same key.
        browser.open(form.substring(form.indexOf("/hawtio/") + "/hawtio/".length()));
        browser.type(PROMPT, "A kite");
        browser.click(option("duration", "6"));
        browser.click(SEND);
        browser.click(CONFIRM);
        assertThat(made().id()).isEqualTo(first.id());
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(posts()).isEqualTo(1);

        // A new form is another one.
        browser.open("video-jobs");
        browser.click(MAKE);
        assertThat(browser.see(PROMPT).getDomProperty("value")).isEmpty();
        browser.type(PROMPT, "A kite");
        browser.click(SEND);
        browser.click(CONFIRM);
        assertThat(made().id()).isNotEqualTo(first.id());
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(2);
    }

    @Test
    void againWithChangesKeepsWhatIsNotShown() {
        String id = jobs.send("direct:generate", "default", "a secretive lighthouse");
        openTab(TestUsers.MANAGER);
        browser.click(By.cssSelector("[data-job='" + id + "'] a.grokvideo-title"));
        browser.click(By.xpath("//button[.='Again with changes…']"));
        browser.seeText(By.tagName("h1"), "Again with changes");
        browser.seeText(By.id("make-prompt-help"), "is not shown. Leave this empty to use it again.");
        assertThat((String) browser.script("return document.documentElement.outerHTML")).doesNotContain("secretive");
        browser.click(option("duration", "8"));
        browser.click(SEND);
        browser.click(CONFIRM);
        browser.until("the job", page -> jobs.newest().size() == 2);
        VideoJob again = made();

        assertThat(again.id()).isNotEqualTo(id);
        assertThat(again.request().prompt()).isEqualTo("a secretive lighthouse");
        assertThat(again.request().duration()).isEqualTo(8);
    }

    @Test
    void theKeyboardIsEnough() {
        openTab(TestUsers.MANAGER);
        browser.script("[...document.querySelectorAll('button')].find(b => b.textContent === 'Make a video…').focus()");
        browser.press(Keys.ENTER);
        browser.until("the heading has the focus", page -> browser.focused().getText().equals("Make a video"));
        tabTo("make-prompt");
        browser.press("A kite");
        tabTo("make-duration");
        browser.press("6");
        browser.until("it can be sent", page -> browser.see(SEND).isEnabled());
        for (int i = 0; i < 20 && !browser.focused().getText().equals("Make the video…"); i++) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.ENTER);
        browser.see(CONFIRM);
        for (int i = 0; i < 5 && !browser.focused().getText().equals("Make it"); i++) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.SPACE);

        assertThat(made().state()).isEqualTo(JobState.DELIVERED);
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
    }

    private void tabTo(String id) {
        for (int i = 0; i < 20 && !id.equals(browser.focused().getDomAttribute("id")); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo(id);
    }

    @Test
    void aViewerHasNoButtonAndNoForm() {
        String id = jobs.send("direct:generate", "default", "a lighthouse");
        openTab(TestUsers.VIEWER);
        browser.click(By.cssSelector("[data-job='" + id + "'] a.grokvideo-title"));
        browser.see(By.cssSelector(".grokvideo-detail .grokvideo-columns"));
        assertThat(browser.count(By.xpath("//button[.='Again with changes…']"))).isZero();
        browser.open("video-jobs/-/new");
        browser.seeText(By.tagName("h2"), "No videos can be made here");
        assertThat(browser.count(MAKE) + browser.count(PROMPT)).isZero();
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void whereNoAccountAllowsItNobodyHasAButton() {
        component().setConsoleSubmit(false);
        openTab(TestUsers.MANAGER);
        browser.seeText(By.tagName("h2"), "No jobs yet");
        browser.open("video-jobs/-/new");
        browser.seeText(By.cssSelector(".grokvideo-maker"), "An account must allow it by its option consoleSubmit");
        browser.open("video-jobs");
        browser.seeText(By.tagName("h2"), "No jobs yet");
        assertThat(browser.count(MAKE)).isZero();
    }

    private void pictures(String name) throws Exception {
        for (boolean dark : List.of(false, true)) {
            for (int width : List.of(1280, 400)) {
                browser.show(width, width == 400 ? 1400 : 1000, dark);
                assertThat(axe.findings()).as(name + " " + dark + " " + width).isEmpty();
                assertThat((Boolean) browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("%d wide", width).isTrue();
                browser.screenshot(Path.of("target/screenshots/" + name + (dark ? "-dark-" : "-light-") + width + ".png"));
            }
        }
    }
}
