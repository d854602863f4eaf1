// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.JobError;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeansTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private void body(Object body) {
        exchange.getMessage().setBody(body);
    }

    private void caught(ErrorType type) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, JobError.of(type, "no luck", Charged.UNKNOWN).toException("job-1", "xai"));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
    }

    @Test
    void aJsonObjectBecomesFields() {
        String text = "{\"prompt\": \"Füchse\", \"duration\": 6, \"images\": [\"https://example.org/a.jpg\"]}";
        for (Object body : List.of(text, text.getBytes(StandardCharsets.UTF_8),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            body(body);
            new JsonRequest().read(exchange);
            assertThat(exchange.getMessage().getBody())
                    .isEqualTo(Map.of("prompt", "Füchse", "duration", 6, "images", List.of("https://example.org/a.jpg")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A fox", "[1]", "null", "7", "\"A fox\"", "{\"prompt\": ", "{\"prompt\": \"s3cret\"} {}",
            "{'prompt': 1}", "{\"prompt\": \"a\", \"prompt\": \"b\"}"})
    void whatIsNotAJsonObjectIsRefusedAndNotQuoted(String text) {
        body(text);
        assertThatThrownBy(() -> new JsonRequest().read(exchange)).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("JSON object").hasMessageNotContaining("s3cret").hasMessageContaining("charged: no");
    }

    @Test
    void noBodyAndNoTextAreRefused() {
        assertThatThrownBy(() -> new JsonRequest().read(exchange)).isInstanceOf(InvalidRequestException.class);
        body(new Object());
        assertThatThrownBy(() -> new JsonRequest().read(exchange)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void aBodyMayHaveSoManyBytes() {
        body("{\"a\": 1}");
        new JsonRequest().readWithTag(exchange, 8);
        body("{\"a\": 12}");
        assertThatThrownBy(() -> new JsonRequest().readWithTag(exchange, 8)).isInstanceOf(BodyTooLargeException.class)
                .hasMessageContaining("8 bytes");
    }

    @Test
    void theTagOfTheBodyIsTheJobsTagOnlyWhereTheRouteAllowsIt() {
        body("{\"prompt\": \"A fox\", \"tag\": \"spring\"}");
        new JsonRequest().readWithTag(exchange, 100);
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("prompt", "A fox"));
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.TAG)).isEqualTo("spring");

        exchange.getMessage().removeHeaders("*");
        body("{\"prompt\": \"A fox\", \"tag\": \"spring\"}");
        new JsonRequest().read(exchange);
        assertThat(exchange.getMessage().getBody(Map.class)).as("an unknown field, which the endpoint refuses").containsKey("tag");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.TAG)).isNull();

        for (String tag : List.of("7", "{\"a\": 1}", "[]")) {
            body("{\"prompt\": \"A fox\", \"tag\": " + tag + "}");
            assertThatThrownBy(() -> new JsonRequest().readWithTag(exchange, 100)).hasMessageContaining("tag: must be text");
        }
    }

    @Test
    void aReportSaysWhatWasMadeAndWhereItIs() throws Exception {
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS, "DOWNLOADED");
        exchange.getMessage().setHeader(GrokVideoConstants.JOB_ID, "job-1");
        exchange.getMessage().setHeader(GrokVideoConstants.SIZE, 7L);
        exchange.getMessage().setHeader(GrokVideoConstants.PROMPT, "A fox");
        exchange.getMessage().setHeader(GrokVideoConstants.JOB_KEY, "o-7");
        new S3Object().video(exchange, "films");

        new OutcomeReport().report(exchange);

        assertThat(exchange.getMessage().getBody()).isEqualTo("""
                {"status":"made","jobId":"job-1","size":7,"bucket":"films","key":"videos/job-1.mp4",\
                "url":"s3://films/videos/job-1.mp4","jobKey":"o-7"}""");
    }

    @Test
    void aReportOfAFailureIsTheErrorMap() throws Exception {
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS, "MODERATED");
        exchange.getMessage().setHeader(GrokVideoConstants.ERROR, Map.of("type", "MODERATED"));
        new S3Object().video(exchange, "films");

        new OutcomeReport().report(exchange);

        assertThat(exchange.getMessage().getBody()).isEqualTo("{\"status\":\"failed\",\"type\":\"MODERATED\"}");
    }

    @Test
    void aRequestThatWasRefusedIsReportedAndOnlyOnDemandQuoted() throws Exception {
        body("A fox");
        assertThatThrownBy(() -> new JsonRequest().read(exchange)).isInstanceOf(InvalidRequestException.class);
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_TYPE)).isEqualTo("INVALID_REQUEST");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_CHARGED)).isEqualTo("no");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_MESSAGE, String.class)).contains("JSON object");

        new OutcomeReport().report(exchange);
        assertThat(json().path("status").asText()).isEqualTo("failed");
        assertThat(json().path("type").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(json().has("request")).isFalse();

        new OutcomeReport().reportWithRequest(exchange);
        assertThat(json().path("request").asText()).isEqualTo("A fox");
    }

    @Test
    void theRequestOfAVideoIsNotReported() throws Exception {
        body("{\"prompt\": \"A fox\"}");
        new JsonRequest().read(exchange);
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS, "DELIVERED");

        new OutcomeReport().reportWithRequest(exchange);

        assertThat(json().has("request")).isFalse();
    }

    @Test
    void withoutAnOutcomeThereIsNoReport() {
        assertThatThrownBy(() -> new OutcomeReport().report(exchange)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anS3ObjectIsDescribed() {
        exchange.getMessage().setHeader(GrokVideoConstants.JOB_ID, "job-1");
        exchange.getMessage().setHeader(GrokVideoConstants.SHA256, "ab");

        new S3Object().headers(exchange, "videos", "a/job-1.mp4");

        assertThat(exchange.getMessage().getHeader("CamelAwsS3BucketName")).isEqualTo("videos");
        assertThat(exchange.getMessage().getHeader("CamelAwsS3Key")).isEqualTo("a/job-1.mp4");
        assertThat(exchange.getMessage().getHeader("CamelAwsS3ContentType")).isEqualTo("video/mp4");
        assertThat(exchange.getMessage().getHeader("CamelAwsS3Metadata")).isEqualTo(Map.of("job-id", "job-1", "sha256", "ab"));
    }

    @ParameterizedTest
    @CsvSource({"INVALID_REQUEST,400", "INSUFFICIENT_CREDIT,402", "JOB_NOT_FOUND,404", "JOB_KEY_CONFLICT,409", "WAIT_TIMEOUT,409",
            "JOB_FAILED,410", "MODERATED,410", "JOB_EXPIRED,410", "SUBMIT_REJECTED,422", "SPEND_LIMIT,429", "RATE_LIMITED,429",
            "AUTHENTICATION,502", "SUBMIT_UNKNOWN,502", "UNSUPPORTED,501", "ALREADY_DELIVERED,502", "STORE_UNAVAILABLE,503", "DETACHED,503",
            "DOWNLOAD_FAILED,503"})
    void everyErrorHasItsStatus(ErrorType type, int status) throws Exception {
        caught(type);

        new ProblemDetails().process(exchange);

        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/problem+json");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("""
                {"type":"urn:grokvideo:%s","status":%d,"detail":"no luck","charged":"unknown","errorType":"%s"}"""
                .formatted(type, status, type));
        assertThat(exchange.getMessage().getHeader("Retry-After") != null)
                .isEqualTo(List.of(409, 429, 503).contains(status)
                        && type != ErrorType.JOB_KEY_CONFLICT && type != ErrorType.SPEND_LIMIT);
    }

    @ParameterizedTest
    @EnumSource(ErrorType.class)
    void noErrorIsWithoutAStatus(ErrorType type) throws Exception {
        caught(type);

        new ProblemDetails().process(exchange);

        assertThat(json().path("status").asInt()).isBetween(400, 503);
    }

    @Test
    void aBodyThatIsTooLargeIs413AndNoHeaderIsLeft() throws Exception {
        exchange.getMessage().setHeader("Authorization", "Bearer s3cret");
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new BodyTooLargeException(8));

        new ProblemDetails().process(exchange);

        assertThat(json().path("status").asInt()).isEqualTo(413);
        assertThat(json().path("errorType").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE);
    }

    @Test
    void theTextOfAnotherExceptionIsNotForTheCaller() throws Exception {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("s3cret"));

        new ProblemDetails().process(exchange);

        assertThat(json().path("status").asInt()).isEqualTo(500);
        assertThat(exchange.getMessage().getBody(String.class)).doesNotContain("s3cret");
    }
}
