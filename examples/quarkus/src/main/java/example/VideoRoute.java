// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.builder.RouteBuilder;

/** A prompt sent to direct:videos becomes a video in the outbox. */
public class VideoRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:videos").routeId("videos")
                .to("grokvideo:generate?duration=6&directory={{outbox}}");
    }
}
