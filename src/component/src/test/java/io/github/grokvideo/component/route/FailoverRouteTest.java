// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.error.GrokVideoException;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.ModeratedException;
import io.github.grokvideo.component.error.SubmitUnknownException;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Account first is at reapi, second at xai, third at toapis. */
class FailoverRouteTest extends SimulatedGateway {

    private static final String OPTIONS = "?account=first&failover=second, third";

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        Map.of("first", "reapi", "second", "xai", "third", "toapis").forEach((name, gateway) -> {
            GrokVideoAccount account = new GrokVideoAccount(gateway, simulator.apiKey(gateway));
            account.setBaseUrl(simulator.baseUrl(gateway));
            account.setPollInterval(Duration.ofMillis(50));
            account.setMaxPollInterval(Duration.ofMillis(200));
            account.setSubmitsPerSecond(0.0);
            camel.getRegistry().bind(name, account);
        });
        GrokVideoComponent component = super.component(camel, provider);
        component.setSubmitRetryTimeout(Duration.ofSeconds(1));
        return component;
    }

    private void route(String uri) throws Exception {
        route(context, uri);
    }

    private static void route(DefaultCamelContext camel, String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(uri);
                from("direct:submit").errorHandler(noErrorHandler()).to("grokvideo:submit" + OPTIONS);
                from("direct:await").errorHandler(noErrorHandler()).to("grokvideo:await");
            }
        });
        camel.start();
    }

    private Exchange send(Object body, Map<String, Object> headers) {
        return send(context, "direct:in", body, headers);
    }

    private static Exchange send(CamelContext camel, String to, Object body, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate().to(to).withBody(body).withHeaders(headers).send();
    }

    private long posts(String gateway) {
        return simulator.requests().count(gateway, RequestKind.SUBMIT);
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader("CamelGrokVideo" + name);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> attempts(Exchange exchange) {
        return (List<Map<String, Object>>) header(exchange, "Attempts");
    }

    private void refuse(String fault, String... gateways) {
        for (String gateway : gateways) {
            simulator.faults().add(Fault.of(fault).at(gateway).times(0));
        }
    }

    @Test
    void theFirstAccountIsUsedWhereItTakesTheJob() throws Exception {
        route("grokvideo:generate" + OPTIONS);

        Exchange done = send("A fox", key("k"));

        assertThat(done.getException()).isNull();
        assertThat(header(done, "JobAccount")).isEqualTo("first");
        assertThat(header(done, "Attempts")).isNull();
        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"submit-402, INSUFFICIENT_CREDIT", "submit-429, RATE_LIMITED", "submit-400, SUBMIT_REJECTED",
            "submit-401, AUTHENTICATION"})
    void anotherAccountIsTriedAfterARefusalThatCostNothing(String fault, String type) throws Exception {
        refuse(fault, "reapi");
        route("grokvideo:generate" + OPTIONS);

        Exchange done = send("A fox", key("k"));

        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isInstanceOf(File.class);
        assertThat(header(done, "JobAccount")).isEqualTo("second");
        assertThat(header(done, "Provider")).isEqualTo("xai");
        assertThat(header(done, "Error")).isNull();
        assertThat(attempts(done)).singleElement().satisfies(attempt -> assertThat(attempt).containsEntry("account", "first")
                .containsEntry("provider", "reapi").containsEntry("type", type).containsKeys("jobId", "message", "at"));
        assertThat(simulator.ledger().jobs("reapi")).isZero();
        assertThat(simulator.ledger().jobs("xai")).isEqualTo(1);
        assertThat(posts("toapis")).isZero();
    }

    @Test
    void submitGoesOnToo() throws Exception {
        refuse("submit-402", "reapi", "xai");
        route("grokvideo:generate");

        Exchange submitted = send(context, "direct:submit", "A fox", key("k"));
        assertThat(submitted.getException()).isNull();
        assertThat(submitted.getMessage().getBody(Map.class)).containsEntry("account", "third").containsEntry("provider", "toapis");
        assertThat(attempts(submitted)).extracting(attempt -> attempt.get("account")).containsExactly("first", "second");

        Exchange video = send(context, "direct:await", submitted.getMessage().getBody(), Map.of());
        assertThat(video.getException()).isNull();
        assertThat(attempts(video)).as("stored with the job").hasSize(2);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void anAccountThatCannotDoTheRequestIsSkippedWithTheReason() throws Exception {
        route("grokvideo:generate" + OPTIONS);

        Exchange done = send("{\"prompt\": \"A fox\", \"duration\": 5}", key("k"));

        assertThat(done.getException()).isNull();
        assertThat(header(done, "JobAccount")).isEqualTo("second");
        assertThat(attempts(done)).singleElement().satisfies(attempt -> {
            assertThat(attempt).containsEntry("type", "INVALID_REQUEST").doesNotContainKey("jobId");
            assertThat(attempt.get("message")).asString().contains("duration", "6 to 30 seconds");
        });
        assertThat(posts("reapi")).isZero();
    }

    @Test
    void aModelThatTheRequestNamesIsNotReplacedByAnother() throws Exception {
        route("grokvideo:generate?account=first&failover=second&model=grok-imagine-video-1.5-lite&duration=6&resolution=480p");

        Exchange done = send("A fox", key("k"));

        assertThat(done.getException()).isNull();
        assertThat(attempts(done)).extracting(attempt -> attempt.get("account")).containsExactly("first");
        assertThat(header(done, "JobModel")).isEqualTo("grok-imagine-video-1.5-lite");
    }

    @Test
    void withoutAModelEachAccountUsesItsOwn() throws Exception {
        refuse("submit-402", "reapi");
        context.getRegistry().lookupByNameAndType("second", GrokVideoAccount.class).setModel("grok-imagine-video-1.5-lite");
        route("grokvideo:generate?account=first&failover=second");

        assertThat(header(send("A fox", key("k")), "JobModel")).isEqualTo("grok-imagine-video-1.5-lite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit-502", "submit-html", "reset-after-create", "submit-timeout"})
    void aLostAnswerIsNotFollowedByAnotherAccount(String fault) throws Exception {
        submitsTimeOutSoon();
        simulator.faults().add(Fault.of(fault).at("reapi"));
        route("grokvideo:generate" + OPTIONS);

        assertThat(send("A fox", key("k")).getException()).isInstanceOf(SubmitUnknownException.class);
        assertThat(send("A fox", key("k")).getException()).isInstanceOf(SubmitUnknownException.class);

        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"job-failed", "job-moderated"})
    void aJobThatWasAcceptedIsNotMadeAtAnotherAccount(String fault) throws Exception {
        simulator.faults().add(Fault.of(fault).at("reapi"));
        route("grokvideo:generate" + OPTIONS);

        assertThat(send("A fox", key("k")).getException()).isInstanceOfAny(JobFailedException.class, ModeratedException.class);
        assertThat(send("A fox", key("k")).getException()).isInstanceOfAny(JobFailedException.class, ModeratedException.class);

        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void ifNoAccountTakesItOneErrorNamesAllReasons() throws Exception {
        refuse("submit-402", "reapi", "xai");
        refuse("submit-401", "toapis");
        route("grokvideo:generate" + OPTIONS);

        Exchange failed = send("A fox", key("k"));

        assertThat(failed.getException()).isInstanceOf(GrokVideoException.class)
                .hasMessageContaining("first (reapi): INSUFFICIENT_CREDIT").hasMessageContaining("second (xai): INSUFFICIENT_CREDIT")
                .hasMessageContaining("third (toapis): AUTHENTICATION");
        assertThat(header(failed, "ErrorCharged")).isEqualTo("no");
        assertThat(attempts(failed)).hasSize(3);
        assertThat(header(failed, "Error")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("attempts");
        for (String gateway : List.of("reapi", "xai", "toapis")) {
            assertThat(failed.getException().getMessage() + header(failed, "Error")).doesNotContain(simulator.apiKey(gateway));
        }
        assertThat(simulator.ledger().jobs()).isZero();

        simulator.faults().clear();
        assertThat(send("A fox", key("k")).getException()).as("the key is free").isNull();
        assertThat(simulator.ledger().jobs("reapi")).isEqualTo(1);
    }

    @Test
    void aRequestThatNoAccountCanDoListsItsViolations() throws Exception {
        route("grokvideo:generate?account=first&failover=second");

        Exchange failed = send("{\"prompt\": \"A fox\", \"duration\": 500}", key("k"));

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(((InvalidRequestException) failed.getException()).getViolations()).isNotEmpty();
        assertThat(attempts(failed)).hasSize(2);
        assertThat(posts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRedeliveredCallAttachesToTheJobAtTheOtherAccount(boolean withKey) throws Exception {
        simulator.faults().add(Fault.of("submit-402").at("reapi"));
        AtomicInteger failures = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:outer").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(20)).to("direct:inner");
                from("direct:inner").errorHandler(noErrorHandler()).to("grokvideo:generate" + OPTIONS).process(exchange -> {
                    if (failures.getAndIncrement() == 0) {
                        throw new IllegalStateException("once");
                    }
                });
            }
        });
        context.start();

        Exchange done = send(context, "direct:outer", "A fox", withKey ? key("k") : Map.of());

        assertThat(done.getException()).isNull();
        assertThat(failures).hasValue(2);
        assertThat(header(done, "JobAccount")).isEqualTo("second");
        assertThat(posts("reapi")).as("it has credit again, but is not asked").isEqualTo(1);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void afterARestartTheSameKeyAttachesToTheJobAtTheOtherAccount() throws Exception {
        simulator.faults().add(Fault.of("submit-402").at("reapi"));
        Path store = directory.resolve("store");
        context.getComponent("grokvideo", GrokVideoComponent.class).setJobStore("file:" + store);
        route("grokvideo:generate" + OPTIONS);
        Exchange submitted = send(context, "direct:submit", "A fox [[render=2s]]", key("k"));
        assertThat(submitted.getException()).isNull();
        context.stop();

        context = new DefaultCamelContext();
        component(context, provider()).setJobStore("file:" + store);
        route("grokvideo:generate" + OPTIONS);
        Exchange done = send("A fox [[render=2s]]", key("k"));

        assertThat(done.getException()).isNull();
        assertThat(header(done, "JobId")).isEqualTo(header(submitted, "JobId"));
        assertThat(header(done, "JobAccount")).isEqualTo("second");
        assertThat(attempts(done)).isEqualTo(attempts(submitted)).hasSize(1);
        assertThat(posts("reapi")).isEqualTo(1);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void theAccountOfAMessageIsTriedFirstAndOnce() throws Exception {
        refuse("submit-402", "xai");
        route("grokvideo:generate" + OPTIONS);
        Map<String, Object> headers = new LinkedHashMap<>(key("k"));
        headers.put("CamelGrokVideoAccount", "second");

        Exchange done = send("A fox", headers);

        assertThat(header(done, "JobAccount")).isEqualTo("third");
        assertThat(attempts(done)).extracting(attempt -> attempt.get("account")).containsExactly("second");
        assertThat(posts("xai")).isEqualTo(1);
    }

    @Test
    void manyCallsWithOneKeyMakeOneJobHoweverCreditComesAndGoes() throws Exception {
        route("grokvideo:generate" + OPTIONS);
        for (int round = 0; round < 20; round++) {
            simulator.faults().clear();
            simulator.faults().add(Fault.of("submit-402").at("reapi").times(1 + round % 4));
            simulator.faults().add(Fault.of("submit-402").at("xai").times(round % 3 == 0 ? 1 : round % 3));
            List<Future<Exchange>> calls = new ArrayList<>();
            for (int call = 0; call < 12; call++) {
                calls.add(context.createFluentProducerTemplate().to("direct:in").withBody("A fox").withHeaders(key("k" + round))
                        .asyncSend());
            }
            List<Object> ids = new ArrayList<>();
            for (Future<Exchange> call : calls) {
                assertThat(call.get().getException()).as("round " + round).isNull();
                ids.add(header(call.get(), "JobId"));
            }
            assertThat(ids.stream().distinct()).hasSize(1);
            assertThat(simulator.ledger().jobs()).as("jobs after round " + round).isEqualTo(round + 1);
        }
    }

    @Test
    void consolesShowWhoHasRefusedTheJob() throws Exception {
        refuse("submit-402", "reapi");
        route("grokvideo:generate" + OPTIONS);
        Exchange done = send("A fox", key("k"));

        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName jobs = server.queryNames(new ObjectName("org.apache.camel:context=" + context.getManagementName()
                + ",type=services,name=VideoJobs*"), null).iterator().next();
        Object json = server.invoke(jobs, "job", new Object[] {header(done, "JobId")}, new String[] {String.class.getName()});

        assertThat(new ObjectMapper().readTree(json.toString()).get("attempts")).singleElement()
                .satisfies(attempt -> assertThat(attempt.get("account").asText()).isEqualTo("first"));
    }

    @Test
    void refusedJobsStayVisibleAtTheirAccount() throws Exception {
        refuse("submit-402", "reapi");
        route("grokvideo:generate" + OPTIONS);
        Exchange done = send("A fox", key("k"));

        assertThat(done.getException()).isNull();
        VideoJob refused = context.getComponent("grokvideo", GrokVideoComponent.class).getEngine()
                .find((String) attempts(done).get(0).get("jobId")).orElseThrow();
        assertThat(refused.state()).isEqualTo(JobState.REJECTED);
        assertThat(refused.account()).isEqualTo("first");
        assertThat(refused.jobKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "grokvideo:generate?account=first&failover=nobody      | failover=nobody: account 'nobody' is not known; known accounts are",
            "grokvideo:generate?account=first&failover=second,first | failover=second,first: 'first' is the account of the endpoint",
            "grokvideo:submit?account=first&failover=second,second  | failover=second,second: an account is named twice",
            "grokvideo:await?account=first&failover=second          | does not take the options [failover]: only generate and submit"})
    void aWrongListIsNamedAtTheStart(String uri, String message) {
        assertThatThrownBy(() -> route(uri)).hasStackTraceContaining(message);
    }
}
