// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.GrokVideoSimulator;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** How long a simulator lives: runs other test classes. */
class LifecycleTest {

    /** What the tests that are run have seen, in the order in which they ran. */
    private static final List<GrokVideoSimulator> SIMULATORS = new ArrayList<>();
    private static final List<Path> DIRECTORIES = new ArrayList<>();

    @BeforeEach
    void forget() {
        SIMULATORS.clear();
        DIRECTORIES.clear();
    }

    @Test
    void aStaticOneLivesForTheClass() {
        run(3, StaticCase.class);

        assertThat(SIMULATORS).hasSize(3);
        assertThat(Set.copyOf(SIMULATORS)).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void anotherOneLivesForTheTest() {
        run(2, InstanceCase.class);

        assertThat(Set.copyOf(SIMULATORS)).hasSize(2);
        assertThat(Set.copyOf(DIRECTORIES)).hasSize(2);
        nothingIsLeft();
    }

    @Test
    void anotherOneLivesForAClassWithOneInstance() {
        run(2, OneInstanceCase.class);

        assertThat(SIMULATORS).hasSize(2);
        assertThat(Set.copyOf(SIMULATORS)).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void classesThatShareOneKeepItsAddress() {
        run(2, FirstCase.class, SecondCase.class);

        assertThat(Set.copyOf(SIMULATORS)).hasSize(2);
        assertThat(Set.copyOf(DIRECTORIES)).hasSize(1);
        nothingIsLeft();
    }

    @Test
    void theContextStopsBeforeTheSimulator() {
        WaitingCase.jobsAtStop = -1;

        run(1, WaitingCase.class);

        assertThat(WaitingCase.jobsAtStop).isEqualTo(1);
        nothingIsLeft();
    }

    private static void run(int tests, Class<?>... classes) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toList()).build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getFailures()).extracting(TestExecutionSummary.Failure::getException).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
    }

    private static void nothingIsLeft() {
        assertThat(DIRECTORIES).isNotEmpty().allSatisfy(directory -> assertThat(directory).doesNotExist());
        // Threads end a moment after the simulator has closed.
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("grokvideo-simulator-") || name.startsWith("vertx") || name.startsWith("Camel ("))
                .collect(Collectors.toSet());
    }

    private static void look(GrokVideoExtension video) {
        SIMULATORS.add(video.simulator());
        Path directory = Path.of(video.properties().get("camel.component.grokvideo.work-directory"));
        assertThat(directory).isDirectory();
        DIRECTORIES.add(directory);
    }

    /** A test that pays, plans a fault, and must not see those of another test. */
    private static void pay(GrokVideoExtension video) throws Exception {
        look(video);
        video.assertNothingPaid();
        assertThat(video.faults().pending()).isEmpty();
        Path directory = DIRECTORIES.get(DIRECTORIES.size() - 1);
        try (CamelContext context = new DefaultCamelContext()) {
            video.configure(context);
            context.start();
            context.createProducerTemplate().requestBody("grokvideo:submit", "A red kite");
            video.assertPaidOnce();
            assertThat(directory).isDirectory();
        }
        video.faults().add("poll-503");
    }

    static class StaticCase {
        @RegisterExtension
        static GrokVideoExtension video = GrokVideoExtension.create();
        /** Asked before JUnit calls the extension. */
        static String early = video.simulator().url();

        @Test
        void first() throws Exception {
            assertThat(video.simulator().url()).isEqualTo(early);
            pay(video);
        }

        @Test
        void second() throws Exception {
            assertThat(video.simulator().url()).isEqualTo(early);
            pay(video);
        }

        @Nested
        class Inner {
            @Test
            void third() throws Exception {
                pay(video);
            }
        }
    }

    static class InstanceCase {
        @RegisterExtension
        GrokVideoExtension video = GrokVideoExtension.create();

        @Test
        void first() throws Exception {
            pay(video);
        }

        @Test
        void second() throws Exception {
            pay(video);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstanceCase extends InstanceCase {
    }

    abstract static class SharingCase {
        @RegisterExtension
        static GrokVideoExtension video = GrokVideoExtension.create();

        @Test
        void pays() throws Exception {
            pay(video);
        }
    }

    static class FirstCase extends SharingCase {
    }

    static class SecondCase extends SharingCase {
    }

    /** Leaves a message that waits. */
    static class WaitingCase extends CamelTestSupport {
        static int jobsAtStop;

        @RegisterExtension
        GrokVideoExtension video = GrokVideoExtension.create();

        @Override
        protected CamelContext createCamelContext() throws Exception {
            CamelContext context = super.createCamelContext();
            video.configure(context);
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopping(CamelContext stopping) {
                    // A simulator that had stopped would start again, without jobs.
                    jobsAtStop = video.jobs().size();
                }
            });
            return context;
        }

        @Override
        protected RoutesBuilder createRouteBuilder() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:prompts").to("grokvideo:generate");
                }
            };
        }

        @Test
        void waits() {
            look(video);
            template.asyncSendBody("direct:prompts", "A red kite [[fault:stuck]]");
            await().until(() -> video.jobs().size() == 1);
        }
    }
}
