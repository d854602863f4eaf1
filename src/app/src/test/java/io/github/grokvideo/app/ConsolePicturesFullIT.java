// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The demo as a new user sees it, with its samples. The pictures of the documentation are taken here. */
@Tag("full")
class ConsolePicturesFullIT {

    private static final Path DOCS = AppProcess.ROOT.resolve("src/console/docs");
    private static final By PICTURES = By.cssSelector(".grokvideo-poster img, .grokvideo-card img");

    @TempDir
    Path dir;

    @Test
    void theSamplesAreSeenFoundAndPlayed() throws Exception {
        try (AppProcess app = new AppProcess(dir, Map.of(), "--inbox=" + dir.resolve("in"), "--outbox=" + dir.resolve("out"));
             DemoBrowser browser = new DemoBrowser(dir.resolve("profile"))) {
            ObservedApp.said(app, "(?m)^Watching ");
            browser.openTab(app);
            browser.until("all delivered", page -> {
                List<WebElement> rows = page.findElements(DemoBrowser.ROWS);
                return rows.size() >= 7 && rows.stream().allMatch(row -> row.getText().contains("DELIVERED"));
            });
            assertThat(browser.all(By.cssSelector("a.grokvideo-title"))).extracting(WebElement::getText)
                    .contains("snow-fox.mp4", "lighthouse.mp4", "kite-flies-on.mp4", "rainy-city.mp4", "fox-and-lantern.mp4");
            for (String look : List.of("light-1280", "dark-1280", "light-400", "dark-400")) {
                browser.show(Integer.parseInt(look.substring(look.indexOf('-') + 1)), 860, look.startsWith("dark"));
                // Hawtio chooses its logo when the page is loaded.
                browser.reload();
                show(browser, look);
            }
        }
    }

    private void show(DemoBrowser browser, String look) throws IOException {
        browser.click(By.id("view-table"));
        browser.until("all pictures in view", page -> inView(browser));
        picture(browser, "jobs-" + look);
        assertThat(browser.findings()).as("table, %s", look).isEmpty();

        browser.click(By.id("view-gallery"));
        browser.until("all pictures in view", page -> inView(browser));
        picture(browser, "gallery-" + look);
        assertThat(browser.findings()).as("gallery, %s", look).isEmpty();

        browser.click(By.id("view-table"));
        browser.openJob("snow-fox.mp4");
        // Once it has played, nothing lies on its picture.
        browser.script("const video = document.querySelector('.grokvideo-detail video'); video.muted = true; video.play()");
        browser.seePlaying(".grokvideo-detail video");
        browser.script("document.querySelector('.grokvideo-detail video').pause()");
        picture(browser, "job-" + look);
        assertThat(browser.findings()).as("job, %s", look).isEmpty();
        browser.backToAllJobs();

        browser.click(By.xpath("//button[.='History']"));
        browser.see(By.xpath("//figcaption[contains(., 'Jobs by state')]"));
        browser.see(By.xpath("//h2[contains(., 'Where the time went')]"));
        picture(browser, "history-" + look);
        assertThat(browser.findings()).as("history, %s", look).isEmpty();

        browser.click(By.xpath("//button[.='Make a video…']"));
        browser.see(By.id("make-prompt")).sendKeys("A snow fox jumps over a brook, slow motion");
        browser.click(By.cssSelector("#make-duration option[value='6']"));
        browser.see(By.xpath("//*[contains(@class, 'grokvideo-cost')]//*[contains(., 'About 0.')]"));
        browser.see(By.xpath("//button[.='Make the video…'][not(@disabled)]"));
        browser.script("document.activeElement.blur(); document.querySelector('.grokvideo-maker').scrollIntoView()");
        picture(browser, "make-" + look);
        assertThat(browser.findings()).as("make, %s", look).isEmpty();
        browser.click(By.cssSelector(".grokvideo-maker nav a"));
    }

    /** Each job in view has its picture. */
    private static boolean inView(DemoBrowser browser) {
        return !browser.all(PICTURES).isEmpty() && browser.truth("return [...document.querySelectorAll('.grokvideo [data-job]')]"
                + ".filter(job => job.getBoundingClientRect().top < innerHeight && job.getBoundingClientRect().bottom > 0)"
                + ".every(job => job.querySelector('img') !== null)");
    }

    /** Kept as documentation only when asked to: no two pictures are the same. The names of this machine and its folders are not shown. */
    private void picture(DemoBrowser browser, String name) throws IOException {
        browser.script("const texts = document.createTreeWalker(document.querySelector('.grokvideo'), NodeFilter.SHOW_TEXT);"
                + "for (let text = texts.nextNode(); text; text = texts.nextNode()) {"
                + "  const shown = text.data.replaceAll(arguments[0], '/srv/demo').replace(/^\\d+@\\S+$/, 'demo');"
                + "  if (shown !== text.data) { text.data = shown } }", dir.toString());
        browser.until("the end of the transitions", page -> browser.truth("return document.getAnimations().every("
                + "each => each.playState !== 'running' || each.effect.getTiming().iterations === Infinity)"));
        boolean shown = name.endsWith("light-1280") || name.endsWith("dark-400");
        Path folder = shown && Boolean.getBoolean("grokvideo.docs.update") ? DOCS : Path.of("target", "screenshots");
        browser.picture(folder.resolve(name + ".png"));
    }
}
