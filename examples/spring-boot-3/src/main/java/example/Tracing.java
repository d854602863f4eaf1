// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/** Spans of routes and jobs, through the OpenTelemetry of Spring Boot. */
@Component
class Tracing implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        new OpenTelemetryTracer().init(camel);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // Nothing to do.
    }
}
