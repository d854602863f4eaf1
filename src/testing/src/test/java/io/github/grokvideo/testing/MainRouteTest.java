// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing;

import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application of Camel Main, configured by properties. */
class MainRouteTest extends CamelMainTestSupport {

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.builder().provider("toapis").build();

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.putAll(video.properties());
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").to("grokvideo:generate").to("mock:videos");
            }
        });
    }

    @Test
    void aPromptBecomesAVideo() throws Exception {
        getMockEndpoint("mock:videos").expectedMessageCount(1);
        getMockEndpoint("mock:videos").expectedHeaderReceived("CamelGrokVideoProvider", "toapis");

        template.sendBody("direct:prompts", "A red kite");

        getMockEndpoint("mock:videos").assertIsSatisfied();
        video.assertPaidOnce();
    }
}
