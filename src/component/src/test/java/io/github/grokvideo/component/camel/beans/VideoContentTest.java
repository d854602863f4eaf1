// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoContentTest {

    @TempDir
    Path dir;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final Message message = exchange.getMessage();

    @BeforeEach
    void video() throws Exception {
        message.setBody(Files.writeString(dir.resolve("v.mp4"), "0123456789").toFile());
        message.setHeader(GrokVideoConstants.SHA256, "ab");
        message.setHeader(GrokVideoConstants.JOB_ID, "job-1");
        message.setHeader(Exchange.CONTENT_TYPE, "video/mp4");
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private void process() throws Exception {
        new VideoContent().process(exchange);
    }

    private Object code() {
        return message.getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    @Test
    void theWholeVideoHasItsHashAsTag() throws Exception {
        process();

        assertThat(message.getBody(String.class)).isEqualTo("0123456789");
        assertThat(message.getHeaders()).containsOnly(
                java.util.Map.entry("ETag", "\"ab\""), java.util.Map.entry("Accept-Ranges", "bytes"),
                java.util.Map.entry(Exchange.CONTENT_TYPE, "video/mp4"));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0,0,0-0", "bytes=2-4,234,2-4", "bytes=7-,789,7-9", "bytes=-3,789,7-9", "bytes=-99,0123456789,0-9",
            "bytes=8-99,89,8-9", "bytes=0-,0123456789,0-9"})
    void aRangeIsAPart(String range, String part, String bytes) throws Exception {
        message.setHeader("Range", range);

        process();

        assertThat(code()).isEqualTo(206);
        assertThat(message.getHeader("Content-Range")).isEqualTo("bytes " + bytes + "/10");
        assertThat(message.getHeader("ETag")).isEqualTo("\"ab\"");
        InputStream body = message.getBody(InputStream.class);
        assertThat(new String(body.readNBytes(1))).isEqualTo(part.substring(0, 1));
        assertThat(new String(body.readAllBytes())).isEqualTo(part.substring(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=-0", "bytes=99-100"})
    void aRangeBeyondTheEndIsRefused(String range) throws Exception {
        message.setHeader("Range", range);

        process();

        assertThat(code()).isEqualTo(416);
        assertThat(message.getHeader("Content-Range")).isEqualTo("bytes */10");
        assertThat(message.getBody()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b",
            "bytes=9999999999999999999-"})
    void whatIsNotOneRangeIsIgnored(String range) throws Exception {
        message.setHeader("Range", range);

        process();

        assertThat(code()).isNull();
        assertThat(message.getBody(String.class)).isEqualTo("0123456789");
    }

    @Test
    void aPartOfAnotherVideoIsNotWanted() throws Exception {
        message.setHeader("Range", "bytes=2-4");
        message.setHeader("If-Range", "\"cd\"");
        process();
        assertThat(code()).isNull();

        video();
        message.setHeader("Range", "bytes=2-4");
        message.setHeader("If-Range", "\"ab\"");
        process();
        assertThat(code()).isEqualTo(206);
        message.getBody(InputStream.class).close();
    }

    @Test
    void whoHasTheVideoDoesNotGetItAgain() throws Exception {
        for (Object header : List.of("\"ab\"", "W/\"ab\"", "*", "\"cd\", \"ab\"", List.of("\"cd\"", "\"ab\""))) {
            video();
            message.setHeader("If-None-Match", header);
            message.setHeader("Range", "bytes=2-4");
            process();
            assertThat(code()).as("%s", header).isEqualTo(304);
            assertThat(message.getBody()).isNull();
            assertThat(message.getHeader("ETag")).isEqualTo("\"ab\"");
        }
        video();
        message.removeHeaders("*", GrokVideoConstants.SHA256);
        message.setHeader("If-None-Match", "\"cd\"");
        process();
        assertThat(code()).isNull();
    }

    @Test
    void aPartThatNobodyReadIsClosed() throws Exception {
        message.setHeader("Range", "bytes=2-4");
        process();
        InputStream part = message.getBody(InputStream.class);

        UnitOfWorkHelper.doneSynchronizations(exchange, exchange.getExchangeExtension().handoverCompletions());

        org.assertj.core.api.Assertions.assertThatThrownBy(part::read).isInstanceOf(java.nio.channels.ClosedChannelException.class);
    }

    @Test
    void whatIsNotAFileStays() throws Exception {
        message.setBody("https://example.org/v.mp4");
        message.setHeader("Range", "bytes=2-4");

        process();

        assertThat(message.getBody()).isEqualTo("https://example.org/v.mp4");
        assertThat(code()).isNull();
    }
}
