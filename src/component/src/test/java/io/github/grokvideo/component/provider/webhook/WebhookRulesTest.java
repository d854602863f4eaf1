// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import io.github.grokvideo.component.provider.VideoProvider;
import io.github.grokvideo.component.provider.VideoProviders;
import io.github.grokvideo.component.provider.WebhookKeys;
import io.github.grokvideo.component.provider.WebhookNotice;
import io.github.grokvideo.component.provider.WebhookRules;
import io.github.grokvideo.component.provider.WebhookVerdict;
import io.github.grokvideo.component.provider.WebhookVerdict.Reason;
import io.github.grokvideo.component.provider.checked.CheckedProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that OpenSSL has made are right, and nothing else is. */
class WebhookRulesTest {

    private static final long AT = 1_780_000_000L;
    private static final Instant NOW = Instant.ofEpochSecond(AT);
    private static final String NEW_SECRET = "new-secret-0123456789";
    private static final String OLD_SECRET = "old-secret-0123456789";
    private static final String BY_NEW = "330d2535d2bd0120925354a3ecbe80aa6fb834fdf8a2fc30c6be252c1ec6eff8";
    private static final String BY_OLD = "d7a617b9ca83a28b0257cccd1f9a01adb8f225fd2c197987ee3fd43f444bc611";
    private static final String TOAPIS_BODY = "{\"id\":\"evt_1\",\"type\":\"generation.completed\",\"data\":{\"task_id\":\"task_\u00e942\","
            + "\"status\":\"SUCCESS\",\"result\":{\"data\":[{\"url\":\"http://evil.test/x.mp4\"}]}}}";
    private static final String OPENROUTER_BODY = "{\"type\":\"video.generation.completed\",\"created_at\":\"2026-05-28T20:26:40Z\","
            + "\"data\":{\"id\":\"abc123\",\"status\":\"completed\",\"unsigned_urls\":[\"http://evil.test/x.mp4\"]}}";
    private static final String BY_OPENROUTER = "cbf0ac8ab138bacf4803a851503c3745e1053a892b7c2ac443379a40e4ec3453";
    private static final String FAL_BODY = "{\"request_id\":\"req-7\",\"gateway_request_id\":\"gw-7\",\"status\":\"OK\","
            + "\"payload\":{\"video\":{\"url\":\"http://evil.test/x.mp4\"}}}";
    private static final String KEY_1 = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"ql49VO9oK5APt8_ZkPSwHKvcgZF_QoklbeqDSNTMonc\"}";
    private static final String KEY_2 = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"hge_HLmPoT86_2StLDDr60gC-0xihE_uuQmoSLfh5mY\"}";
    private static final String BY_KEY_1 = "af9c6aa2de6e6abf28b88da97e0931e7ab4c74d1ef9c50e36499fe2ca7f19059"
            + "907350559518936393bb840e2c905d3dd80783b24d148c75231c92d884f06501";
    private static final String BY_KEY_2 = "fb9586bfb93378747ff6bd9bb0f9af4cc7f078401b40a4ae9ecc841277c42bd9"
            + "046a704814bfe126f75f0de5365e54283dfb7bb7209f06f4783a40e1f0fdc005";
    private static final String JOB = "0b0e5a5e-7a05-4a0b-9f4e-0d8a3c3d9f10";
    private static final String TOKEN = "ce1fe3205c071ba92d01ebb4a838bc41fe966087f5c6f1f3ca98acee4f7f1474";

    private static WebhookRules rules(String provider) {
        return VideoProviders.named(provider).orElseThrow().webhook().orElseThrow();
    }

    private static WebhookKeys secrets(String... secrets) {
        return new WebhookKeys(List.of(secrets), List.of());
    }

    private static WebhookNotice notice(String body, String... headers) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new WebhookNotice("/hook", all, body.getBytes(StandardCharsets.UTF_8));
    }

    private static WebhookVerdict refused(Reason reason) {
        return new WebhookVerdict.Refused(reason);
    }

    private static WebhookVerdict toapis(String body, String signature, Instant now, String... secrets) {
        return rules("toapis").verify(notice(body, "x-toapis-webhook-id", "evt_1", "X-TOAPIS-WEBHOOK-TIMESTAMP", "1780000000",
                "X-ToAPIs-Webhook-Signature", signature), secrets(secrets), now);
    }

    @Test
    void toApisMayRotateOnEitherSide() {
        WebhookVerdict right = new WebhookVerdict.Verified("task_\u00e942", null, "evt_1");

        assertThat(toapis(TOAPIS_BODY, "v1=" + BY_NEW, NOW, NEW_SECRET)).isEqualTo(right);
        assertThat(toapis(TOAPIS_BODY, "v1=" + BY_NEW + ", v1=" + BY_OLD, NOW, OLD_SECRET)).isEqualTo(right);
        assertThat(toapis(TOAPIS_BODY, "v1=" + BY_OLD, NOW, NEW_SECRET, OLD_SECRET)).isEqualTo(right);
        assertThat(toapis(TOAPIS_BODY, "v1=" + BY_OLD, NOW, NEW_SECRET)).isEqualTo(refused(Reason.FORGED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1=", "v1=zz", BY_NEW, "v0=" + BY_NEW, "v1=" + BY_OPENROUTER, "v1"})
    void anotherSignatureIsForged(String signature) {
        assertThat(toapis(TOAPIS_BODY, signature, NOW, NEW_SECRET)).isEqualTo(refused(Reason.FORGED));
    }

    @Test
    void aChangedByteOrHeaderIsForged() {
        assertThat(toapis(TOAPIS_BODY + " ", "v1=" + BY_NEW, NOW, NEW_SECRET)).isEqualTo(refused(Reason.FORGED));
        assertThat(rules("toapis").verify(notice(TOAPIS_BODY, "X-ToAPIs-Webhook-Id", "evt_2", "X-ToAPIs-Webhook-Timestamp", "1780000000",
                "X-ToAPIs-Webhook-Signature", "v1=" + BY_NEW), secrets(NEW_SECRET), NOW)).isEqualTo(refused(Reason.FORGED));
        assertThat(rules("toapis").verify(notice(TOAPIS_BODY, "X-ToAPIs-Webhook-Id", "evt_1", "X-ToAPIs-Webhook-Timestamp", "1780000001",
                "X-ToAPIs-Webhook-Signature", "v1=" + BY_NEW), secrets(NEW_SECRET), NOW)).isEqualTo(refused(Reason.FORGED));
        assertThat(rules("toapis").verify(notice(TOAPIS_BODY), secrets(NEW_SECRET), NOW)).isEqualTo(refused(Reason.FORGED));
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "300, true", "301, false"})
    void aSignatureIsGoodForFiveMinutes(long later, boolean fresh) {
        Instant now = NOW.plusSeconds(later);
        WebhookKeys falKeys = new WebhookKeys(List.of(), KeySet.read("{\"keys\":[" + KEY_1 + "]}"));

        assertThat(toapis(TOAPIS_BODY, "v1=" + BY_NEW, now, NEW_SECRET).equals(refused(Reason.STALE))).isNotEqualTo(fresh);
        assertThat(openrouter(BY_OPENROUTER, now).equals(refused(Reason.STALE))).isNotEqualTo(fresh);
        assertThat(fal(FAL_BODY, BY_KEY_1, falKeys, now).equals(refused(Reason.STALE))).isNotEqualTo(fresh);
    }

    private static WebhookVerdict openrouter(String signature, Instant now) {
        return rules("openrouter").verify(notice(OPENROUTER_BODY, "X-OpenRouter-Signature", "t=1780000000,v1=" + signature,
                "X-OpenRouter-Idempotency-Key", "anything"), secrets("or-secret"), now);
    }

    @Test
    void openRoutersNoticeIsKnownByWhatIsSigned() {
        assertThat(openrouter(BY_OPENROUTER, NOW)).isEqualTo(new WebhookVerdict.Verified("abc123", null, "abc123-completed"));
        assertThat(openrouter(BY_NEW, NOW)).isEqualTo(refused(Reason.FORGED));
        assertThat(rules("openrouter").verify(notice(OPENROUTER_BODY, "X-OpenRouter-Signature", "t=,v1=" + BY_OPENROUTER),
                secrets("or-secret"), NOW)).isEqualTo(refused(Reason.FORGED));
    }

    private static WebhookVerdict fal(String body, String signature, WebhookKeys keys, Instant now) {
        return rules("fal").verify(notice(body, "X-Fal-Webhook-Request-Id", "req-7", "X-Fal-Webhook-User-Id", "user-9",
                "X-Fal-Webhook-Timestamp", String.valueOf(AT), "X-Fal-Webhook-Signature", signature), keys, now);
    }

    @Test
    void falsNoticeIsSignedWithAnyKeyOfItsSet() {
        List<PublicKey> both = KeySet.read("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\"},{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"},"
                + "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"***\"}," + KEY_1 + "," + KEY_2 + "]}");
        WebhookVerdict right = new WebhookVerdict.Verified("req-7", null, "req-7");

        assertThat(both).hasSize(2);
        assertThat(fal(FAL_BODY, BY_KEY_1, new WebhookKeys(List.of(), both), NOW)).isEqualTo(right);
        assertThat(fal(FAL_BODY, BY_KEY_2, new WebhookKeys(List.of(), both), NOW)).isEqualTo(right);
        assertThat(fal(FAL_BODY, BY_KEY_2, new WebhookKeys(List.of(), both.subList(0, 1)), NOW)).isEqualTo(refused(Reason.UNKNOWN_KEY));
        assertThat(fal(FAL_BODY + " ", BY_KEY_1, new WebhookKeys(List.of(), both), NOW)).isEqualTo(refused(Reason.UNKNOWN_KEY));
        assertThat(fal(FAL_BODY, "00", new WebhookKeys(List.of(), both), NOW)).isEqualTo(refused(Reason.FORGED));
        assertThat(fal(FAL_BODY, BY_KEY_1, new WebhookKeys(List.of(), both), NOW.plusSeconds(301))).isEqualTo(refused(Reason.STALE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"keys\":7}", "nothing", "{\"keys\":[]}"})
    void whatIsNoKeySetHasNoKeys(String json) {
        assertThat(KeySet.read(json)).isEmpty();
    }

    @Test
    void aJobHasItsOwnUnguessableAddress() {
        WebhookRules rules = rules("aivideoapi");
        WebhookKeys keys = secrets("tok-secret", "older");
        String url = rules.callbackUrl("https://hooks.example.com/grok", JOB, keys);

        assertThat(url).isEqualTo("https://hooks.example.com/grok/" + JOB + "." + TOKEN);
        for (String path : List.of("/grok/" + JOB + "." + TOKEN, JOB + "." + TOKEN, url, "/grok/" + JOB + "." + TOKEN + "/?x=1")) {
            assertThat(rules.verify(new WebhookNotice(path, null, "{}".getBytes(StandardCharsets.UTF_8)), keys, NOW)).as(path)
                    .isEqualTo(new WebhookVerdict.Verified(null, JOB, JOB));
        }
        assertThat(rules.verify(new WebhookNotice("/grok/" + JOB + "." + TOKEN, null, null), secrets("new", "tok-secret"), NOW))
                .as("after a rotation").isInstanceOf(WebhookVerdict.Verified.class);
        for (String path : List.of("", "/grok", "/grok/" + JOB, "/grok/" + JOB + ".", "/grok/x." + TOKEN, "/grok/%zz." + TOKEN,
                "/grok/" + JOB + "." + TOKEN.replace('c', 'd'))) {
            assertThat(rules.verify(new WebhookNotice(path, null, null), keys, NOW)).as(path).isEqualTo(refused(Reason.FORGED));
        }
    }

    @Test
    void anOddJobIdSurvivesItsAddress() {
        WebhookRules rules = rules("aivideoapi");
        String url = rules.callbackUrl("https://hooks.example.com", "a/b.c+d e?f", secrets("s"));

        assertThat(rules.verify(new WebhookNotice(url, null, null), secrets("s"), NOW))
                .isEqualTo(new WebhookVerdict.Verified(null, "a/b.c+d e?f", "a/b.c+d e?f"));
    }

    @Test
    void aHeaderThatIsTooLongIsNotRead() {
        WebhookNotice notice = notice("{}", "Long", "x".repeat(WebhookNotice.MAX_HEADER + 1), "Short", " y ");

        assertThat(notice.header("long")).isEmpty();
        assertThat(notice.header("short")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"toapis", "openrouter", "fal", "aivideoapi"})
    void anAccountThatIsReadAgainIsTheSame(String provider) {
        VideoProvider gateway = VideoProviders.named(provider).orElseThrow();

        assertThat(gateway.webhook()).isEqualTo(gateway.webhook());
        assertThat(CheckedProvider.of(gateway).webhook()).isEqualTo(CheckedProvider.of(VideoProviders.named(provider).orElseThrow())
                .webhook());
    }

    @Test
    void faultyRulesVerifyNothing() {
        VideoProvider faulty = (VideoProvider) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {VideoProvider.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> "faulty";
                    case "limits" -> VideoProviders.named("xai").orElseThrow().limits();
                    case "webhook" -> Optional.of((WebhookRules) (notice, keys, now) -> {
                        throw new IllegalStateException("a bug");
                    });
                    default -> throw new UnsupportedOperationException(method.getName());
                });

        assertThat(CheckedProvider.of(faulty).webhook().orElseThrow().verify(notice("{}"), secrets("s"), NOW))
                .isEqualTo(refused(Reason.UNREADABLE));
    }

    @Test
    void nothingShowsASecretOrAToken() {
        assertThat(secrets("s3cret-word").toString()).doesNotContain("s3cret");
        assertThat(new WebhookNotice("/" + TOKEN, Map.of("a", "s3cret"), "s3cret".getBytes(StandardCharsets.UTF_8)).toString())
                .doesNotContain(TOKEN).doesNotContain("s3cret");
    }
}
