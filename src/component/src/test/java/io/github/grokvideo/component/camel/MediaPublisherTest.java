// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.job.Media;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

class MediaPublisherTest extends CamelTest {

    private CompletableFuture<String> published(Media media, Object answer) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:publish").process(exchange -> {
                    if (answer instanceof Exception failure) {
                        throw failure;
                    }
                    exchange.getMessage().setBody(answer + exchange.getMessage().getHeader(Exchange.FILE_NAME, "", String.class)
                            + (exchange.getMessage().getBody() instanceof File ? "?file" : "?bytes"));
                });
            }
        });
        send("grokvideo:generate?mediaPublisher=direct:publish", "a cat");
        return engine.lastOrder().mediaPublisher().apply(media);
    }

    @Test
    void aRouteMakesLocalMediaFetchable() throws Exception {
        assertThat(published(new Media.LocalFile(directory.resolve("i.png")), "https://cdn.example/"))
                .succeedsWithin(Duration.ofSeconds(9)).isEqualTo("https://cdn.example/i.png?file");
    }

    @Test
    void bytesAreSentAsTheyAre() throws Exception {
        assertThat(published(new Media.Bytes(new byte[] { 1 }, "image/png"), "https://cdn.example/x"))
                .succeedsWithin(Duration.ofSeconds(9)).isEqualTo("https://cdn.example/x?bytes");
    }

    @Test
    void anAnswerWithoutUrlFails() throws Exception {
        assertThat(published(new Media.Bytes(new byte[] { 1 }, null), "thanks")).failsWithin(Duration.ofSeconds(9));
    }

    @Test
    void aFailureOfTheRouteIsPassedOn() throws Exception {
        assertThat(published(new Media.Bytes(new byte[] { 1 }, null), new IllegalStateException("full")))
                .failsWithin(Duration.ofSeconds(9));
    }

    @Test
    void withoutItThereIsNone() {
        send("grokvideo:generate", "a cat");
        assertThat(engine.lastOrder().mediaPublisher()).isNull();
    }
}
