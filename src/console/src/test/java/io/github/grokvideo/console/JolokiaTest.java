// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What logins may do over JMX, tried over HTTP against MBeans that would obey. */
class JolokiaTest {

    private static final String JOBS = "org.apache.camel:context=guarded,type=services,name=VideoJobs";
    private static final String CONTEXT = "org.apache.camel:context=guarded,type=context,name=\"guarded\"";

    private static final VideoConsole CONSOLE = VideoConsole.builder().users(TestUsers.both()).build();
    private static CamelContext camel;
    private FakeVideoJobs jobs;

    @BeforeAll
    static void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setName("guarded");
        camel.getGlobalOptions().put("some.option", "key-in-an-option");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:tick?repeatCount=1").routeId("tick").setHeader("Authorization", constant("token-in-a-route"))
                        .filter(simple("${header.Authorization} != 'token-in-a-route'")).log("token-in-a-route").end()
                        .setBody(constant("lighthouse")).to("log:tick");
                // Dynamic, so that the log is not made: it has no such options.
                from("timer:never?delay=1h").routeId("sink").autoStartup(false)
                        .toD("log:sink?apiKey=hunter2&level=INFO&prompt=a+lighthouse&secretKey=RAW(s3cret&s3cret)&showBody=true");
            }
        });
        camel.start();
        CONSOLE.start();
    }

    @AfterAll
    static void stop() {
        CONSOLE.close();
        camel.stop();
    }

    @BeforeEach
    void register() throws JMException {
        jobs = new FakeVideoJobs("guarded", SampleJobs.jobs(20, Instant.now()));
    }

    @AfterEach
    void unregister() throws JMException {
        jobs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void everyLoginReadsJobs(String user) {
        Browserless browser = loggedIn(user);

        assertThat(value(browser.jolokia(exec(JOBS, "jobs", "", "", "", "created", true, 0, 5))).get("total").asInt()).isEqualTo(20);
        assertThat(value(browser.jolokia(exec(JOBS, "job", "job-000003"))).get("id").asText()).isEqualTo("job-000003");
        assertThat(browser.jolokia(exec(JOBS, "changes")).get("value").asText()).isEqualTo("0");
        assertThat(value(browser.jolokia(exec(JOBS, "changed", "{\"job-000003\":\"\"}"))).get("jobs")).hasSize(1);
        assertThat(browser.jolokia(exec(JOBS, "newer", "", "", "", "job-000003")).get("value").asInt()).isEqualTo(3);
        assertThat(value(browser.jolokia(exec(JOBS, "history", 2))).get("buckets")).hasSize(24);
        assertThat(browser.jolokia(Map.of("type", "read", "mbean", JOBS, "attribute", "Waiting")).get("value").asInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"pollNow", "stopWaiting", "cancel", "redeliver", "resubmit", "abandon", "retry"})
    void onlyManagersAct(String action) {
        JsonNode refused = loggedIn(TestUsers.VIEWER).jolokia(exec(JOBS, action, "job-000002"));
        assertThat(refused.get("status").asInt()).isEqualTo(403);
        assertThat(jobs.actions()).isEmpty();

        JsonNode done = loggedIn(TestUsers.MANAGER).jolokia(exec(JOBS, action, "job-000002"));
        assertThat(done.get("status").asInt()).isEqualTo(200);
        assertThat(jobs.actions()).containsExactly(action + "(job-000002)");
    }

    @Test
    void onlyManagersAdoptPrioritizeAndPurge() {
        Browserless viewer = loggedIn(TestUsers.VIEWER);
        assertThat(viewer.jolokia(exec(JOBS, "prioritize", "job-000009", 5)).get("status").asInt()).isEqualTo(403);
        assertThat(viewer.jolokia(exec(JOBS, "adopt", "job-000009", "task-1")).get("status").asInt()).isEqualTo(403);
        assertThat(viewer.jolokia(exec(JOBS, "purge(int)", 24)).get("status").asInt()).isEqualTo(403);
        assertThat(viewer.jolokia(exec("org.apache.camel:type=services,*", "purge", 24)).get("status").asInt()).isEqualTo(403);
        assertThat(jobs.actions()).isEmpty();

        Browserless manager = loggedIn(TestUsers.MANAGER);
        manager.jolokia(exec(JOBS, "adopt", "job-000009", "task-1"));
        manager.jolokia(exec(JOBS, "prioritize", "job-000009", 5));
        assertThat(manager.jolokia(exec(JOBS, "purge", 24)).get("value").asInt()).isEqualTo(7);
        assertThat(jobs.actions()).containsExactly("adopt(job-000009,task-1)", "prioritize(job-000009,5)", "purge(24)");
    }

    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void nobodyStopsAContextOrRunsAnythingElse(String user) {
        Browserless browser = loggedIn(user);

        for (Map<String, ?> request : List.of(
                exec(CONTEXT, "stop"), exec(CONTEXT, "stop()"), exec("org.apache.camel:*", "stop"),
                exec("org.apache.camel:context=guarded,type=routes,name=\"tick\"", "stop"),
                exec(CONTEXT, "dumpRoutesAsXml(boolean)", true),
                exec("java.lang:type=Memory", "gc"),
                exec("java.util.logging:type=Logging", "setLoggerLevel", "", "FINEST"),
                exec("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", "/tmp/heap.hprof", true),
                exec("com.sun.management:type=DiagnosticCommand", "vmSystemProperties"),
                Map.of("type", "write", "mbean", "java.lang:type=Memory", "attribute", "Verbose", "value", true),
                Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties"),
                Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", List.of("Uptime", "InputArguments")))) {
            assertThat(browser.jolokia(request).get("status").asInt()).as("%s", request).isEqualTo(403);
        }
        for (Map<String, ?> request : List.of(
                Map.of("type", "notification", "command", "register"), Map.of("type", "NOTIFICATION", "command", "register"),
                Map.of("type", "notification", "command", "add", "client", "1", "mode", "pull", "mbean", "java.lang:type=Memory"),
                Map.of("type", "notification", "command", "list", "client", "1"))) {
            assertThat(browser.jolokia(request).get("status").asInt()).as("%s", request).isEqualTo(403);
            assertThat(post(browser, "", "[{\"type\":\"version\"}," + Browserless.json(request) + "]").statusCode()).isEqualTo(403);
        }
        assertThat(post(browser, "", "{\"type\":\"version\",\"type\":\"notification\",\"command\":\"register\"}").body())
                .doesNotContain("\"id\"");
        assertThat(camel.getStatus().isStarted()).isTrue();
        assertThat(camel.getRouteController().getRouteStatus("tick").isStarted()).isTrue();
    }

    @Test
    void everyLoginReadsWhatHawtiosTabsShow() {
        Browserless browser = loggedIn(TestUsers.VIEWER);

        for (Map<String, ?> request : List.of(
                exec(CONTEXT, "dumpRoutesAsXml()"),
                exec(CONTEXT, "dumpRoutesStatsAsXml", true, true),
                exec("java.lang:type=Threading", "dumpAllThreads(boolean,boolean)", false, false),
                exec("hawtio:type=security,name=RBACRegistry", "list()"),
                Map.of("type", "read", "mbean", CONTEXT, "attribute", "State"),
                Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "Uptime"),
                Map.of("type", "search", "mbean", "org.apache.camel:*"),
                Map.of("type", "version"))) {
            assertThat(browser.jolokia(request).get("status").asInt()).as("%s", request).isEqualTo(200);
        }
    }

    /** Hawtio's page disables the buttons of what the answer says no to. */
    @Test
    void hawtiosPageLearnsWhatThePolicyRefuses() {
        for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
            Browserless browser = loggedIn(user);
            JsonNode found = browser.jolokia(Map.of("type", "search", "mbean", "*:type=security,area=jmx,*")).get("value");
            List<String> names = new ArrayList<>();
            found.forEach(name -> names.add(name.asText()));
            assertThat(names).filteredOn(name -> !name.contains("HawtioDummy")).hasSize(1);
            String rights = names.stream().filter(name -> !name.contains("HawtioDummy")).findFirst().orElseThrow();

            JsonNode answer = browser.jolokia(exec(rights, "canInvoke(java.util.Map)", Map.of(
                    CONTEXT, List.of("start()", "suspend()", "stop()", "dumpRoutesAsXml()"),
                    "io.github.grokvideo:type=VideoJobs,name=none", List.of("job(java.lang.String)")))).get("value").get(CONTEXT);

            for (String refused : List.of("start()", "suspend()", "stop()")) {
                assertThat(answer.get(refused).get("CanInvoke").asBoolean()).as("%s of %s", refused, user).isFalse();
            }
            assertThat(answer.get("dumpRoutesAsXml()").get("CanInvoke").asBoolean()).isTrue();
            assertThat(browser.jolokia(exec(rights, "canInvoke(java.lang.String)", CONTEXT)).get("value").asBoolean()).isTrue();
        }
    }

    @Test
    void nobodyReadsWhatMayHoldKeys() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName pool = new ObjectName("com.example.pool:type=Pool");
        server.registerMBean(new StandardMBean(new Pool(), PoolMBean.class), pool);
        try {
            for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
                Browserless browser = loggedIn(user);
                assertThat(browser.jolokia(Map.of("type", "read", "mbean", pool.toString())).toString()).doesNotContain("hunter2");
                assertThat(browser.jolokia(Map.of("type", "search", "mbean", "*:*")).get("value").toString())
                        .doesNotContain("example.pool");
                assertThat(browser.jolokia(Map.of("type", "list")).get("value").has("com.example.pool")).isFalse();
                for (String mbean : List.of(CONTEXT, "org.apache.camel:context=guarded,type=processors,*", "*:*")) {
                    assertThat(browser.jolokia(Map.of("type", "read", "mbean", mbean, "config", Map.of("ignoreErrors", "true"))).toString())
                            .as(mbean).doesNotContain("token-in-a-route").doesNotContain("key-in-an-option").doesNotContain("hunter2");
                }
            }
        } finally {
            server.unregisterMBean(pool);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestUsers.VIEWER, TestUsers.MANAGER})
    void theSourceOfARouteIsShownWithoutItsSecrets(String user) {
        Browserless browser = loggedIn(user);

        for (String source : List.of(browser.jolokia(exec(CONTEXT, "dumpRoutesAsXml()")).get("value").asText(),
                browser.jolokia(exec("org.apache.camel:context=guarded,type=routes,name=\"sink\"", "dumpRouteAsXml()"))
                        .get("value").asText())) {
            assertThat(source).contains("log:sink", "<route", "level=INFO", "showBody=true")
                    .doesNotContain("hunter2").doesNotContain("lighthouse").doesNotContain("s3cret");
        }
    }

    /** However it is asked: not every answer says what it answers. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?includeRequest=false", "?includeRequest=false&canonicalNaming=false&ifModifiedSince=0",
            "?mimeType=text/plain"})
    void everyAnswerWithTheSourceIsMasked(String query) {
        Browserless browser = loggedIn(TestUsers.VIEWER);
        String whole = Browserless.json(exec(CONTEXT, "dumpRoutesAsXml()"));
        String one = Browserless.json(exec("org.apache.camel:context=guarded,type=routes,name=\"sink\"", "dumpRouteAsXml()"));
        String quiet = whole.substring(0, whole.length() - 1) + ",\"config\":{\"includeRequest\":\"false\"}}";

        for (String body : List.of(whole, one, quiet, "[" + whole + "," + one + "]", "[{\"type\":\"version\"}," + quiet + "]")) {
            assertThat(post(browser, query, body).body()).as(body)
                    .contains("<route", body == one || !body.contains("dumpRoutesAsXml") ? "log:sink" : "Authorization", "showBody=true")
                    .doesNotContain("hunter2").doesNotContain("lighthouse").doesNotContain("s3cret").doesNotContain("token-in-a-route");
        }
    }

    @Test
    void largeBodiesAreNotReadAtAll() {
        Browserless browser = loggedIn(TestUsers.VIEWER);
        String large = "{\"type\":\"version\",\"x\":\"" + "x".repeat(1 << 20) + "\"}";

        assertThat(post(browser, "", large).statusCode()).isEqualTo(413);
        assertThat(browser.send(browser.request("jolokia").header("Content-Type", "application/json").header("Origin", browser.origin())
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))))
                .statusCode())
                .as("without a length").isEqualTo(413);
        assertThat(post(browser, "", "{\"type\":\"version\",\"x\":\"" + "x".repeat((1 << 20) - 100) + "\"}").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> post(Browserless browser, String query, String body) {
        return browser.send(browser.request("jolokia" + query).header("Content-Type", "application/json").header("Origin", browser.origin())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What a program may have registered beside us. */
    public interface PoolMBean {
        String getPassword();
    }

    private static final class Pool implements PoolMBean {
        @Override
        public String getPassword() {
            return "hunter2";
        }
    }

    @Test
    void answersOurOwnPageOnly() {
        Browserless browser = loggedIn(TestUsers.MANAGER);
        Map<String, ?> abandon = exec(JOBS, "abandon", "job-000002");

        assertThat(browser.jolokia(abandon, null).get("status").asInt()).isEqualTo(403);
        for (String origin : List.of("http://evil.example", "http://127.0.0.1:3000", browser.origin() + "0", "null",
                "https" + browser.origin().substring(4))) {
            assertThat(browser.jolokia(abandon, origin).isMissingNode()).as("nothing is answered to %s", origin).isTrue();
        }
        assertThat(jobs.actions()).isEmpty();

        assertThat(browser.jolokia(abandon, browser.origin()).get("status").asInt()).isEqualTo(200);
        assertThat(jobs.actions()).hasSize(1);

        // A link, or an image, can be put into any page.
        assertThat(browser.send(browser.request("jolokia/exec/" + JOBS + "/abandon/job-000002").header("Referer", browser.origin() + "/"))
                .body())
                .contains("\"status\":403");
        assertThat(jobs.actions()).hasSize(1);
    }

    @Test
    void hasNoProxy() {
        Browserless browser = loggedIn(TestUsers.MANAGER);
        JsonNode answer = browser.jolokia(Map.of("type", "read", "mbean", "java.lang:type=Runtime", "attribute", "Name",
                "target", Map.of("url", "service:jmx:rmi:///jndi/rmi://127.0.0.1:1/x")));

        assertThat(answer.get("value").asText()).as("answered by this JVM").isEqualTo(ManagementFactory.getRuntimeMXBean().getName());
        assertThat(browser.get("proxy/enabled").body()).isEqualTo("false");
        assertThat(browser.get("proxy/http/127.0.0.1/80/jolokia").statusCode()).isEqualTo(404);
    }

    private Browserless loggedIn(String user) {
        Browserless browser = new Browserless(CONSOLE);
        assertThat(browser.login(user, TestUsers.PASSWORD).statusCode()).isEqualTo(200);
        return browser;
    }

    private static Map<String, ?> exec(String mbean, String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", mbean, "operation", operation, "arguments", List.of(arguments));
    }

    private static JsonNode value(JsonNode answer) {
        assertThat(answer.get("status").asInt()).as("%s", answer).isEqualTo(200);
        return Browserless.tree(answer.get("value").asText());
    }
}
