// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Videos that were made one from the other, by the real component. */
@Tag("full")
class VideoChainFullIT {

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
    void playsAChainOfVideosOneAfterTheOther() {
        String first = jobs.send("direct:generate", "default", "a kite [[render=1ms]]");
        String second = jobs.extend(first, "it climbs [[render=1ms]]");
        String third = jobs.extend(second, "it lands [[render=1ms]]");
        browser.openTab(TestUsers.VIEWER);
        browser.open("video-jobs/" + third);

        browser.until("the chain", page -> browser.count(By.cssSelector(".grokvideo-chain li")) == 3);
        assertThat(browser.attributes(By.cssSelector(".grokvideo-chain li"), "data-job")).containsExactly(first, second, third);
        browser.click(By.xpath("//button[.='Play all 3 in order']"));
        for (String each : List.of(first, second, third)) {
            browser.see(By.cssSelector(".grokvideo-chain li[data-job='" + each + "'][aria-current=step]"));
            browser.until("play", page -> (Boolean) browser.script(
                    "return document.querySelector('.grokvideo-chain ~ video').currentTime > 0.2"));
            browser.script("const video = document.querySelector('.grokvideo-chain ~ video'); video.currentTime = video.duration - 0.1");
        }
        browser.gone(By.cssSelector(".grokvideo-chain ~ video"));

        browser.click(By.cssSelector(".grokvideo-chain li[data-job='" + first + "'] a"));
        browser.see(By.cssSelector(".grokvideo-detail[data-job='" + first + "'] .grokvideo-columns"));
        assertThat(browser.count(By.cssSelector(".grokvideo-chain"))).isZero();
    }
}
