// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.DetachedException;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import io.github.grokvideo.simulator.SimulatorBuilder;
import io.github.grokvideo.simulator.VideoMode;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Waiting costs a row, not a thread. */
class ManyJobsIT extends SimulatedGateway {

    private static final int JOBS = 10_000;
    /** Calls 32, downloads 16, callbacks 32, work 8, timers 2; the rest is the JVM's, Camel's and the simulator's. */
    private static final int MAX_THREADS = 160;

    @Override
    GrokVideoSimulator simulator(SimulatorBuilder builder) throws Exception {
        return builder.renderTime(Duration.ofHours(1)).videos(VideoMode.SHARED).start();
    }

    @Test
    void tenThousandJobsWaitOnAHandfulOfThreadsAndAreFreedAtOnce() throws Exception {
        Queue<Throwable> ended = new ConcurrentLinkedQueue<>();
        GrokVideoComponent component = component(context, "xai");
        // How busy the machine is, is not measured either.
        component.setSubmitTimeout(Duration.ofMinutes(1));
        component.getConfiguration().setWaitTimeout(Duration.ofHours(1));
        component.getConfiguration().setPollInterval(Duration.ofSeconds(30));
        component.getConfiguration().setMaxPollInterval(Duration.ofSeconds(60));
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                // As a route would that leaves its source in place for the next start; ten thousand log entries are not measured.
                onException(GrokVideoException.class).handled(true)
                        .process(exchange -> ended.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("seda:generate?size=20000").to("grokvideo:generate")
                        .process(exchange -> ended.add(new AssertionError("no video was rendered")));
            }
        });

        ProducerTemplate source = context.createProducerTemplate();
        IntStream.range(0, JOBS).forEach(number -> source.sendBody("seda:generate?size=20000", "waiting " + number));
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).until(() -> paidJobs() == JOBS);
        await().atMost(Duration.ofSeconds(30)).until(() -> context.getInflightRepository().size() >= JOBS);
        assertThat(Thread.getAllStackTraces()).as("threads").hasSizeLessThan(MAX_THREADS);
        assertThat(ended).isEmpty();

        long begun = System.nanoTime();
        context.stop();
        Duration stop = Duration.ofNanos(System.nanoTime() - begun);

        System.out.printf("%d waiting jobs, %d threads, stopped in %d ms%n", JOBS, Thread.activeCount(), stop.toMillis());
        assertThat(stop).isLessThan(Duration.ofSeconds(3));
        assertThat(ended).hasSize(JOBS).allMatch(error -> error instanceof DetachedException);
        assertThat(posts()).isEqualTo(JOBS);
    }
}
