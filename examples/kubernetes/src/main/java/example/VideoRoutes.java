// SPDX-License-Identifier: Apache-2.0
package example;

import io.github.grokvideo.component.camel.beans.JsonRequest;
import io.github.grokvideo.component.camel.beans.ProblemDetails;
import io.github.grokvideo.component.error.GrokVideoException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** A prompt sent over HTTP becomes a video in the outbox. Any replica may take the request, and any other may deliver the video. */
@Component
public class VideoRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("platform-http:/videos?httpMethodRestrict=POST&consumes=application/json").routeId("submit")
                .onException(GrokVideoException.class).handled(true).process(new ProblemDetails()).end()
                .bean(JsonRequest.class, "readWithTag(${exchange}, 262144)")
                .setHeader("CamelGrokVideoJobKey", header("Idempotency-Key"))
                .to("grokvideo:submit?mediaDirectories=none")
                .to("direct:json")
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(202));

        from("platform-http:/videos/{id}?httpMethodRestrict=GET").routeId("status")
                .onException(GrokVideoException.class).handled(true).process(new ProblemDetails()).end()
                .setHeader("CamelGrokVideoJobId", header("id"))
                .to("grokvideo:status")
                .to("direct:json");

        from("direct:json").routeId("json")
                .marshal().json()
                .removeHeaders("*")
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"));

        from("grokvideo:completed").routeId("deliver")
                .choice()
                    .when(header("CamelGrokVideoError").isNull())
                        // Another program that looks into the outbox sees only complete files.
                        .to("file:{{outbox}}?fileName=${header.CamelGrokVideoJobId}.mp4&tempPrefix=.")
                        .log("Delivered ${header.CamelGrokVideoJobId}")
                    .otherwise()
                        .log("No video: ${header.CamelGrokVideoError}");
    }
}
