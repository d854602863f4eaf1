// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.WebhookResult.Outcome;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code notify} takes from the HTTP request, and how it answers. */
class NotifyTest extends CamelTest {

    private static final WebhookRules RULES = (notice, keys, now) -> new WebhookVerdict.Verified("t", null, "n");

    private int endpoints;

    private Exchange notified(Object body, Map<String, Object> headers) {
        component.getConfiguration().setWebhookVerifier(RULES);
        component.getConfiguration().setWebhookSecret("s3cret");
        return send("grokvideo:notify", body, headers);
    }

    @Test
    void theBytesTheHeadersAndThePathAreVerified() {
        byte[] body = "{\"\u00e9\": 1}".getBytes(StandardCharsets.UTF_8);
        Map<String, Object> headers = Map.of("x-signature", List.of("v1=00", "other"), "Content-Type", "application/json",
                "CamelHttpUri", "/hook/job.token", "CamelHttpResponseCode", 500, "Long", "x".repeat(5000));

        for (Object sent : new Object[] {body, new ByteArrayInputStream(body), new String(body, StandardCharsets.UTF_8)}) {
            Exchange exchange = notified(sent, headers);

            assertThat(exchange.getException()).isNull();
            WebhookNotice notice = engine.notices.get(engine.notices.size() - 1);
            assertThat(notice.body()).isEqualTo(body);
            assertThat(notice.path()).isEqualTo("/hook/job.token");
            assertThat(notice.headers()).containsOnlyKeys("x-signature", "Content-Type");
            assertThat(notice.header("X-Signature")).isEqualTo("v1=00");
            assertThat(exchange.getMessage().getBody()).isNull();
            assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
            assertThat(exchange.getMessage().getHeader("Content-Type")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"POLLED, 200", "ELSEWHERE, 200", "SETTLED, 200", "REPLAYED, 200", "UNKNOWN_TASK, 200", "IGNORED, 200", "FORGED, 401",
        "UNKNOWN_KEY, 401", "STALE, 401", "UNREADABLE, 401", "OVERSIZED, 413", "UNCONFIGURED, 503", "UNAVAILABLE, 503"})
    void theStatusMakesTheGatewayRepeatOnlyWhatMaySucceed(Outcome outcome, int status) {
        engine.noticeOutcome = outcome;
        Exchange exchange = notified("{}", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(status);
        assertThat(exchange.getMessage().getHeader("CamelGrokVideoWebhook")).isEqualTo(outcome.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void anEndlessBodyIsCutAndOneThatBreaksIsLeftToBeRepeated() {
        notified(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        }, Map.of());
        assertThat(engine.notices.get(0).body()).hasSize(WebhookNotice.MAX_BODY + 1);

        Exchange broken = notified(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        }, Map.of());
        assertThat(broken.getException()).isNull();
        assertThat(broken.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
        assertThat(notified(null, Map.of()).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
    }

    /** With the component's options of now: an endpoint keeps those with which it was created. */
    private void refused(String uri, String reason) {
        assertThatThrownBy(() -> send(another(uri), "{}")).hasMessageContaining(reason).hasMessageNotContaining("s3cret");
    }

    private String another(String uri) {
        return uri + (uri.contains("?") ? "&" : "?") + "waitTimeout=" + ++endpoints + "s";
    }

    @Test
    void withoutAnythingToVerifyWithNotifyDoesNotStart() {
        refused("grokvideo:notify", "set webhookSecret, webhookKeys");
        refused("grokvideo:notify?webhookSecret=s3cret", "webhookVerifier");
        assertThat(engine.notices).isEmpty();
        assertThatThrownBy(() -> context.getEndpoint("grokvideo:notify").createConsumer(exchange -> { }))
                .hasMessageContaining("can only be used in to");
    }

    @Test
    void wrongOptionsAreRefusedWithoutTheirSecrets() throws Exception {
        component.getConfiguration().setWebhookVerifier(RULES);
        component.getConfiguration().setWebhookSecret("s3cret");
        for (String url : new String[] {"ftp://x", "https://user:s3cret@x", "https://x/?key=s3cret", "https://", "s3cret word"}) {
            component.getConfiguration().setWebhookUrl(url);
            refused("grokvideo:notify", "webhookUrl must");
        }
        component.getConfiguration().setWebhookUrl(null);
        java.nio.file.Path keys = Files.writeString(directory.resolve("keys.json"), "{\"keys\":[]}");
        component.getConfiguration().setWebhookKeys(keys.toUri().toString());
        refused("grokvideo:notify", "is not a JSON Web Key Set");
        component.getConfiguration().setWebhookKeys("file:" + directory.resolve("missing.json"));
        refused("grokvideo:notify", "cannot be read");
        Files.writeString(keys, "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"ql49VO9oK5APt8_ZkPSwHKvcgZF_QoklbeqDSNTMonc\"}]}");
        component.getConfiguration().setWebhookKeys(keys.toUri().toString());
        assertThat(send(another("grokvideo:notify"), "{}").getException()).isNull();
    }

    @Test
    void anAccountOfItsOwnReceivesItsNotices() {
        GrokVideoAccount team = new GrokVideoAccount("toapis", "sk-team");
        team.setWebhookVerifier(RULES);
        team.setWebhookSecret("s3cret");
        context.getRegistry().bind("team", team);

        assertThat(send("grokvideo:notify?account=team", "{}").getException()).isNull();
        assertThat(engine.notices).hasSize(1);
        assertThat(team.toString() + component.account("team")).doesNotContain("s3cret");
    }
}
