// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

@Component
class VideoRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:video").routeId("video").to("grokvideo:generate?duration=6&directory={{videos}}");
    }
}
