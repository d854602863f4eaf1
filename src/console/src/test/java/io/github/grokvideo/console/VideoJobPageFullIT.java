// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of one job: its video, where it went, and what can be done. */
@Tag("full")
class VideoJobPageFullIT extends TabInBrowser {

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
    void looksCloselyAtAVideo() {
        openTab(TestUsers.VIEWER);
        openJob("job-000000");
        WebElement video = browser.see(By.tagName("video"));
        browser.until("load", page -> (Boolean) browser.script("return arguments[0].readyState >= 2", video));

        browser.click(By.cssSelector("select[aria-label=Speed] option[value='0.25']"));
        browser.until("be slow", page -> (Boolean) browser.script("return arguments[0].playbackRate === 0.25", video));
        browser.click(By.xpath("//button[.='On 1 frame']"));
        browser.until("step", page -> (Boolean) browser.script(
                "return Math.abs(arguments[0].currentTime - 1 / 24) < 0.01 && arguments[0].paused", video));
        browser.click(By.id("player-loop"));
        browser.until("loop", page -> (Boolean) browser.script("return arguments[0].loop", video));

        WebElement download = browser.see(By.xpath("//a[.='Download']"));
        assertThat(download.getDomAttribute("href")).isEqualTo("videos/job-000000");
        assertThat(download.getDomAttribute("download")).isEqualTo("clip-000000.mp4");
    }

    @Test
    void hasAnAddressOfItsOwnAndTheWayBackKeepsTheFilter() {
        openTab(TestUsers.VIEWER);
        browser.type(FIND, "job-0000");
        browser.seeText(TOTAL, "100");
        openJob("job-000003");
        assertThat(browser.address()).endsWith("/hawtio/video-jobs/job-000003");

        browser.back();
        browser.seeText(TOTAL, "100");
        browser.until("the focus on the job", page -> browser.focused().getText().equals("clip-000003.mp4"));
        browser.open("video-jobs/job-000005");
        browser.see(By.cssSelector(".grokvideo-detail[data-job='job-000005'] video"));
    }

    @Test
    void whoGoesElsewhereWhileTheListComesIsNotTakenBack() {
        openTab(TestUsers.VIEWER);
        openJob("job-000009");
        Object focused = browser.scriptWithCallback("""
                const done = arguments[arguments.length - 1]
                const goElsewhere = frames => {
                  const tab = document.querySelector('[role=tab]')
                  if (!tab) { return requestAnimationFrame(() => goElsewhere(frames)) }
                  if (frames === 0) { tab.focus() }
                  return frames < 90 ? requestAnimationFrame(() => goElsewhere(frames + 1)) : done(document.activeElement.textContent)
                }
                document.querySelector('.grokvideo-detail nav a').click()
                goElsewhere(0)
                """);
        assertThat(focused).isEqualTo("Jobs");
        assertThat(browser.count(link("job-000009"))).isOne();
    }

    @Test
    void showsWhereTheTimeWentAndWhatComesNext() {
        openTab(TestUsers.VIEWER);
        openJob("job-000000");
        assertThat(browser.see(By.cssSelector(".grokvideo-bar")).getDomAttribute("aria-label"))
                .isEqualTo("Time: queued 1 s, waiting 17 s, downloading 2 s, delivering 1 s");
        browser.seeText(By.cssSelector(".grokvideo-next"), "Next: nothing. The job has ended.");
        browser.seeText(DETAIL, "reported by the gateway (est. 0.42 USD)");
        backToList("job-000000");

        openJob("job-000002");
        browser.seeText(By.cssSelector(".grokvideo-next"), "Next: the gateway is asked again in ");
        browser.seeText(DETAIL, "estimated from the model’s prices");
        browser.seeText(DETAIL, "status 'processing', 40 %");
        backToList("job-000002");

        openJob("job-000009");
        browser.seeText(By.cssSelector(".grokvideo-next"), "Next: nothing, until somebody adopts the task");
    }

    @Test
    void saysWhereARoutePutTheVideo() {
        jobs.change("job-000000", "kept", false);
        jobs.change("job-000000", "deliveredTo", "s3://videos/clip.mp4");
        openTab(TestUsers.VIEWER);
        browser.seeText(job("job-000000"), "to s3://videos/clip.mp4");
        openJob("job-000000");

        browser.seeText(DETAIL, "The route prompts-to-videos has put it at s3://videos/clip.mp4.");
    }

    @Test
    void saysWhereAVideoWentThatIsNotKept() {
        openTab(TestUsers.VIEWER);
        browser.type(FIND, "job-001601");
        openJob("job-001601");

        browser.seeText(DETAIL, "its file /srv/videos/job-001601.mp4 is no longer there");
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
        By opener = action(button);
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
        browser.until("the focus on the job, since the button is gone", page -> browser.focused().getTagName().equals("h1"));
    }

    @Test
    void cancelsAJobAndSaysWhatIsCharged() {
        jobs.change("job-000002", "actions", List.of("pollNow", "stopWaiting", "cancel"));
        openTab(TestUsers.MANAGER);
        openJob("job-000002");
        browser.click(action("Cancel…"));
        browser.seeText(DIALOG, "It may still charge for what it has rendered");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Keep the job']"));
        browser.gone(DIALOG);
        assertThat(jobs.actions()).isEmpty();

        jobs.change("job-000002", "state", "NEW");
        browser.seeText(DETAIL, "NEW");
        browser.click(action("Cancel…"));
        browser.seeText(DIALOG, "nothing is charged");
        browser.click(By.xpath("//*[@role='dialog']//button[.='Cancel the job']"));
        browser.gone(DIALOG);
        assertThat(jobs.actions()).containsExactly("cancel(job-000002)");

        jobs.change("job-000002", "state", "CANCELLED");
        browser.seeText(DETAIL, "There is no video: the job was cancelled.");
    }

    @Test
    void saysWhereAGatewayPutTheVideo() {
        openTab(TestUsers.VIEWER);
        openJob("job-000000");
        browser.see(By.tagName("video"));
        assertThat(browser.see(DETAIL).getText()).as("what is not set")
                .doesNotContain("Delivered to", "File id", "Public URL", "Storage error", "Answered model");

        Map<String, String> details = Map.of("deliveredTo", "https://bucket.example/a.mp4", "fileId", "file-42",
                "publicUrl", "https://files.example/a.mp4", "storageError", "quota exceeded", "answeredModel", "grok-imagine-video-2");
        details.forEach((field, value) -> jobs.change("job-000000", field, value));
        jobs.change("job-000000", "kept", false);
        jobs.change("job-000000", "sha256", null);
        browser.seeText(DETAIL, "The gateway has put the video at https://bucket.example/a.mp4.");
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

        backToList("job-000009");
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
        browser.seeText(DETAIL, "No answer to the submit came");

        assertThat(browser.count(By.xpath("//button[.='Adopt a task…' or .='Submit again…' or .='Abandon…' or .='Purge…']")))
                .isZero();
    }
}
