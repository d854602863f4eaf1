// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.JobState;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiBeansTest {

    @TempDir
    Path dir;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final Message message = exchange.getMessage();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private Object created(Object body) {
        message.setBody(body);
        new OpenAiRequest().create(exchange, 1000);
        return message.getBody();
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(message.getBody(byte[].class));
    }

    @Test
    void aRequestGetsOurNames() {
        assertThat(created("{\"model\": \"m\", \"prompt\": \"A fox\", \"seconds\": \"4\", \"size\": \"1280x720\", \"seed\": 3,"
                + " \"negative_prompt\": \"dogs\", \"generate_audio\": false, \"user\": \"u\"}"))
                .isEqualTo(Map.of("model", "m", "prompt", "A fox", "duration", "4", "resolution", "720p", "aspectRatio", "16:9",
                        "seed", 3, "negativePrompt", "dogs", "generateAudio", false, "user", "u"));
        assertThat(created("{\"prompt\": \"A fox\", \"input_reference\": {\"image_url\": \"https://example.org/a.png\"}}"))
                .isEqualTo(Map.of("prompt", "A fox", "images", List.of("https://example.org/a.png")));
        assertThat(created("{\"prompt\": \"A fox\", \"input_reference\": {\"file_id\": \"f-1\"}}"))
                .isEqualTo(Map.of("prompt", "A fox", "images", List.of(Map.of("file_id", "f-1"))));
    }

    @Test
    void aFormIsReadAsTheConsumerProvidesIt() throws Exception {
        assertThat(created(Map.of("prompt", "A fox", "seconds", "4", "input_reference[file_id]", "f-1")))
                .isEqualTo(Map.of("prompt", "A fox", "duration", "4", "images", List.of(Map.of("file_id", "f-1"))));

        message.setHeaders(new LinkedHashMap<>(Map.of("prompt", "It flies", "Host", "localhost", "CamelAttachmentsSize", 1,
                Exchange.FILE_NAME, "first.png", "size", "720x1280")));
        created(Files.write(dir.resolve("upload"), new byte[] {1, 2}).toFile());
        Map<?, ?> fields = message.getBody(Map.class);
        assertThat((byte[]) ((List<?>) fields.get("images")).get(0)).containsExactly(1, 2);
        assertThat(fields.get("prompt")).isEqualTo("It flies");
        assertThat(fields.get("aspectRatio")).isEqualTo("9:16");
        assertThat(fields.keySet()).hasSize(4);
        assertThat(message.getHeader(Exchange.FILE_NAME)).as("the identity of a file's message").isNull();
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        assertThatThrownBy(() -> created("{\"prompt\": \"" + "x".repeat(1000) + "\"}")).isInstanceOf(BodyTooLargeException.class);
        message.setHeader("CamelAttachmentsSize", 1);
        assertThatThrownBy(() -> created(Files.write(dir.resolve("upload"), new byte[1001]).toFile()))
                .isInstanceOf(BodyTooLargeException.class);
        assertThat(message.getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"{\"promt\": \"A fox\"}|promt", "{\"size\": \"7x7\"}|size",
            "{\"size\": \"1280x720\", \"aspect_ratio\": \"1:1\"}|size", "{\"input_reference\": []}|input_reference",
            "{\"input_reference\": {\"path\": \"/etc/passwd\"}}|input_reference",
            "{\"input_reference\": {\"image_url\": \"a\", \"file_id\": \"b\"}}|input_reference", "A fox|body"})
    void whatIsWrongIsNamed(String body, String field) {
        assertThatThrownBy(() -> created(body)).isInstanceOf(InvalidRequestException.class).hasMessageContaining(field + ": ");
        assertThat(message.getHeader(GrokVideoConstants.ERROR_CHARGED)).isEqualTo("no");
    }

    @Test
    void aFormThatSaysSomethingTwiceIsRefused() throws Exception {
        assertThatThrownBy(() -> created(Map.of("prompt", List.of("A fox", "A cat")))).hasMessageContaining("prompt: must be given once");
        message.setHeader("CamelAttachmentsSize", 2);
        assertThatThrownBy(() -> created(Map.of("prompt", "A fox"))).hasMessageContaining("input_reference: must be one image");
        message.setHeader("CamelAttachmentsSize", 1);
        message.setHeader("input_reference[image_url]", "https://example.org/a.png");
        assertThatThrownBy(() -> created(Files.write(dir.resolve("upload"), new byte[1]).toFile()))
                .hasMessageContaining("input_reference: must be one image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thumbnail", "spritesheet", ""})
    void onlyTheVideoCanBeFetched(String variant) {
        new OpenAiRequest().content(exchange);
        message.setHeader("variant", "video");
        new OpenAiRequest().content(exchange);
        message.setHeader("variant", variant);
        assertThatThrownBy(() -> new OpenAiRequest().content(exchange)).hasMessageContaining("variant: ");
    }

    @Test
    void aVideoTellsWhatIsKnown() throws Exception {
        message.setHeader("CamelGrokVideoUrl", "https://example.org");
        message.setBody(Map.of("jobId", "j", "model", "m", "status", "DOWNLOADED", "duration", 6, "resolution", "720p",
                "aspectRatio", "9:16", "submittedAt", "2026-01-02T03:04:05.678Z", "downloadedAt", "2026-01-02T03:05:05Z", "progress", 40));

        new OpenAiAnswer().video(exchange);

        assertThat(message.getBody(String.class)).isEqualTo("""
                {"id":"j","object":"video","model":"m","status":"completed","progress":100,"created_at":1767323045,\
                "completed_at":1767323105,"expires_at":null,"seconds":"6","size":"720x1280","prompt":null,\
                "remixed_from_video_id":null,"error":null}""");
        assertThat(message.getHeaders()).containsOnly(Map.entry(Exchange.CONTENT_TYPE, "application/json"));
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void everyStateHasAWord(JobState state) throws Exception {
        message.setBody(Map.of("jobId", "j", "status", state.name()));

        new OpenAiAnswer().video(exchange);

        String word = json().path("status").asText();
        assertThat(word).isEqualTo(state == JobState.DELIVERED || state.hasVideo() ? "completed" : state.isEnded() ? "failed"
                : state == JobState.RUNNING || state == JobState.RENDERED ? "in_progress" : "queued");
        assertThat(json().at("/error/code").isTextual()).isEqualTo(word.equals("failed"));
    }

    @Test
    void aListSaysWhereItGoesOn() throws Exception {
        List<Map<String, Object>> jobs = new ArrayList<>();
        message.setBody(Map.of("total", 0L, "jobs", jobs));
        new OpenAiAnswer().list(exchange);
        assertThat(message.getBody(String.class))
                .isEqualTo("{\"object\":\"list\",\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");

        jobs.add(Map.of("jobId", "a", "status", "NEW"));
        jobs.add(Map.of("jobId", "b", "status", "NEW"));
        message.setBody(Map.of("total", 3L, "jobs", jobs));
        new OpenAiAnswer().list(exchange);
        assertThat(json().path("first_id").asText()).isEqualTo("a");
        assertThat(json().path("last_id").asText()).isEqualTo("b");
        assertThat(json().path("has_more").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED,true", "FAILED,true", "ACCEPTED,false", "DELIVERED,false", "RUNNING,false"})
    void whatWillHaveNoVideoIsDeleted(String state, boolean deleted) throws Exception {
        message.setBody(Map.of("jobId", "j", "status", state));

        new OpenAiAnswer().deleted(exchange);

        assertThat(message.getBody(String.class))
                .isEqualTo("{\"id\":\"j\",\"object\":\"video.deleted\",\"deleted\":" + deleted + "}");
    }

    @ParameterizedTest
    @EnumSource(ErrorType.class)
    void everyErrorHasTheEnvelopeAndIsRepeatedOnlyWhereThatHelps(ErrorType type) throws Exception {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, JobError.of(type, "no luck", Charged.UNKNOWN).toException("job-1", "xai"));
        message.setHeader("secret", "x");

        new OpenAiErrors().process(exchange);

        JsonNode error = json().path("error");
        assertThat(error.path("message").asText()).isEqualTo("no luck");
        assertThat(error.path("charged").asText()).isEqualTo("unknown");
        assertThat(error.path("code").asText()).isNotBlank().isLowerCase();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        assertThat(error.path("type").asText())
                .isIn(status >= 500 ? List.of("server_error") : List.of("requests", "invalid_request_error"));
        assertThat(message.getHeader("x-should-retry") == null).isEqualTo(message.getHeader("Retry-After") != null);
        assertThat(message.getHeader("secret")).isNull();
    }

    @Test
    void anErrorNamesTheParameterAsTheClientDoes() throws Exception {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT,
                InvalidRequestException.of("xai", "m", List.of(new Violation("duration", "99", "1 to 15"))));
        new OpenAiErrors().process(exchange);
        assertThat(json().at("/error/param").asText()).isEqualTo("seconds");

        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("s3cret"));
        new OpenAiErrors().process(exchange);
        assertThat(message.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(500);
        assertThat(message.getBody(String.class)).doesNotContain("s3cret");
    }
}
