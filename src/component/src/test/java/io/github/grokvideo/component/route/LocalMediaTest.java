// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an image on this machine reaches a gateway. */
class LocalMediaTest extends SimulatedGateway {

    private static final byte[] PIXEL = Base64.getDecoder().decode(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private Exchange generate(String gateway, String options, Object image) throws Exception {
        component(context, gateway);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate?duration=6" + options);
                from("direct:publish").process(exchange -> {
                    assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(PIXEL);
                    exchange.getMessage().setBody("https://media.example/pixel.png");
                });
            }
        });
        return context.createFluentProducerTemplate().to("direct:generate")
                .withBody(Map.of("prompt", "it comes alive", "images", List.of(image))).send();
    }

    private Path pixel() throws Exception {
        return Files.write(directory.resolve("pixel.png"), PIXEL);
    }

    private String submitted() {
        List<LoggedRequest> submits = simulator.requests().entries(RequestKind.SUBMIT);
        assertThat(submits).hasSize(1);
        return submits.get(0).body();
    }

    @Test
    void inlineAtXai() throws Exception {
        assertThat(generate("xai", "", pixel().toFile()).getException()).isNull();
        assertThat(submitted()).contains("data:image/png;base64," + Base64.getEncoder().encodeToString(PIXEL));
    }

    @Test
    void uploadedAtToApis() throws Exception {
        assertThat(generate("toapis", "", PIXEL).getException()).isNull();
        assertThat(simulator.requests().count(RequestKind.UPLOAD)).isEqualTo(1);
        assertThat(submitted()).contains("image_urls").doesNotContain("base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reapi", "aivideoapi", "uniall"})
    void publishedByARouteOfTheUsersElsewhere(String gateway) throws Exception {
        Exchange done = generate(gateway, "&mediaPublisher=direct:publish", pixel().toFile());

        assertThat(done.getException()).isNull();
        assertThat(submitted()).contains("https://media.example/pixel.png");
    }

    @Test
    void withoutAPublisherTheErrorSaysSoAndNothingIsSpent() throws Exception {
        Exchange failed = generate("reapi", "", pixel().toFile());

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("mediaPublisher");
        assertThat(posts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "pipe.png"})
    @Timeout(60)
    void aMessageCannotHoldUpTheRouteWithADeviceOrAPipe(String name) throws Exception {
        Path pipe = directory.resolve("pipe.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Path path = directory.resolve(name);

        Exchange failed = generate("toapis", "", path.toFile());

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("it is not a regular file");
        assertThat(posts()).isZero();
        Exchange named = context.createFluentProducerTemplate().to("direct:generate")
                .withBody("{\"prompt\": \"it moves\", \"images\": [\"" + path + "\"]}").send();
        assertThat(named.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("mediaDirectories");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reapi", "toapis", "aivideoapi", "uniall"})
    void aModeTheModelDoesNotHaveIsTheOnlyThingThatIsSaid(String gateway) throws Exception {
        Exchange failed = generate(gateway, "&mode=remix&style=fun", pixel().toFile());

        assertThat(failed.getException()).isInstanceOfSatisfying(InvalidRequestException.class, invalid -> assertThat(
                invalid.getViolations()).singleElement().asString().startsWith("mode=remix: is not a mode of "));
        assertThat(posts()).isZero();
    }

    @Test
    void noOtherFileOfThisMachineIsEverSent() throws Exception {
        File secrets = Files.writeString(directory.resolve("secrets.png"), "password=hunter2").toFile();

        Exchange failed = generate("toapis", "", secrets);

        assertThat(failed.getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("secrets.png");
        assertThat(simulator.requests().count(RequestKind.UPLOAD)).isZero();
        assertThat(posts()).isZero();
    }
}
