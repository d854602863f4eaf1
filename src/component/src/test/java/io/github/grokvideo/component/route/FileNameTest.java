// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.InvalidRequestException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A video is put where the route says, under the name that the message says. */
class FileNameTest extends SimulatedGateway {

    private static final String NAME = "CamelGrokVideoFileName";
    private static final String FILE = "CamelGrokVideoFile";

    private Path videos() {
        return directory.resolve("videos");
    }

    private RouteBuilder generate(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?directory=" + videos() + options);
            }
        };
    }

    private static Exchange send(CamelContext camel, Map<String, Object> headers) {
        return camel.createFluentProducerTemplate().to("direct:in").withBody("a fox").withHeaders(headers).send();
    }

    private Exchange send(String name) {
        return send(context, Map.of(NAME, name));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(videos())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theHeaderNamesTheVideoAndAnotherHeaderSaysWhereItIs() throws Exception {
        routes(generate(""));

        Exchange first = send("Füchse im Schnee");
        Exchange second = send("Füchse im Schnee.mp4");

        assertThat(first.getMessage().getBody(File.class)).isEqualTo(videos().resolve("Füchse im Schnee.mp4").toFile()).isNotEmpty();
        assertThat(first.getMessage().getHeader(FILE)).isEqualTo(videos().resolve("Füchse im Schnee.mp4").toString());
        assertThat(second.getMessage().getHeader(FILE)).isEqualTo(videos().resolve("Füchse im Schnee-2.mp4").toString());
        assertThat(files()).containsExactly("Füchse im Schnee-2.mp4", "Füchse im Schnee.mp4");
    }

    @Test
    void anExpressionNamesIt() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").setHeader(NAME, simple("${header.CamelFileName}-${body.length}"))
                        .to("grokvideo:generate?directory=" + videos());
            }
        });

        send(context, Map.of("CamelFileName", "fox"));

        assertThat(files()).containsExactly("fox-5.mp4");
    }

    @Test
    void twoContextsOnOneDirectoryNeverOverwriteEachOther() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            component(other, provider()).setWorkDirectory(directory.resolve("other").toString());
            other.addRoutes(generate(""));
            other.start();
            routes(generate(""));

            List<CompletableFuture<Object>> sent = IntStream.range(0, 12).mapToObj(number -> CompletableFuture.supplyAsync(() -> send(
                    number % 2 == 0 ? context : other, Map.of(NAME, "fox")).getMessage().getHeader(FILE))).toList();

            assertThat(sent.stream().map(CompletableFuture::join).distinct()).hasSize(12);
        }
        assertThat(files()).as("and nothing else").hasSize(12).contains("fox.mp4", "fox-2.mp4", "fox-12.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../fox", "/tmp/fox", "a\\fox", "..", ".fox", "fox\nfox", "fox\0", "NUL", "com1.mp4", "Aux.backup.mp4"})
    void aNameThatIsMoreThanANameCostsNothing(String name) throws Exception {
        routes(generate(""));

        assertThat(send(name).getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("fileName=");
        assertThat(posts()).isZero();
    }

    @Test
    void aNameOfMoreThan240BytesIsShortened() throws Exception {
        routes(generate(""));
        String most = "ü".repeat(118);
        String longer = "ü".repeat(125) + "x";

        assertThat(send(most).getException()).isNull();
        assertThat(send(most).getException()).as("numbered").isNull();
        assertThat(send(longer).getException()).isNull();
        assertThat(send(longer).getException()).as("numbered").isNull();
        assertThat(send("ü".repeat(125) + "y").getException()).isNull();

        assertThat(files()).hasSize(5).contains(most + ".mp4", most + "-2.mp4")
                .allSatisfy(name -> assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(242));
        assertThat(files()).filteredOn(name -> name.matches("ü{109}-[0-9a-f]{16}[.]mp4")).as("different names stay different").hasSize(2);
        assertThat(files()).filteredOn(name -> name.matches("ü{109}-[0-9a-f]{16}-2[.]mp4")).hasSize(1);
    }

    @Test
    void theOptionNamesAllAndMayReplaceTheOneBefore() throws Exception {
        routes(generate("&fileName=latest&fileExist=Override"));

        send(context, Map.of());
        byte[] first = Files.readAllBytes(videos().resolve("latest.mp4"));
        send(context, Map.of());

        assertThat(files()).containsExactly("latest.mp4");
        assertThat(videos().resolve("latest.mp4")).isNotEmptyFile();
        assertThat(Files.readAllBytes(videos().resolve("latest.mp4"))).isNotEqualTo(first);
    }

    @Test
    void nothingIsPaidWhereTheNameMustNotBeTaken() throws Exception {
        routes(generate("&fileExist=Fail"));
        assertThat(send("fox").getException()).isNull();

        assertThat(send("fox").getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("fileName=fox.mp4");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void validateSaysSoAsWell() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:validate?directory=" + videos() + "&fileExist=Fail");
            }
        });
        Files.createDirectories(videos());
        Files.createFile(videos().resolve("fox.mp4"));

        assertThat(send("fox").getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("fileName=fox.mp4");
    }

    @ParameterizedTest
    @CsvSource({"fileName=fox, only with the option directory", "directory=videos&fileName=../fox, without /"})
    void aRouteWithAWrongNameDoesNotStart(String options, String why) {
        assertThatThrownBy(() -> routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?" + options);
            }
        })).hasStackTraceContaining("fileName=").hasStackTraceContaining(why);
    }

    @Test
    void aNameWithoutADirectoryCostsNothing() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate");
            }
        });

        assertThat(send("fox").getException()).isInstanceOf(InvalidRequestException.class).hasMessageContaining("directory");
        assertThat(posts()).isZero();
    }

    @Test
    void whereOnlyTheUrlIsWantedThereIsNothingToName() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:generate?output=url");
            }
        });

        assertThat(send("fox").getException()).isNull();
    }

    @Test
    void aTaskOfSomebodyElsesIsNamedToo() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("grokvideo:submit").removeHeader("CamelGrokVideoJobId").process(exchange ->
                        exchange.getMessage().setBody(null)).to("direct:elsewhere");
                from("direct:elsewhere").to("mock:submitted");
            }
        });
        Object task = send(context, Map.of()).getMessage().getHeader("CamelGrokVideoTaskId");
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            component(other, provider()).setWorkDirectory(directory.resolve("other").toString());
            other.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("grokvideo:await?directory=" + videos());
                }
            });
            other.start();

            Exchange named = other.createFluentProducerTemplate().to("direct:in")
                    .withHeaders(Map.of("CamelGrokVideoTaskId", task, NAME, "fox")).send();

            assertThat(named.getMessage().getHeader(FILE)).isEqualTo(videos().resolve("fox.mp4").toString());
        }
    }
}
