// SPDX-License-Identifier: Apache-2.0
package example;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Text files dropped into the inbox become videos in the outbox. */
@Component
public class VideoRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{inbox}}?readLock=changed").routeId("videos")
                .to("grokvideo:generate?duration=6&directory={{outbox}}");
    }
}
