// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import io.github.grokvideo.component.engine.poll.Poller;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What status queries tell that is of no use is not kept silent. */
class PollToldTest extends EngineTestBase {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LogManager.getLogger(Poller.class.getPackageName());
    private final AbstractAppender appender = new AbstractAppender("poll-warnings", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            if (event.getLevel() == Level.WARN) {
                warnings.add(event.getMessage().getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        Configurator.setLevel(logger.getName(), Level.WARN);
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(appender);
    }

    private void answers(int status, int times) {
        for (int i = 0; i < times; i++) {
            gateway.pollScript.add(TestGateway.status(status));
        }
    }

    @Test
    void whatNobodyUnderstandsIsWarnedOfOnceAJob() {
        answers(203, 200);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofMinutes(30));

        timer.advance(Duration.ofSeconds(20));
        assertThat(warnings).isEmpty();
        timer.advance(Duration.ofMinutes(20));

        assertThat(warnings).singleElement().asString().contains("job-1", "status 'reticulating', which is unknown");
        assertThat(engine.operations().lastPoll("job-1")).hasValue("status 'reticulating', which is unknown");
        timer.advance(Duration.ofMinutes(10));
        assertThat(error(video)).hasMessageContaining("the last status query returned: status 'reticulating', which is unknown");
        assertThat(job("job-1").state()).isEqualTo(JobState.ACCEPTED);
    }

    @Test
    void whatCannotBeReadIsWarnedOfOnceAJob() {
        answers(503, 200);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofMinutes(30));

        timer.advance(Duration.ofMinutes(30));

        assertThat(warnings).singleElement().asString().contains("job-1", "HTTP 503");
        assertThat(error(video)).hasMessageContaining("the last status query returned: HTTP 503");
    }

    @Test
    void aJobThatGoesOnIsNotWarnedOf() {
        answers(202, 100);
        submit(order("a cat"));
        CompletableFuture<VideoJob> video = await("job-1", Duration.ofMinutes(30));

        timer.advance(Duration.ofMinutes(30));

        assertThat(warnings).isEmpty();
        assertThat(error(video)).hasMessageContaining("it is RUNNING; the last status query returned: it goes on");
        assertThat(engine.operations().lastPoll("job-2")).isEmpty();
    }

    @Test
    void aLongRetryAfterHoldsAnAccountUpForTenMinutesOnly() {
        gateway.pollScript.add(TestGateway.retryAfter(429, 86_400));
        submit(order("a cat"));
        submit(order("a dog"));

        timer.advance(Duration.ofMinutes(9));
        assertThat(gateway.polls()).isEqualTo(1);
        timer.advance(Duration.ofMinutes(5));

        assertThat(jobs()).allMatch(job -> job.state() == JobState.DOWNLOADED);
    }

    @Test
    void noRetryAfterIsGrantedMoreThanHalfAUrlsLife() {
        EngineSettings patient = EngineSettings.builder(directory).submitTimeout(Duration.ZERO).submitRetryTimeout(Duration.ZERO)
                .pollTimeout(Duration.ZERO).downloadTimeout(Duration.ZERO).downloadIdleTimeout(Duration.ZERO).maxFileSize(1)
                .ioThreads(1).keepUndelivered(Duration.ZERO).keepKeys(Duration.ZERO).keepJobs(Duration.ZERO)
                .orphanAfter(Duration.ZERO).storePrompts(true).minFreeSpace(0).jobNotFoundAfter(Duration.ZERO)
                .maxRetryAfter(Duration.ofDays(3)).build();

        assertThat(patient.longestRetryAfter()).isEqualTo(Duration.ofHours(12));
    }
}
