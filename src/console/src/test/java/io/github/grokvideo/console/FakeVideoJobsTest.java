// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands for the component in this module's tests says what the component says, in its words. */
class FakeVideoJobsTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;
    private RealVideoJobs real;
    private FakeVideoJobs fake;

    @BeforeEach
    void start() throws Exception {
        real = new RealVideoJobs(directory);
        fake = new FakeVideoJobs("fake", SampleJobs.jobs(100, Instant.now()));
    }

    @AfterEach
    void stop() throws Exception {
        fake.close();
        real.close();
    }

    private ObjectName realName() throws Exception {
        return new ObjectName("org.apache.camel:context=" + real.context.getManagementName() + ",type=services,name=VideoJobs");
    }

    private JsonNode real(String operation, Object... arguments) throws Exception {
        String[] types = Arrays.stream(arguments).map(argument -> argument instanceof Integer ? "int"
                : argument instanceof Boolean ? "boolean" : "java.lang.String").toArray(String[]::new);
        return Browserless.tree((String) SERVER.invoke(realName(), operation, arguments, types));
    }

    @Test
    void hasTheSameAttributesAndOperations() throws Exception {
        MBeanInfo info = SERVER.getMBeanInfo(realName());
        MBeanInfo fakes = SERVER.getMBeanInfo(new ObjectName("org.apache.camel:context=fake,type=services,name=VideoJobs"));

        assertThat(names(fakes)).isEqualTo(names(info));
    }

    private static TreeSet<String> names(MBeanInfo info) {
        TreeSet<String> names = new TreeSet<>();
        // Camel adds those of every service.
        List<String> camels = List.of("CamelId", "CamelManagementName", "RouteId", "ServiceType", "StaticService", "State",
                "SupportSuspension", "Suspended", "isSuspended", "start", "stop", "suspend", "resume");
        Arrays.stream(info.getAttributes()).map(attribute -> attribute.getName()).forEach(names::add);
        Arrays.stream(info.getOperations()).map(operation -> operation.getName()).forEach(names::add);
        names.removeAll(camels);
        // Camel lists the getters of attributes as operations as well.
        names.removeIf(name -> name.matches("(get|is)[A-Z].*"));
        return names;
    }

    @Test
    void answersInTheSameShape() throws Exception {
        String delivered = real.send("direct:generate", "default", "a lighthouse");
        String moderated = real.send("direct:generate", "default", "a lighthouse [[fault:job-moderated]]");
        String unknown = real.send("direct:generate", "default", "a lighthouse [[fault:submit-500]]");
        String running = real.send("direct:submit", RealVideoJobs.PATIENT, "a lighthouse [[render=1m]] [[queue=10ms]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> real("pollNow", running).get("state").asText().equals("RUNNING"));
        await().atMost(Duration.ofSeconds(10)).until(() -> real.job(delivered).state() == JobState.DELIVERED);

        sameShape("job delivered", real("job", delivered), Browserless.tree(fake.job("job-000000")));
        sameShape("job moderated", real("job", moderated), Browserless.tree(fake.job("job-000007")));
        sameShape("job unknown", real("job", unknown), Browserless.tree(fake.job("job-000009")));
        sameShape("job running", real("job", running), Browserless.tree(fake.job("job-000002")));
        sameShape("page", real("jobs", "", "", "", "created", true, 0, 20),
                Browserless.tree(fake.jobs("", "", "", "created", true, 0, 20)));
        sameShape("history", real("history", 1), Browserless.tree(fake.history(1)));
    }

    /** The same fields, of the same kinds, and for words the same words where there are few. */
    private static void sameShape(String what, JsonNode real, JsonNode fake) {
        Map<String, String> reals = kinds(real);
        Map<String, String> fakes = kinds(fake);
        assertThat(unlike(fakes, reals)).as("%s: of the fake and not of the component", what).isEmpty();
        assertThat(unlike(reals, fakes)).as("%s: of the component and not of the fake", what).isEmpty();
        assertThat(fake.get("actions")).as(what).isEqualTo(real.get("actions"));
    }

    /** What is null on one side may be anything on the other. */
    private static Map<String, String> unlike(Map<String, String> ones, Map<String, String> others) {
        Map<String, String> unlike = new TreeMap<>(ones);
        unlike.entrySet().removeIf(one -> one.getValue().equals("null") || others.entrySet().stream().anyMatch(other ->
                other.getValue().equals("null") ? (one.getKey() + "/").startsWith(other.getKey() + "/") : one.equals(other)));
        return unlike;
    }

    /** The first element stands for the others of an array; what a job's own words are keys of is left out. */
    private static Map<String, String> kinds(JsonNode node) {
        Map<String, String> kinds = new TreeMap<>();
        add(kinds, "", node);
        return kinds;
    }

    private static void add(Map<String, String> kinds, String path, JsonNode node) {
        if (node.isObject() && !List.of("/request", "/metadata", "/buckets/spend", "/buckets/ended").contains(path)) {
            node.fields().forEachRemaining(field -> add(kinds, path + "/" + field.getKey(), field.getValue()));
        } else if (node.isArray() && !node.isEmpty() && !path.equals("/actions")) {
            add(kinds, path, node.get(0));
        } else {
            String words = path.endsWith("/charged") || path.endsWith("/error/type") ? "=" + node.asText() : "";
            kinds.put(path, node.getNodeType().name().toLowerCase() + words);
        }
    }
}
