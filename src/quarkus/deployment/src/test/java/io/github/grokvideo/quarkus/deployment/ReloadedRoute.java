// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.quarkus.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent;

/** Makes one video each time the application starts. */
@ApplicationScoped
public class ReloadedRoute extends RouteBuilder {

    /** LiveReloadIT changes it in the source. */
    private static final String NAME = "one";

    @Override
    public void configure() {
        from("direct:videos").to("grokvideo:generate?duration=6&directory={{made}}&fileName=" + NAME + ".mp4");
    }

    void started(@Observes CamelEvent.CamelContextStartedEvent event) {
        event.getContext().createProducerTemplate().asyncSendBody("direct:videos", "Prompt " + NAME);
    }
}
