// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which files of this machine the text of a message can have read. */
class MediaDirectoriesTest extends CamelTest {

    private static final byte[] PNG = { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0 };

    private Path media;
    private Path inside;
    private Path outside;

    @BeforeEach
    void files() throws Exception {
        Path real = directory.toRealPath();
        media = Files.createDirectories(real.resolve("media"));
        inside = Files.write(media.resolve("in.png"), PNG);
        outside = Files.write(real.resolve("out.png"), PNG);
        Files.createSymbolicLink(media.resolve("link-in.png"), inside);
        Files.createSymbolicLink(media.resolve("link-out.png"), outside);
        Files.createSymbolicLink(media.resolve("folder-out"), real);
    }

    private String confined() {
        return "grokvideo:generate?mediaDirectories=" + media;
    }

    private Media image(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return engine.lastOrder().request().images().get(0);
    }

    private String refused(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(InvalidRequestException.class);
        assertThat(engine.orders).isEmpty();
        return exchange.getException().getMessage();
    }

    private static Map<String, Object> naming(Object image) {
        return Map.of("prompt", "moves", "images", List.of(image));
    }

    @Test
    void withoutTheOptionNoFileThatATextNamesIsRead() throws Exception {
        String json = "{\"prompt\": \"moves\", \"images\": [\"" + inside + "\"]}";
        for (Object body : List.of(naming(inside.toString()), naming(inside.toUri().toString()), naming("file:" + inside),
                naming(Map.of("path", inside.toString())), json, json.getBytes(StandardCharsets.UTF_8), new ObjectMapper().readTree(json),
                Map.of("prompt", "moves", "video", inside.toString()), naming("in.png"))) {
            assertThat(refused(send("grokvideo:generate", body))).as(body.toString()).contains("mediaDirectories");
        }
        assertThat(refused(send("grokvideo:generate", naming("/no/such/file.png"))))
                .as("nothing is told of what there is").isEqualTo(refused(send("grokvideo:generate", naming(inside.toString())))
                        .replace(inside.toString(), "/no/such/file.png"));
    }

    @Test
    void noneRefusesFilesAlsoWhereTheComponentAllowsThem() {
        component.getConfiguration().setMediaDirectories(media.toString());

        assertThat(image(send("grokvideo:generate", naming("in.png")))).isEqualTo(new Media.LocalFile(inside, media));
        engine.orders.clear();
        assertThat(refused(send("grokvideo:generate?mediaDirectories=none", naming("in.png")))).contains("mediaDirectories");
    }

    @Test
    void filesInADirectoryAreRead() {
        for (Object named : List.of(inside.toString(), inside.toUri().toString(), "file:" + inside, "in.png", "link-in.png",
                Map.of("path", "in.png"), media + "/../media/in.png")) {
            assertThat(image(send(confined(), naming(named)))).as(named.toString()).isEqualTo(new Media.LocalFile(inside, media));
        }
        assertThat(image(send("grokvideo:generate?mediaDirectories=/no/such/folder, " + media, naming("in.png"))))
                .isEqualTo(new Media.LocalFile(inside, media));
    }

    @Test
    void whatLiesOutsideIsNotToldFromWhatDoesNotExist() {
        String none = refused(send(confined(), naming("none.png")));
        for (String named : List.of(outside.toString(), outside.toUri().toString(), "../out.png", "link-out.png", "folder-out/out.png",
                directory.resolve("none.png").toString(), media.toString() + "-none/x.png", "/etc/passwd", "folder-out/none.png")) {
            assertThat(refused(send(confined(), naming(named)))).as(named).isEqualTo(none.replace("none.png",
                    named.startsWith("file:///") ? outside.toString() : named));
        }
    }

    @Test
    void whatTheAuthorOfTheRouteSetsIsFree() throws Exception {
        Media.LocalFile free = new Media.LocalFile(outside);
        for (String uri : List.of("grokvideo:generate", confined())) {
            assertThat(image(send(uri, "moves", Map.of(GrokVideoConstants.IMAGES, outside.toString())))).isEqualTo(free);
            assertThat(image(send(uri, naming(outside.toFile())))).isEqualTo(free);
            assertThat(image(send(uri, naming(outside)))).isEqualTo(free);
            assertThat(image(send(uri, VideoRequest.builder().prompt("moves").image(Media.of(outside.toString())).build())))
                    .isEqualTo(free);
        }
        assertThat(image(send("grokvideo:generate?images=" + outside, "moves"))).isEqualTo(free);
        assertThat(image(send("grokvideo:generate", outside.toFile(), Map.of(GrokVideoConstants.PROMPT, "moves")))).isEqualTo(free);
    }

    /** Camel's JMS consumer lets it in. */
    @Test
    void aHeaderInOtherLettersIsNotTheAuthors() {
        assertThat(refused(send("grokvideo:generate", "moves", Map.of("CAMELGrokVideoImages", outside.toString()))))
                .contains("mediaDirectories");
        assertThat(image(send(confined(), "moves", Map.of("CAMELGrokVideoImages", "in.png"))))
                .isEqualTo(new Media.LocalFile(inside, media));
    }

    @Test
    void aTextThatIsMadeARequestOnItsWayNamesNoFiles() {
        assertThatThrownBy(() -> context.getTypeConverter().convertTo(VideoRequest.class,
                "{\"prompt\": \"moves\", \"images\": [\"" + inside + "\"]}")).rootCause().isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("mediaDirectories");
    }

    @Test
    void promptFilesNameMediaAsTheyLieFromThere() throws Exception {
        Path folder = Files.createDirectories(media.resolve("sub"));
        Path near = Files.write(folder.resolve("near.png"), PNG);
        Path prompt = Files.writeString(folder.resolve("p.json"), "{\"prompt\": \"moves\", \"images\": [\"near.png\", \"../in.png\"]}");

        send(confined(), prompt.toFile());
        assertThat(engine.lastOrder().request().images())
                .containsExactly(new Media.LocalFile(near, media), new Media.LocalFile(inside, media));

        engine.orders.clear();
        Files.writeString(prompt, "{\"prompt\": \"moves\", \"images\": [\"../../out.png\"]}");
        assertThat(refused(send(confined(), prompt.toFile()))).contains("no such file");
        assertThat(refused(send("grokvideo:generate", prompt.toFile()))).contains("mediaDirectories");
    }

    @Test
    void aPromptThatIsALinkOutOfTheInboxIsNotRead() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "hunter2");
        Path inbox = Files.createDirectories(directory.resolve("inbox"));
        Files.createSymbolicLink(inbox.resolve("evil.txt"), secret);
        Files.createSymbolicLink(inbox.resolve("evil.png"), outside);
        Files.writeString(inbox.resolve("good.txt"), "a cat");
        Files.createSymbolicLink(inbox.resolve("same.txt"), Path.of("good.txt"));
        String uri = "grokvideo:generate?mediaDirectories=" + inbox;

        assertThat(refused(send(uri, inbox.resolve("evil.txt").toFile()))).contains("link out of its folder").doesNotContain("hunter2");
        assertThat(refused(send(uri, inbox.resolve("evil.png").toFile(), Map.of(GrokVideoConstants.PROMPT, "moves")))).contains("link");
        assertThat(send(uri, inbox.resolve("same.txt").toFile()).getException()).isNull();
        assertThat(engine.lastOrder().request().prompt()).isEqualTo("a cat");
    }

    @Test
    void aLinkThatTakesTheFilesPlaceLaterIsNotFollowed() throws Exception {
        Media named = image(send(confined(), naming("in.png")));
        Files.delete(inside);
        Files.createSymbolicLink(inside, outside);

        assertThat(LocalMedia.check("images", named)).get().asString().endsWith("there is no such file");
        assertThatThrownBy(() -> LocalMedia.open((Media.LocalFile) named)).isInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    @Test
    void oneDirectoryForEachCustomerByToD() throws Exception {
        Path acme = Files.createDirectories(media.resolve("acme"));
        Path globex = Files.write(Files.createDirectories(media.resolve("globex")).resolve("g.png"), PNG);
        Path anvil = Files.write(acme.resolve("anvil.png"), PNG);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD("grokvideo:generate?mediaDirectories=" + media + "/${header.customer}");
            }
        });

        assertThat(image(send("direct:in", naming("anvil.png"), Map.of("customer", "acme")))).isEqualTo(new Media.LocalFile(anvil, acme));
        engine.orders.clear();
        assertThat(refused(send("direct:in", naming("../globex/g.png"), Map.of("customer", "acme")))).contains("no such file");
        assertThat(refused(send("direct:in", naming(globex.toString()), Map.of("customer", "acme")))).contains("no such file");
    }
}
