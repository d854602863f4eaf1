// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The demo's console in a browser. */
@Tag("full")
class ConsoleFullIT {

    private static final By PROGRESS = By.cssSelector("[role=progressbar][aria-label^='Progress of ']");

    @TempDir
    Path dir;

    private DemoBrowser browser;
    private Path inbox;

    @BeforeEach
    void openBrowser() throws Exception {
        inbox = dir.resolve("in");
        Files.createDirectories(dir.resolve("prompts"));
        browser = new DemoBrowser(dir.resolve("profile"));
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void aPromptAppearsProgressesAndItsVideoPlaysInTheTableTheGalleryAndOnItsPage() throws Exception {
        try (AppProcess app = app()) {
            browser.openTab(app);
            browser.until("no jobs yet", page -> page.getPageSource().contains("No jobs yet"));
            drop("fox.txt", "A fox [[render=15s]]");

            browser.until("a job", page -> page.findElements(DemoBrowser.ROWS).size() == 1);
            Set<Integer> progress = new TreeSet<>();
            browser.until("progress", page -> {
                page.findElements(PROGRESS).forEach(bar -> progress.add(Integer.valueOf(bar.getDomAttribute("aria-valuenow"))));
                return progress.size() >= 3;
            });
            browser.until("the end of the job", page -> page.findElement(DemoBrowser.ROWS).getText().contains("DELIVERED"));
            assertThat(browser.see(DemoBrowser.ROWS).getText()).contains("fox.mp4", "file-to-file");

            browser.click(By.cssSelector("button[aria-label='Play fox.mp4']"));
            browser.seePlaying("[role=dialog] video");
            browser.press(Keys.ESCAPE);

            browser.click(By.id("view-gallery"));
            browser.see(By.cssSelector(".grokvideo-card img"));
            browser.script("document.querySelector('.grokvideo-card a').focus()");
            browser.seePlaying(".grokvideo-card video");

            browser.press(Keys.ENTER);
            browser.see(DemoBrowser.DETAIL);
            browser.script("document.querySelector('.grokvideo-detail video').play()");
            browser.seePlaying(".grokvideo-detail video");
            assertThat(browser.findings()).isEmpty();
        }
    }

    @Test
    void thePageSaysWhereARouteHasPutTheVideo() throws Exception {
        // Has a sample of three scenes, whose videos it moves into a folder.
        try (AppProcess app = app("--routes=storyboard")) {
            browser.openTab(app);
            browser.until("the end of the jobs", page -> page.findElements(DemoBrowser.ROWS).stream()
                    .filter(row -> row.getText().contains("DELIVERED")).count() == 3);

            assertThat(browser.see(DemoBrowser.ROWS).getText()).contains("to " + dir.resolve("out/storyboard"));

            browser.click(By.cssSelector("a.grokvideo-title"));
            browser.until("where it went", page -> browser.see(DemoBrowser.DETAIL).getText()
                    .contains("The route storyboard has put it at " + dir.resolve("out/storyboard")));
            assertThat(browser.all(By.tagName("video"))).isEmpty();
            browser.until("the chain", page -> !page.findElements(By.cssSelector(".grokvideo-chain li")).isEmpty());
        }
    }

    @Test
    void aVideoIsMadeOnceInTheConsoleAndPlays() throws Exception {
        try (AppProcess app = app()) {
            browser.openTab(app);
            browser.click(By.xpath("//button[.='Make a video…']"));
            browser.see(By.id("make-prompt")).sendKeys("A fox in the snow");
            browser.click(By.cssSelector("#make-duration option[value='6']"));
            browser.script("const canvas = document.createElement('canvas'); canvas.width = 320; canvas.height = 180;"
                    + "canvas.toBlob(blob => { const data = new DataTransfer();"
                    + "data.items.add(new File([blob], 'fox.png', {type: 'image/png'}));"
                    + "document.querySelector('.grokvideo-drop').dispatchEvent("
                    + "  new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})) })");
            browser.see(By.cssSelector(".grokvideo-thumbs img"));
            browser.see(By.id("make-fileName")).sendKeys("snow fox");
            browser.see(By.xpath("//*[contains(@class, 'grokvideo-cost')]//*[contains(., 'About 0.')]"));
            browser.reload();
            browser.until("the form as it was",
                    page -> "A fox in the snow".equals(browser.see(By.id("make-prompt")).getDomProperty("value")));
            browser.see(By.cssSelector(".grokvideo-thumbs img"));
            assertThat(browser.findings()).isEmpty();
            browser.until("the dialog", page -> {
                page.findElement(By.xpath("//button[.='Make the video…']")).click();
                return !page.findElements(By.cssSelector("[role=dialog]")).isEmpty();
            });
            browser.until("the confirmation", page -> browser.truth("const make = [...document.querySelectorAll('[role=dialog] button')]"
                    + ".find(b => b.textContent === 'Make it'); make?.click(); make?.click(); return make !== undefined"));

            browser.see(DemoBrowser.DETAIL);
            browser.reload();
            browser.until("the end of the job", page -> browser.see(DemoBrowser.DETAIL).getText().contains("DELIVERED"));
            // Without a click since the reload, only a muted one may play.
            browser.until("the video", page -> browser.truth("const video = document.querySelector('.grokvideo-detail video');"
                    + "if (video) { video.muted = true; video.play() } return video !== null"));
            browser.seePlaying(".grokvideo-detail video");
            assertThat(dir.resolve("out/snow fox.mp4")).isNotEmptyFile();
            browser.backToAllJobs();
            assertThat(browser.all(DemoBrowser.ROWS)).hasSize(1);
            assertThat(browser.see(DemoBrowser.ROWS).getText()).contains("snow fox.mp4");
            browser.click(By.xpath("//button[.='Spending']"));
            browser.click(By.cssSelector("select option[value=tag]"));
            browser.until("the ledger", page -> page.findElements(By.cssSelector("table[aria-label^='Sums by tag'] tbody tr")).stream()
                    .map(row -> row.getText()).anyMatch(row -> row.matches("(?s)console\\s+USD\\s+1\\s.*")));
        }
    }

    private AppProcess app(String... more) throws Exception {
        List<String> arguments = Stream.concat(Stream.of(
                "--inbox=" + inbox, "--outbox=" + dir.resolve("out"), "--prompts=" + dir.resolve("prompts")), Stream.of(more)).toList();
        return new AppProcess(dir, Map.of(), arguments.toArray(String[]::new));
    }

    private void drop(String name, String prompt) throws Exception {
        Path aside = Files.writeString(inbox.resolve("." + name + ".part"), prompt);
        Files.move(aside, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
