// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Answers that are lost, refused or late: what the form says must be true, and nothing is paid for twice. */
@Tag("full")
class MakeVideoTroubleFullIT extends MakeVideoTestBase {

    private static final By NOTICE = By.cssSelector("[data-testid=connection]");
    private static final By PROBLEM = By.id("make-images-problem");
    private static final By ALREADY = By.cssSelector("[role=dialog] .pf-v6-c-alert a");
    private static final String UNKNOWN = "Whether the video was made is not known";
    private static final String NOT_MADE = "It was not made";
    /** A gateway that takes its time, so that the answer can be lost while it works. */
    private static final String SLOW = "A kite [[fault:submit-slow delay=2s]]";

    private void confirm(String prompt) {
        browser.type(PROMPT, prompt);
        browser.click(SEND);
        browser.see(CONFIRM);
        browser.click(CONFIRM);
    }

    /** The gateway has the job, and the page does not know it. */
    private void loseTheAnswer() {
        openForm();
        browser.loseAnswers(false);
        confirm(SLOW);
        await().atMost(Browser.PATIENCE).until(() -> posts() == 1);
        browser.loseAnswers(true);
        browser.seeText(DIALOG, UNKNOWN);
        browser.seeText(DIALOG, "Send this form again: it makes one video only");
        assertThat(browser.see(DIALOG).getText()).doesNotContain(NOT_MADE);
        browser.loseAnswers(false);
    }

    @Test
    void aFormWithoutAnAnswerIsSentAgainForTheSameVideo() throws Exception {
        loseTheAnswer();
        assertThat(axe.findings()).isEmpty();
        browser.click(CONFIRM);

        assertThat(made().state()).isEqualTo(JobState.DELIVERED);
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aLogoutAfterALostAnswerDoesNotSayThatNothingWasMade() {
        loseTheAnswer();
        browser.forgetLogin();
        browser.click(CONFIRM);

        browser.seeText(DIALOG, "You are logged out");
        assertThat(browser.see(DIALOG).getText()).contains(UNKNOWN).doesNotContain(NOT_MADE);
    }

    @Test
    void aFormThatIsLoadedAgainBeforeItsAnswerSaysThatItWasSent() {
        openForm();
        String form = browser.address();
        confirm(SLOW);
        await().atMost(Browser.PATIENCE).until(() -> posts() == 1);
        browser.open(form.substring(form.indexOf("/hawtio/") + "/hawtio/".length()));

        browser.seeText(By.cssSelector(".grokvideo-maker"), UNKNOWN);
        browser.click(SEND);
        browser.click(CONFIRM);
        assertThat(made().state()).isEqualTo(JobState.DELIVERED);
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void aRefusedFormWasNotMadeAndCanBeCorrected() {
        openForm();
        confirm("A kite [[fault:submit-400]]");

        browser.seeText(DIALOG, NOT_MADE);
        assertThat(browser.see(DIALOG).getText()).contains("400").doesNotContain(UNKNOWN);
        assertThat(jobs.simulator.ledger().jobs()).isZero();
        browser.click(By.xpath("//*[@role='dialog']//button[.='Back to the form']"));
        browser.gone(DIALOG);
        assertThat(browser.see(FORM).getText()).doesNotContain(UNKNOWN);
        confirm("A kite");
        assertThat(made().state()).isEqualTo(JobState.DELIVERED);
        assertThat(jobs.simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void aFormThatHasMadeAnotherVideoLeadsToIt() throws Exception {
        openForm();
        String key = browser.address().replaceAll(".*key=", "");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName submit = server.queryNames(new ObjectName("org.apache.camel:context=" + jobs.context.getManagementName()
                + ",type=services,name=VideoSubmit*"), null).iterator().next();
        server.invoke(submit, "submit", new Object[] {"{\"account\":\"default\",\"fields\":{\"prompt\":\"a lighthouse\"}}", key},
                new String[] {String.class.getName(), String.class.getName()});
        confirm("A kite");

        browser.seeText(DIALOG, "This form has made a video already");
        assertThat(browser.see(DIALOG).getText()).contains("Nothing was charged now").doesNotContain(NOT_MADE);
        assertThat(axe.findings()).isEmpty();
        browser.click(ALREADY);
        VideoJob job = made();
        assertThat(job.request().prompt()).isEqualTo("a lighthouse");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void theCheckIsRepeatedWhenTheConnectionIsBack() {
        openForm();
        browser.offline(true);
        browser.type(PROMPT, "A kite");
        browser.seeText(NOTICE, "The connection is lost");
        assertThat(browser.see(SEND).isEnabled()).isFalse();
        browser.offline(false);

        browser.until("check again", page -> browser.see(SEND).isEnabled());
        browser.gone(By.cssSelector("[data-testid=connection] .pf-v6-c-alert"));
    }

    @Test
    void aLostConnectionIsNotAnAccountThatDoesNotAllowIt() {
        openTab(TestUsers.MANAGER);
        browser.see(MAKE);
        browser.offline(true);
        browser.click(MAKE);

        browser.seeText(NOTICE, "The connection is lost");
        assertThat(browser.see(By.cssSelector(".grokvideo-maker")).getText()).doesNotContain("consoleSubmit");
        browser.offline(false);
        browser.see(PROMPT);
    }

    @Test
    void aDraftWhoseAccountIsNoLongerOfferedIsPaidByTheOneShown() {
        GrokVideoAccount other = jobs.context.getRegistry().lookupByNameAndType(RealVideoJobs.PATIENT, GrokVideoAccount.class);
        other.setConsoleSubmit(true);
        openForm();
        browser.click(option("account", RealVideoJobs.PATIENT));
        browser.type(PROMPT, "A kite");
        browser.until("the draft is kept", page -> browser.see(SEND).isEnabled());
        String form = browser.address();
        other.setConsoleSubmit(false);
        browser.open(form.substring(form.indexOf("/hawtio/") + "/hawtio/".length()));
        browser.click(SEND);
        browser.seeText(DIALOG, "the account default pays");
        browser.click(CONFIRM);

        assertThat(made().account()).isEqualTo("default");
    }

    @Test
    void aFormTakesNoMoreImagesThanItMayHave() throws Exception {
        openForm();
        browser.scriptWithCallback(DROP.replace("data.items.add(new File([blob], 'fox.png', {type: 'image/png'}));",
                "for (let i = 0; i < 21; i++) data.items.add(new File([blob], `fox${i}.png`, {type: 'image/png'}));"));

        browser.seeText(PROBLEM, "A form has at most 20 images.");
        browser.until("20 images", page -> browser.count(THUMBS) == 20);
        browser.scriptWithCallback(DROP);
        browser.seeText(PROBLEM, "A form has at most 20 images.");
        Path uploads = directory.resolve("work/console-uploads");
        await().during(Duration.ofMillis(300)).atMost(Browser.PATIENCE).until(() -> {
            try (Stream<Path> files = Files.list(uploads)) {
                return files.count() == 20;
            }
        });
        assertThat(browser.count(THUMBS)).isEqualTo(20);
    }
}
