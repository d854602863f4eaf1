// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.request.FieldValue;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest extends CamelTest {

    private static final byte[] PNG = { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0 };

    private static final byte[] MP4 = "\0\0\0\u001cftypisom".getBytes(StandardCharsets.ISO_8859_1);

    private VideoRequest sent(Object body, Map<String, Object> headers) {
        Exchange exchange = send("grokvideo:generate", body, headers);
        assertThat(exchange.getException()).isNull();
        return engine.lastOrder().request();
    }

    private Exception refused(Object body) {
        Exchange exchange = send("grokvideo:generate", body);
        assertThat(exchange.getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(engine.orders).isEmpty();
        return exchange.getException();
    }

    @Test
    void aTextIsThePrompt() {
        assertThat(sent("  a cat\n", Map.of()).prompt()).isEqualTo("a cat");
        assertThat(sent("{a cat} in braces", Map.of()).prompt()).isEqualTo("{a cat} in braces");
        assertThat(sent(new StringBuilder("a dog"), Map.of()).prompt()).isEqualTo("a dog");
    }

    @Test
    void aTextThatIsAJsonObjectHasFields() {
        VideoRequest request = sent("\n {\"prompt\":\"a cat\",\"duration\":6,\"images\":[{\"url\":\"https://a.example/i.png\"},"
                + "{\"file_id\":\"f1\"}],\"video\":\"job:7\",\"seed\":null}", Map.of());

        assertThat(request.prompt()).isEqualTo("a cat");
        assertThat(request.duration()).isEqualTo(6);
        assertThat(request.images()).containsExactly(new Media.Url("https://a.example/i.png"), new Media.GatewayFile("f1"));
        assertThat(request.video()).isEqualTo(new Media.EarlierJob("7"));
        assertThat(request.seed()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"prompt\":\"a cat\"", "{\"prompt\":\"a\"} x", "{\"prompt\":\"a\",\"prompt\":\"b\"}", "{}" })
    void halfWrittenJsonIsNotPaidForAsAPrompt(String body) {
        assertThat(refused(body)).hasMessageNotContaining("a cat");
    }

    @Test
    void jsonOfAnotherShapeIsRefusedWhereTheContentTypeSaysJson() {
        assertThat(send("grokvideo:generate", "[1]", Map.of(Exchange.CONTENT_TYPE, "application/json")).getException())
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void headersThatEarlierStepsLeftDoNotChangeWhatABodyIs() throws Exception {
        Path prompt = Files.writeString(directory.resolve("p.txt"), "a cat");

        assertThat(sent("a cat", Map.of(Exchange.CONTENT_TYPE, "application/json")).prompt()).isEqualTo("a cat");
        assertThat(sent("a cat", Map.of(Exchange.CONTENT_TYPE, "video/mp4")).prompt()).isEqualTo("a cat");
        assertThat(sent(prompt.toFile(), Map.of(Exchange.CONTENT_TYPE, "video/mp4")).prompt()).isEqualTo("a cat");
    }

    @Test
    void valuesOfJavaAndJackson() throws Exception {
        assertThat(sent(VideoRequest.builder().prompt("a").seed(3L).additionalField("z", 1).build(), Map.of()).additionalFields())
                .containsEntry("z", 1);
        assertThat(sent(new ObjectMapper().readTree("{\"prompt\":\"n\"}"), Map.of()).prompt()).isEqualTo("n");
        assertThat(sent("text".getBytes(StandardCharsets.UTF_8), Map.of()).prompt()).isEqualTo("text");
        assertThat(sent("\uFEFF{\"prompt\":\"bom\"}", Map.of()).prompt()).isEqualTo("bom");
        assertThat(sent("\uFEFF{\"prompt\":\"bom\"}".getBytes(StandardCharsets.UTF_8), Map.of()).prompt()).isEqualTo("bom");
    }

    @Test
    void aStreamIsReadOnceAndStaysReadable() {
        Exchange exchange = send("grokvideo:validate", new ByteArrayInputStream("a cat".getBytes(StandardCharsets.UTF_8)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("a cat");
    }

    @Test
    void imagesAreToldByContentTypeExtensionOrBytes() throws Exception {
        Path png = Files.write(directory.resolve("i.png"), PNG);
        Path unnamed = Files.write(directory.resolve("i"), PNG);
        Map<String, Object> prompt = Map.of(GrokVideoConstants.PROMPT, "moves");

        assertThat(sent(png.toFile(), prompt).images()).containsExactly(new Media.LocalFile(png));
        assertThat(sent(unnamed, prompt).images()).containsExactly(new Media.LocalFile(unnamed));
        assertThat(sent(PNG, prompt).images()).containsExactly(new Media.Bytes(PNG, null));
        assertThat(sent(PNG, Map.of(Exchange.CONTENT_TYPE, "image/webp; x=1")).images())
                .containsExactly(new Media.Bytes(PNG, "image/webp"));
    }

    @Test
    void aVideoFileIsTheVideo() throws Exception {
        Path mp4 = Files.write(directory.resolve("v.MP4"), MP4);

        assertThat(sent(mp4.toFile(), Map.of(GrokVideoConstants.PROMPT, "longer")).video()).isEqualTo(new Media.LocalFile(mp4));
    }

    @Test
    void droppedFilesArePromptsJsonAndImages() throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        Files.writeString(inbox.resolve("1.txt"), "a cat\n");
        Files.writeString(inbox.resolve("2.json"), "{\"prompt\":\"a dog\",\"duration\":5}");
        Files.write(inbox.resolve("3.png"), PNG);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?noop=true&sortBy=file:name&initialDelay=0").to("grokvideo:generate?user=u")
                        .to("mock:out");
            }
        });
        org.awaitility.Awaitility.await().until(() -> engine.orders.size() == 3);

        assertThat(engine.orders.get(0).request().prompt()).isEqualTo("a cat");
        assertThat(engine.orders.get(1).request().duration()).isEqualTo(5);
        assertThat(engine.orders.get(2).request().images()).hasSize(1);
    }

    @Test
    void whatIsNoRequestIsRefused() {
        assertThat(refused(null)).hasMessageContaining("the body is empty");
        assertThat(refused("   ")).hasMessageContaining("the body is empty");
        assertThat(refused(new byte[] { (byte) 0xC3, 0x28 })).hasMessageContaining("UTF-8");
        assertThat(refused(new Object())).hasMessageContaining("java.lang.Object");
        assertThat(refused("x".repeat(FieldValue.MAX_TEXT + 1))).hasMessageContaining("must not be longer");
        assertThat(refused(directory.resolve("none.txt").toFile())).hasMessageContaining("cannot be read");
        assertThat(refused(Map.of("prompt", "x", "images", List.of(directory.resolve("none.png").toFile()))))
                .hasMessageContaining("cannot be read");
        assertThat(refused("\0\0\0\u001cftypheic".getBytes(StandardCharsets.ISO_8859_1))).hasMessageContaining("is a HEIC image");
        assertThat(refused(Map.of("prompt", "x", "images", List.of(MP4)))).hasMessageContaining("is an MP4 video; images must be");
        assertThat(refused(Path.of("/dev/zero"))).hasMessageContaining("not a regular file");
        assertThat(refused(directory)).hasMessageContaining("is a directory");
    }

    @Test
    void routesAndBeansConvertToRequests() {
        var converter = context.getTypeConverter();

        assertThat(converter.convertTo(VideoRequest.class, "{\"prompt\":\"j\"}").prompt()).isEqualTo("j");
        assertThat(converter.convertTo(VideoRequest.class, Map.of("prompt", "m")).prompt()).isEqualTo("m");
        assertThat(converter.convertTo(VideoRequest.class, "b".getBytes(StandardCharsets.UTF_8)).prompt()).isEqualTo("b");
        assertThatThrownBy(() -> converter.convertTo(VideoRequest.class, Map.of("promt", "m")))
                .hasRootCauseInstanceOf(InvalidRequestException.class);
    }
}
