// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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

        assertThat(MBeanShape.names(fakes)).isEqualTo(MBeanShape.names(info));
    }

    @Test
    void answersInTheSameShape() throws Exception {
        String delivered = real.send("direct:generate", "default", "a lighthouse");
        String moderated = real.send("direct:generate", "default", "a lighthouse [[fault:job-moderated]]");
        String unknown = real.send("direct:generate", "default", "a lighthouse [[fault:submit-500]]");
        String running = real.send("direct:submit", RealVideoJobs.PATIENT, "a lighthouse [[render=1m]] [[queue=10ms]]");
        await().atMost(Duration.ofSeconds(10)).until(() -> real("pollNow", running).get("state").asText().equals("RUNNING"));
        await().atMost(Duration.ofSeconds(10)).until(() -> real.job(delivered).state() == JobState.DELIVERED);

        MBeanShape.same("job delivered", real("job", delivered), Browserless.tree(fake.job("job-000000")));
        MBeanShape.same("job moderated", real("job", moderated), Browserless.tree(fake.job("job-000007")));
        MBeanShape.same("job unknown", real("job", unknown), Browserless.tree(fake.job("job-000009")));
        MBeanShape.same("job running", real("job", running), Browserless.tree(fake.job("job-000002")));
        MBeanShape.same("page", real("jobs", "", "", "", "created", true, 0, 20),
                Browserless.tree(fake.jobs("", "", "", "created", true, 0, 20)));
        MBeanShape.same("changed", real("changed", "{\"" + delivered + "\":\"\",\"nobody\":\"\"}"),
                Browserless.tree(fake.changed("{\"job-000000\":\"\",\"nobody\":\"\"}")));
        MBeanShape.same("history", real("history", 1), Browserless.tree(fake.history(1)));
    }
}
