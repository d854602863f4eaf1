// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.AuthenticationException;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.ModeratedException;
import io.github.grokvideo.component.store.JobStore;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.simulator.fault.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health checks tell how the jobs' own calls went. */
class ObservedHealthTest extends SimulatedGateway {

    @BeforeEach
    void withHealth() {
        context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class,
                new DefaultHealthCheckRegistry(context));
    }

    private void started() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
                from("direct:submit").to("grokvideo:submit");
            }
        });
    }

    private Exchange send(String uri, String prompt) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).send();
    }

    private HealthCheck.Result check(String id) {
        return HealthCheckHelper.getHealthCheck(context, id, HealthCheck.class).call();
    }

    @Test
    void aFreshNodeIsReadyAndItsLivenessIsNotOurs() throws Exception {
        started();

        for (String id : new String[] {"grokvideo-gateways", "grokvideo-store", "grokvideo-open-jobs"}) {
            HealthCheck.Result result = check(id);
            assertThat(result.getState()).as(id).isEqualTo(HealthCheck.State.UP);
            assertThat(result.getCheck().isReadiness()).isTrue();
            assertThat(result.getCheck().isLiveness()).isFalse();
        }
        assertThat(simulator.requests().entries()).as("checks ask no gateway").isEmpty();
    }

    @Test
    void aRefusedKeyIsDownUntilACallSucceeds() throws Exception {
        started();
        simulator.faults().add(Fault.of("poll-401").times(1));

        send("direct:generate", "a lighthouse");

        HealthCheck.Result refused = check("grokvideo-gateways");
        assertThat(refused.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(refused.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("xai refuses account default", "key"));
        assertThat(refused.getDetails()).containsEntry("xai.lastFailureReason", "HTTP 401").containsKey("xai.lastSuccess");

        assertThat(send("direct:generate", "another lighthouse").getException()).isNull();
        assertThat(check("grokvideo-gateways").getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aKeyThatIsRefusedForASubmitIsDown() throws Exception {
        started();
        simulator.faults().add(Fault.of("submit-403").times(1));

        assertThat(send("direct:generate", "a lighthouse").getException()).isInstanceOf(AuthenticationException.class);

        assertThat(check("grokvideo-gateways").getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(check("grokvideo-gateways").getDetails()).containsKey("xai.default.refusedSince");
    }

    @Test
    void aPromptThatIsRefusedIsNobodysKey() throws Exception {
        started();
        simulator.faults().add(Fault.of("submit-403").times(1).with("message", "The content violates our moderation policy"));

        assertThat(send("direct:generate", "a lighthouse").getException()).isInstanceOf(ModeratedException.class);

        assertThat(check("grokvideo-gateways").getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void oneOfSeveralAccountsTakesNoNodeAway() throws Exception {
        context.getRegistry().bind("tenant", account(simulator.apiKey("xai") + "-invalid"));
        started();

        send("direct:generate", "a lighthouse", "tenant");
        assertThat(check("grokvideo-gateways").getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(send("direct:generate", "a lighthouse").getException()).isNull();
        send("direct:generate", "another lighthouse", "tenant");

        HealthCheck.Result result = check("grokvideo-gateways");
        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getDetails()).containsKey("xai.tenant.refusedSince").doesNotContainKey("xai.default.refusedSince");
    }

    private GrokVideoAccount account(String key) {
        GrokVideoAccount account = new GrokVideoAccount();
        account.setProvider("xai");
        account.setBaseUrl(simulator.baseUrl("xai"));
        account.setApiKey(key);
        return account;
    }

    private Exchange send(String uri, String prompt, String account) {
        return context.createFluentProducerTemplate().to(uri).withBody(prompt).withHeader("CamelGrokVideoAccount", account).send();
    }

    @Test
    void aJobThatIsOpenTooLongIsDown() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setHealthOpenJobLimit(Duration.ofMillis(200));
        started();
        Exchange exchange = send("direct:submit", "a lighthouse [[render=1s]]");

        await().atMost(Duration.ofSeconds(20)).until(() -> check("grokvideo-open-jobs").getState() == HealthCheck.State.DOWN);
        assertThat(check("grokvideo-open-jobs").getMessage().orElseThrow())
                .contains(exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class), "healthOpenJobLimit 200ms");
        await().atMost(Duration.ofSeconds(10)).until(() -> check("grokvideo-open-jobs").getState() == HealthCheck.State.UP);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        context.getComponent("grokvideo", GrokVideoComponent.class).setHealthOpenJobLimit(Duration.ZERO);

        assertThatThrownBy(this::started).hasMessageContaining("healthOpenJobLimit must be longer than 0");
    }

    @Test
    void pollsWithoutAnAnswerAreDownUntilThereIsOne() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setHealthPollLimit(Duration.ofMillis(300));
        started();
        assertThat(check("grokvideo-polls").getState()).isEqualTo(HealthCheck.State.UP);
        simulator.faults().add(Fault.of("poll-reset").times(1_000));
        send("direct:submit", "a lighthouse [[render=500ms]]");

        await().atMost(Duration.ofSeconds(10)).until(() -> check("grokvideo-polls").getState() == HealthCheck.State.DOWN);
        assertThat(check("grokvideo-polls").getMessage().orElseThrow()).contains("Status queries get no answer: xai since");
        assertThat(check("grokvideo-polls").getDetails()).containsKeys("xai.silentSince", "limit");

        simulator.faults().clear();
        await().atMost(Duration.ofSeconds(20)).until(() -> check("grokvideo-polls").getState() == HealthCheck.State.UP);
    }

    @Test
    void aNodeWithoutJobsHasNoPollsToMiss() throws Exception {
        context.getComponent("grokvideo", GrokVideoComponent.class).setHealthPollLimit(Duration.ofMillis(1));
        started();
        assertThat(send("direct:generate", "a lighthouse").getException()).isNull();

        assertThat(check("grokvideo-polls").getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aWorkDirectoryThatCannotBeWrittenIsDown() throws Exception {
        Path blocked = Files.writeString(directory.resolve("work"), "a file");
        started();

        HealthCheck.Result result = check("grokvideo-work-directory");
        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("workDirectory " + blocked, "it cannot be written");

        Files.delete(blocked);
        await().atMost(Duration.ofSeconds(10)).until(() -> check("grokvideo-work-directory").getState() == HealthCheck.State.UP);
    }

    @Test
    void aStoreThatIsAwayIsDown() throws Exception {
        context.getRegistry().bind("away", away());
        context.getComponent("grokvideo", GrokVideoComponent.class).setJobStore("#away");
        started();

        HealthCheck.Result result = check("grokvideo-store");

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("The job store does not answer", "gone fishing");
        assertThat(result.getDetails()).containsKey("asked");
    }

    @Test
    void aStoreThatHangsHoldsNobodyUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        context.getRegistry().bind("hangs", store(arguments -> {
            never.await();
            return Optional.empty();
        }));
        context.getComponent("grokvideo", GrokVideoComponent.class).setJobStore("#hangs");
        started();
        try {
            HealthCheck.Result result = check("grokvideo-store");

            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage().orElseThrow()).contains("no answer for");
        } finally {
            never.countDown();
        }
    }

    private interface Find {
        Object by(Object[] arguments) throws Exception;
    }

    private static JobStore away() {
        return store(arguments -> {
            throw JobError.of(ErrorType.STORE_UNAVAILABLE, "gone fishing", Charged.NO).toException(null, null);
        });
    }

    /** A store in memory with another find. */
    private static JobStore store(Find find) {
        JobStore memory = new MemoryJobStore();
        return (JobStore) Proxy.newProxyInstance(ObservedHealthTest.class.getClassLoader(), new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> method.getName().equals("find") ? find.by(arguments) : method.invoke(memory, arguments));
    }

    @Test
    void afterAStopNoCheckIsLeft() throws Exception {
        started();
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        assertThat(registry.getCheckIDs()).contains("grokvideo-store");

        context.getComponent("grokvideo", GrokVideoComponent.class).stop();

        assertThat(registry.getCheckIDs()).noneMatch(id -> id.startsWith("grokvideo"));
    }
}
