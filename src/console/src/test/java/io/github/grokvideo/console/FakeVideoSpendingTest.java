// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake budgets and sums have the shape of the component's. */
class FakeVideoSpendingTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    private Path directory;
    private RealVideoJobs real;
    private FakeVideoSpending fake;

    @BeforeEach
    void start() throws Exception {
        real = new RealVideoJobs(directory, "1000 USD/month");
        fake = new FakeVideoSpending("fake");
    }

    @AfterEach
    void stop() throws Exception {
        fake.close();
        real.close();
    }

    private ObjectName realName() throws Exception {
        return new ObjectName("org.apache.camel:context=" + real.context.getManagementName() + ",type=services,name=VideoSpending");
    }

    private JsonNode real(String operation, String... arguments) throws Exception {
        String[] types = Collections.nCopies(arguments.length, "java.lang.String").toArray(String[]::new);
        return Browserless.tree((String) SERVER.invoke(realName(), operation, arguments, types));
    }

    @Test
    void hasTheSameAttributesAndOperations() throws Exception {
        ObjectName fakes = new ObjectName("org.apache.camel:context=fake,type=services,name=VideoSpending");

        assertThat(MBeanShape.names(SERVER.getMBeanInfo(fakes))).isEqualTo(MBeanShape.names(SERVER.getMBeanInfo(realName())));
    }

    @Test
    void answersInTheSameShape() throws Exception {
        real.send("direct:generate", "default", "a lighthouse");
        await().atMost(Duration.ofSeconds(10)).until(() -> real("budgets").size() == 1);

        MBeanShape.same("budgets", real("budgets"), Browserless.tree(fake.budgets()));
        for (String by : new String[] {"account", "tag", "model"}) {
            MBeanShape.same("sums by " + by, real("spend", "today", by), Browserless.tree(fake.spend("today", by)));
        }
        for (String by : new String[] {"account", "tag", "model"}) {
            MBeanShape.same("activity by " + by, Browserless.tree((String) SERVER.invoke(realName(), "activity", new Object[] {24, by},
                    new String[] {"int", "java.lang.String"})), Browserless.tree(fake.activity(24, by)));
        }
        MBeanShape.same("after a change", real("changeLimit", "store/month", "20.5"),
                Browserless.tree(fake.changeLimit("store/total", "20.5")));
        assertThat(real("budgets").get(0).get("limit").decimalValue()).isEqualByComparingTo("20.5");
        assertThat(real("changeLimit", "store/month", "").get(0).get("limit").decimalValue()).as("as configured")
                .isEqualByComparingTo("1000");
    }
}
