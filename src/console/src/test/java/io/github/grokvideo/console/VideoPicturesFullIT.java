// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Jobs by their pictures and names, and what a user chooses of them. */
@Tag("full")
class VideoPicturesFullIT extends TabInBrowser {

    private static final By COLUMNS = By.xpath("//button[.='Columns']");

    @Test
    void takesAPictureOfWhatIsInViewOnlyAndOnce() {
        openTab(TestUsers.VIEWER);
        browser.see(By.cssSelector("[data-job='job-000000'] .grokvideo-poster img"));
        assertThat(browser.see(By.cssSelector("[data-job='job-000000'] .grokvideo-length")).getText()).isEqualTo("0:06");
        assertThat(browser.count(By.cssSelector("[data-job='job-000002'] .grokvideo-poster img"))).as("a running job's").isZero();
        assertThat(browser.count(By.cssSelector("[data-job='job-000019'] .grokvideo-poster img"))).as("below the screen").isZero();

        browser.script("document.querySelector(\"[data-job='job-000019']\").scrollIntoView()");
        browser.see(By.cssSelector("[data-job='job-000019'] .grokvideo-poster img"));

        browser.open("video-jobs");
        seeFirst("job-000000");
        browser.see(By.cssSelector("[data-job='job-000000'] .grokvideo-poster img"));
        assertThat((Long) browser.script("return performance.getEntriesByType('resource')"
                + ".filter(one => one.name.endsWith('/videos/job-000000')).length")).as("fetched again").isZero();
    }

    @Test
    void playsInTheTable() {
        openTab(TestUsers.VIEWER);
        browser.click(By.cssSelector("button[aria-label='Play clip-000000.mp4']"));
        browser.see(By.cssSelector("[role=dialog] video"));
        browser.until("play", page -> playing("[role=dialog] video"));
        browser.press(Keys.ESCAPE);
        browser.gone(DIALOG);
        browser.until("the focus back", page -> "Play clip-000000.mp4".equals(browser.focused().getDomAttribute("aria-label")));
    }

    @Test
    void playsInTheGalleryWhileTheFocusIsOnIt() {
        openTab(TestUsers.VIEWER);
        browser.click(By.id("view-gallery"));
        browser.see(By.cssSelector("[data-job='job-000000'] img"));
        assertThat(browser.count(By.tagName("video"))).isZero();

        browser.script("document.querySelector(\"[data-job='job-000000'] a\").focus()");
        browser.until("play", page -> playing("[data-job='job-000000'] video"));
        assertThat((Boolean) browser.script("return document.querySelector('video').muted")).isTrue();
        browser.press(Keys.TAB);
        browser.until("no longer play", page -> browser.count(By.cssSelector("[data-job='job-000000'] video")) == 0);

        assertThat(browser.see(job("job-000000")).getText()).contains("clip-000000.mp4", "DELIVERED", "0.40 USD", "0:06");
    }

    @Test
    void remembersWhatAUserHasChosen() {
        openTab(TestUsers.VIEWER);
        browser.see(By.xpath("//th[contains(., 'Route')]"));
        browser.click(COLUMNS);
        browser.click(By.xpath("//*[@role='menu']//label[contains(., 'Route')]"));
        browser.click(By.xpath("//*[@role='menu']//label[contains(., 'Attempts')]"));
        browser.press(Keys.ESCAPE);
        browser.gone(By.xpath("//th[contains(., 'Route')]"));
        assertThat(browser.see(job("job-000000")).getText()).contains("1 submit", "4 polls, 1 download");
        browser.click(By.id("view-gallery"));
        browser.see(CARDS);

        browser.open("video-jobs");
        browser.see(CARDS);
        browser.click(By.id("view-table"));
        browser.see(By.xpath("//th[contains(., 'Attempts')]"));
        assertThat(browser.count(By.xpath("//th[contains(., 'Route')]"))).isZero();

        browser.forgetLogin();
        openTab(TestUsers.MANAGER);
        browser.see(By.xpath("//th[contains(., 'Route')]"));
    }

    @Test
    void callsAJobByTheNameAPersonGaveIt() {
        jobs.change("job-000001", "tag", null);
        jobs.change("job-000002", "jobKey", "/srv/inbox/red-fox.txt|167|1795980000000");
        jobs.change("job-000004", "jobKey", "0123456789abcdef0123456789abcdef");
        jobs.change("job-000005", "promptStart", "A boat on the waves");
        jobs.change("job-000005", "tag", null);
        openTab(TestUsers.VIEWER);

        seeTitle("job-000000", "clip-000000.mp4");
        seeTitle("job-000001", "text-to-video");
        seeTitle("job-000002", "red-fox.txt");
        seeTitle("job-000004", "autumn");
        seeTitle("job-000005", "A boat on the waves");
        assertThat(browser.see(link("job-000002")).getDomAttribute("title")).isEqualTo("/srv/inbox/red-fox.txt|167|1795980000000");
        assertThat(browser.see(By.cssSelector("[data-job='job-000002'] .grokvideo-id")).getText()).isEqualTo("job-0000");
    }

    @Test
    void copiesTheWholeId() {
        openTab(TestUsers.VIEWER);
        browser.click(By.cssSelector("button[aria-label='Copy the id job-000003']"));
        browser.seeText(By.cssSelector("[data-job='job-000003'] [role=status]"), "Copied");
        browser.click(FIND);
        browser.press(Keys.chord(Keys.CONTROL, "v"));
        browser.until("the id", page -> "job-000003".equals(browser.see(FIND).getDomProperty("value")));
    }

    private void seeTitle(String id, String title) {
        browser.until("see " + title, page -> title.equals(page.findElement(link(id)).getText()));
    }

    private static boolean playing(String video) {
        return (Boolean) browser.script("const video = document.querySelector(arguments[0]);"
                + "return video !== null && video.currentTime > 0.3", video);
    }
}
