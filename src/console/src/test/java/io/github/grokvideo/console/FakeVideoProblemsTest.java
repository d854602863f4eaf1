// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake problems have the shape of the component's. */
class FakeVideoProblemsTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;
    private RealVideoJobs real;
    private FakeVideoJobs jobs;
    private FakeVideoProblems fake;

    @BeforeEach
    void start() throws Exception {
        real = new RealVideoJobs(directory);
        jobs = new FakeVideoJobs("fake", SampleJobs.jobs(100, Instant.now()));
        fake = new FakeVideoProblems("fake", jobs);
    }

    @AfterEach
    void stop() throws Exception {
        fake.close();
        jobs.close();
        real.close();
    }

    private ObjectName realName() throws Exception {
        return new ObjectName("org.apache.camel:context=" + real.context.getManagementName() + ",type=services,name=VideoProblems");
    }

    @Test
    void isLikeTheRealOne() throws Exception {
        ObjectName fakes = new ObjectName("org.apache.camel:context=fake,type=services,name=VideoProblems");
        assertThat(MBeanShape.names(SERVER.getMBeanInfo(fakes))).isEqualTo(MBeanShape.names(SERVER.getMBeanInfo(realName())));

        real.send("direct:generate", "default", "a lighthouse [[fault:submit-500]]");
        JsonNode problems = Browserless.tree((String) SERVER.invoke(realName(), "problems", new Object[] {20}, new String[] {"int"}));

        assertThat(problems.at("/counts/unknown").asInt()).isEqualTo(1);
        fake.solve("undelivered");
        fake.solve("held");
        fake.solve("untaken");
        fake.solve("accounts");
        fake.solve("budgets");
        MBeanShape.same("problems", problems, Browserless.tree(fake.problems(20)));
        MBeanShape.same("counts", Browserless.tree((String) SERVER.invoke(realName(), "counts", null, null)),
                Browserless.tree(fake.counts()));
    }
}
