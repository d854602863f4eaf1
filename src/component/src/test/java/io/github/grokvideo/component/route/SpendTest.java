// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.camel.observe.GrokVideoBudgetEvent;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.SpendLimitException;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.store.spend.Budget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.Test;

/** What jobs cost and may cost, as routes, operators and monitoring see it: everywhere the same, and what the gateway has charged. */
class SpendTest extends SimulatedGateway {

    /** xAI's price of six seconds in 480p. */
    private static final String SIX_SECONDS = "0.30";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<GrokVideoBudgetEvent> events = new CopyOnWriteArrayList<>();

    private GrokVideoComponent component() {
        return context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    private Exchange send(String uri, Object body) throws Exception {
        if (!context.isStarted()) {
            context.getRegistry().bind("meters", meters);
            context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, new DefaultHealthCheckRegistry(context));
            context.getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof GrokVideoBudgetEvent budget) {
                        events.add(budget);
                    }
                }
            });
            // Camel manages what is added while it starts, and not what is added later.
            routes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:generate").to("grokvideo:generate");
                }
            });
        }
        return context.createFluentProducerTemplate().to(uri).withBody(body).send();
    }

    private Exchange generate(String prompt, String options) throws Exception {
        return send("grokvideo:generate?duration=6&resolution=480p" + options, prompt);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> spend(String query) throws Exception {
        return send("grokvideo:spend", query).getMessage().getBody(List.class);
    }

    private JsonNode jmx(String operation, String... arguments) throws Exception {
        ObjectName bean = ManagementFactory.getPlatformMBeanServer().queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=services,name=VideoSpending*"), null)
                .iterator().next();
        String[] types = new String[arguments.length];
        Arrays.fill(types, String.class.getName());
        return new ObjectMapper().readTree((String) ManagementFactory.getPlatformMBeanServer().invoke(bean, operation, arguments, types));
    }

    @Test
    void everySumIsWhatTheGatewayHasCharged() throws Exception {
        component().setStoreBudget("50 USD/month");
        for (String prompt : List.of("one", "two [[fault:submit-429 retry-after=0]]", "three [[fault:submit-400]]")) {
            generate(prompt, "&tag=acme");
        }
        generate("four", "");
        BigDecimal charged = simulator.ledger().spent("xai");
        assertThat(charged).isPositive();

        List<Map<String, Object>> byTag = spend("{\"by\": \"tag,model\"}");

        assertThat(byTag).extracting(row -> row.get("tag")).containsExactly("acme", null);
        assertThat(byTag).extracting(row -> row.get("jobs")).containsExactly(2L, 1L);
        assertThat(byTag).allSatisfy(row -> {
            assertThat(row).containsEntry("unit", "USD").containsKeys("model", "reportedMinusEstimate");
            assertThat((BigDecimal) row.get("reserved")).isZero();
            assertThat((BigDecimal) row.get("spentEstimated")).isZero();
        });
        assertThat(total(byTag, "spentReported")).isEqualByComparingTo(charged);
        JsonNode overJmx = jmx("spend", "today", "day");
        assertThat(overJmx).hasSize(1);
        assertThat(overJmx.get(0).get("spentReported").decimalValue()).isEqualByComparingTo(charged);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(jmx("budgets").get(0).get("spentReported").decimalValue()).isEqualByComparingTo(charged);
            assertThat(meters.get("grokvideo.budget.spent").tags("budget", "store/month", "unit", "USD").gauge().value())
                    .isEqualTo(charged.doubleValue());
        });
        assertThat(meters.get("grokvideo.budget.limit").gauge().value()).isEqualTo(50);
        assertThat(meters.get("grokvideo.budget.reserved").gauge().value()).isZero();
    }

    private static BigDecimal total(List<Map<String, Object>> rows, String name) {
        return rows.stream().map(row -> (BigDecimal) row.get(name)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void budgetsOfTheComponentOfTagsOfAccountsAndBeansHold() throws Exception {
        component().setBudget("3 USD/day, 100 USD");
        component().setTagBudgets(Map.of("acme", SIX_SECONDS + " USD/hour"));
        GrokVideoAccount second = new GrokVideoAccount("xai", simulator.apiKey("xai"));
        second.setBaseUrl(simulator.baseUrl("xai"));
        second.setBudget(SIX_SECONDS + " USD/month");
        context.getRegistry().bind("second", second);
        context.getRegistry().bind("all", new Budget(Budget.Scope.STORE, null, Budget.Period.TOTAL, Cost.usd("1.00")));

        assertThat(generate("one", "&tag=acme").getException()).isNull();
        assertRefused(generate("two", "&tag=acme"), "tag:acme/hour");
        assertThat(generate("three", "&account=second").getException()).isNull();
        assertRefused(generate("four", "&account=second"), "account:second/month");
        assertThat(generate("five", "").getException()).isNull();
        assertRefused(generate("six", ""), "store/total");

        assertThat(posts()).isEqualTo(3);
        Exchange validated = send("grokvideo:validate?duration=6&resolution=480p&tag=acme", "seven");
        assertThat(validated.getException()).isNull();
        assertThat(validated.getMessage().getHeader("CamelGrokVideoWarnings")).asString().contains("tag:acme/hour", "does not fit now");
    }

    private static void assertRefused(Exchange exchange, String budget) {
        assertThat(exchange.getException()).isInstanceOf(SpendLimitException.class).hasMessageContaining("budget " + budget + " ");
        assertThat(exchange.getMessage().getHeader("CamelGrokVideoErrorType")).isEqualTo("SPEND_LIMIT");
        assertThat(exchange.getMessage().getHeader("CamelGrokVideoErrorCharged")).isEqualTo("no");
    }

    @Test
    void aFullBudgetIsReportedAndAnOperatorMakesRoom() throws Exception {
        component().setBudget("0.31 USD/day");
        assertThat(generate("one", "").getException()).isNull();
        Future<Exchange> waiting = context.createFluentProducerTemplate()
                .to("grokvideo:generate?duration=6&resolution=480p&onBudget=wait").withBody("two").asyncSend();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(events).isNotEmpty());
        assertThat(events.get(0).getPercent()).isGreaterThanOrEqualTo(80);
        assertThat(events.get(0).getUse().window().name()).isEqualTo("account:default/day");
        HealthCheck.Result health = HealthCheckHelper.getHealthCheck(context, "grokvideo-budgets", HealthCheck.class).call();
        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getDetails().get("account:default/day")).asString().contains("% of 0.31 USD");
        assertThat(waiting.isDone()).isFalse();
        assertThat(posts()).isEqualTo(1);

        assertThat(jmx("changeLimit", "account:default/day", "5").get(0).get("limit").asInt()).isEqualTo(5);

        assertThat(waiting.get(20, TimeUnit.SECONDS).getException()).isNull();
        assertThat(posts()).isEqualTo(2);
        assertThatThrownBy(() -> jmx("changeLimit", "account:other/day", "5")).hasStackTraceContaining("There is no budget");
        assertThatThrownBy(() -> jmx("changeLimit", "account:default/day", "-5")).hasStackTraceContaining("must be more than 0");
    }

    @Test
    void anAccountWhoseBudgetComesTooLateIsRefused() throws Exception {
        generate("one", "");
        GrokVideoAccount late = new GrokVideoAccount("xai", simulator.apiKey("xai"));
        late.setBaseUrl(simulator.baseUrl("xai"));
        late.setBudget("5 USD/day");
        context.getRegistry().bind("late", late);

        assertThatThrownBy(() -> generate("two", "&account=late")).hasStackTraceContaining(
                "The budget of account late was not known when the engine started");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anEstimateIsCalledOne() throws Exception {
        Exchange submitted = send("grokvideo:submit?duration=6&resolution=480p", "one [[render=1m]]");
        assertThat(submitted.getMessage().getBody(Map.class)).containsEntry("costEstimated", true).containsKey("cost");
        assertThat(submitted.getMessage().getHeader("CamelGrokVideoCostEstimated")).isEqualTo(true);

        Exchange made = generate("two", "");
        assertThat(made.getMessage().getHeader("CamelGrokVideoCostEstimated")).isEqualTo(false);
    }

    @Test
    void aDearRequestIsRefusedByMaxJobCost() throws Exception {
        component().getConfiguration().setMaxJobCost("0.05 USD");
        Exchange dear = generate("one", "");

        assertThat(dear.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("maxJobCost=0.05 USD");
        assertThat(posts()).isZero();
        assertThat(send("grokvideo:validate?maxJobCost=0.10 USD", "one").getException()).hasMessageContaining("maxJobCost=0.10 USD");
        assertThat(generate("one", "&maxJobCost=1 USD").getException()).isNull();
    }

    @Test
    void jobsOfTagsAndOfTheStoreAreLimitedOneByOne() throws Exception {
        component().setStoreBudget("0.40 USD/job, 100 USD");
        component().setTagBudgets(Map.of("acme", "0.10 USD/job"));

        assertTooDear(generate("one", "&tag=acme"), "tag:acme/job=0.10 USD: the job may cost about 0.3 USD");
        assertThat(generate("two", "").getException()).isNull();
        assertTooDear(send("grokvideo:generate?duration=15&resolution=480p", "three"), "store/job=0.40 USD");
        assertTooDear(send("grokvideo:validate?duration=15&resolution=480p", "three"), "store/job=0.40 USD");
        assertThat(posts()).isEqualTo(1);
        assertThat(jmx("budgets")).extracting(budget -> budget.get("budget").asText()).containsExactly("store/total");
    }

    private static void assertTooDear(Exchange exchange, String message) {
        assertThat(exchange.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining(message);
    }

    @Test
    void noEndpointEvadesTheBudgetOfItsKey() throws Exception {
        component().setBudget(SIX_SECONDS + " USD/day");

        assertThat(generate("one", "&maxJobCost=1 USD").getException()).isNull();
        assertRefused(generate("two", "&maxJobCost=1 USD"), "account:default/day");
        assertThatThrownBy(() -> generate("three", "&maxPollInterval=7s")).hasStackTraceContaining(
                "The endpoint overrides options of the account default, and would then be an account of its own");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void wrongOptionsAreNamed() {
        context.start();
        for (Map.Entry<Runnable, String> wrong : Map.<Runnable, String>of(
                () -> component().setBudget("20/day"), "budget must be an amount in USD or credits",
                () -> component().setBudget("20 USD/week"), "budget must be for each job, hour, day or month",
                () -> component().setTagBudgets(Map.of("acme", "0 USD")), "tagBudgets[acme] must be amounts of more than 0",
                () -> component().setStoreBudget("1 USD/day, 2 USD/day"), "There are two budgets store/day",
                () -> component().setBudgetZone("Atlantis"), "budgetZone is no time zone",
                () -> component().setBudgetWarnAt(0), "budgetWarnAt must be 1 to 100",
                () -> component().setKeepLedger(Duration.ofDays(1)), "keepLedger must be at least 32 days").entrySet()) {
            component().setBudget(null);
            component().setTagBudgets(Map.of());
            component().setStoreBudget(null);
            component().setBudgetZone("UTC");
            component().setBudgetWarnAt(80);
            component().setKeepLedger(Duration.ofDays(400));
            wrong.getKey().run();

            assertThatThrownBy(() -> component().getEngine()).hasStackTraceContaining(wrong.getValue());
        }
    }

    @Test
    void aWrongQueryIsExplained() throws Exception {
        Exchange wrong = send("grokvideo:spend", "{\"period\": \"last-year\", \"by\": \"account,color\", \"when\": 1, \"zone\": \"Mars\"}");

        assertThat(wrong.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("period=last-year: is not one of")
                .hasMessageContaining("by=color: is not one of account, tag, provider, model, day").hasMessageContaining("when: is not one")
                .hasMessageContaining("zone=Mars: must be a time zone");
        assertThat(wrong.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT)).isNull();
        assertThat(spend("{\"from\": \"2026-01-01T00:00:00Z\", \"until\": \"2026-02-01T00:00:00Z\"}")).isEmpty();
        assertThat(spend(null)).isEmpty();
    }
}
