// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.UnsupportedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With shell scripts in place of ffmpeg; the real one is in the tests of the route rest-api. */
class VideoPosterTest {

    @TempDir
    Path dir;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final VideoPoster poster = new VideoPoster(Duration.ofSeconds(20));

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    /** @param does what it does, after it has written its arguments to the file {@code called} */
    private String program(String does) throws IOException {
        Path script = dir.resolve("decoder");
        Files.writeString(script, "#!/bin/sh\necho \"$@\" >> " + dir.resolve("called") + "\n" + does + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private List<String> calls() throws IOException {
        return Files.exists(dir.resolve("called")) ? Files.readAllLines(dir.resolve("called")) : List.of();
    }

    private Message request(String sha256) throws IOException {
        Message message = new DefaultExchange(context).getMessage();
        message.setBody(Files.writeString(dir.resolve("v.mp4"), "0123456789").toFile());
        message.setHeader(GrokVideoConstants.SHA256, sha256);
        message.setHeader(GrokVideoConstants.JOB_ID, "job-1");
        message.setHeader(Exchange.CONTENT_TYPE, "video/mp4");
        return message;
    }

    private Message made(Message message, String program) throws Exception {
        poster.make(message.getExchange(), program);
        return message;
    }

    @Test
    void thePictureIsTheAnswerAndIsKept() throws Exception {
        String program = program("printf picture");

        Message first = made(request("ab"), program);
        Message second = made(request("ab"), program);
        Message other = made(request("cd"), program);

        assertThat(first.getBody(String.class)).isEqualTo("picture");
        assertThat(first.getHeaders()).containsOnlyKeys("ETag", Exchange.CONTENT_TYPE);
        assertThat(first.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("image/jpeg");
        assertThat(first.getHeader("ETag")).isEqualTo("\"ab-poster\"");
        assertThat(second.getBody(String.class)).isEqualTo("picture");
        assertThat(other.getBody(String.class)).isEqualTo("picture");
        assertThat(calls()).hasSize(2)
                .allMatch(call -> call.contains("-protocol_whitelist file,pipe -f mov -max_pixels 67108864 -i file:" + dir));
    }

    @Test
    void aPictureThatIsKnownIsNotSent() throws Exception {
        Message request = request("ab");
        request.setHeader("If-None-Match", "\"x\", \"ab-poster\"");

        made(request, program("exit 1"));

        assertThat(request.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(304);
        assertThat(request.getBody()).isNull();
        assertThat(calls()).isEmpty();
    }

    @Test
    void whatIsNoFileIsLeftAsItIs() throws Exception {
        Message message = new DefaultExchange(context).getMessage();
        message.setBody("not ready");
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain");
        message.setHeader("Authorization", "a secret that the consumer would send back");

        assertThat(made(message, program("exit 1")).getBody()).isEqualTo("not ready");
        assertThat(message.getHeaders()).containsOnly(Map.entry(Exchange.CONTENT_TYPE, "text/plain"));
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 1", "true", "printf picture; exit 3", "head -c 300000 /dev/zero"})
    void aProgramThatMakesNoPictureIsSaid(String does) throws Exception {
        String program = program(does);

        assertThatThrownBy(() -> made(request("ab"), program)).isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("job-1").hasMessageContaining("made no picture of this video");
    }

    @Test
    void aProgramThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> made(request("ab"), dir.resolve("none").toString()))
                .isInstanceOf(UnsupportedException.class).hasMessageContaining("needs the program");
    }

    @Test
    void aProgramThatNeverEndsIsKilled() throws Exception {
        String program = program("exec sleep 600");

        assertThatThrownBy(() -> new VideoPoster(Duration.ofMillis(200)).make(request("ab").getExchange(), program))
                .hasMessageContaining("took longer than");
        await().until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void theDecoderDoesNotSeeTheEnvironment() throws Exception {
        assertThat(System.getenv()).as("this process has more").hasSizeGreaterThan(1);

        String environment = made(request("ab"), program("env")).getBody(String.class);

        // What a shell sets by itself is no secret.
        assertThat(environment.lines().map(line -> line.replaceFirst("=.*", ""))).isSubsetOf("PATH", "PWD", "OLDPWD", "SHLVL", "_");
    }

    @Test
    void noMoreThanTwoAreMadeAtATime() throws Exception {
        String program = program("while [ ! -e " + dir.resolve("go") + " ]; do sleep 0.05; done; printf picture");
        List<CompletableFuture<Message>> two = new ArrayList<>();
        for (String video : List.of("a", "b")) {
            Message request = request(video);
            two.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return made(request, program);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        await().until(() -> calls().size() == 2);

        Message third = made(request("c"), program);

        assertThat(third.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
        assertThat(third.getHeader("Retry-After")).isEqualTo(1);
        assertThat(third.getBody()).isNull();
        Files.createFile(dir.resolve("go"));
        for (CompletableFuture<Message> one : two) {
            assertThat(one.get().getBody(String.class)).isEqualTo("picture");
        }
        assertThat(made(request("c"), program).getBody(String.class)).isEqualTo("picture");
    }
}
