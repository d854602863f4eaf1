// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

class SecretsTest extends CamelTest {

    private static final String KEY = "sk-topsecret";

    @Test
    void nothingThatIsShownHoldsTheKey() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?apiKey=" + KEY);
            }
        });
        Endpoint endpoint = context.getEndpoints().stream().filter(GrokVideoEndpoint.class::isInstance).findFirst().orElseThrow();

        assertThat(endpoint.toString()).doesNotContain(KEY);
        assertThat(engine.accounts.toString()).doesNotContain(KEY).doesNotContain("sk-hidden");
        assertThat(AccountSettings.of(component.getConfiguration()).toString()).doesNotContain("sk-hidden");
        assertThat(new GrokVideoAccount("xai", KEY).toString()).doesNotContain(KEY);

        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:context=" + context.getName() + ",*"), null);
        assertThat(names).anyMatch(name -> name.toString().contains("grokvideo"));
        for (ObjectName name : names) {
            assertThat(name.toString()).doesNotContain(KEY);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    assertThat(String.valueOf(server.getAttribute(name, attribute.getName())))
                            .as(name + " " + attribute.getName()).doesNotContain(KEY).doesNotContain("sk-hidden");
                }
            }
        }
    }
}
