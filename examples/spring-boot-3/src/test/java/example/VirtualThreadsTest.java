// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.util.concurrent.ThreadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Camel's threads are virtual where Java has such threads. It decides so once in a JVM: no other test may share this one's. */
@CamelSpringBootTest
@SpringBootTest(properties = {"spring.threads.virtual.enabled=true", "spring.datasource.url=jdbc:h2:mem:virtual"})
@DirtiesContext
class VirtualThreadsTest {

    private static final int FIRST_JAVA = 21;

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    static Path dir;

    @Autowired
    private CamelContext camel;

    @TestConfiguration
    static class Readme {

        @Bean
        RouteBuilder readmeRoute() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:{{readme}}/inbox?readLock=changed").routeId("readme")
                            .to("grokvideo:generate")
                            .to("file:{{readme}}/outbox?fileName=${file:name.noext}.mp4");
                }
            };
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        video.register(registry::add);
        registry.add("camel.component.grokvideo.job-store", () -> "jdbc");
        registry.add("readme", dir::toString);
        registry.add("inbox", dir.resolve("other")::toString);
        registry.add("outbox", dir.resolve("other")::toString);
    }

    @Test
    void theRouteOfTheReadmeRunsOnThem() throws Exception {
        assertThat(ThreadType.current()).isEqualTo(
                Runtime.version().feature() < FIRST_JAVA ? ThreadType.PLATFORM : ThreadType.VIRTUAL);
        NotifyBuilder done = new NotifyBuilder(camel).fromRoute("readme").whenDone(1).create();
        Files.createDirectories(dir.resolve("inbox"));
        Files.writeString(dir.resolve("inbox/fox.txt"), "A fox runs through fresh snow");
        assertThat(done.matches(60, TimeUnit.SECONDS)).isTrue();

        assertThat(new String(Files.readAllBytes(dir.resolve("outbox/fox.mp4")), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        video.assertPaidOnce();
    }
}
