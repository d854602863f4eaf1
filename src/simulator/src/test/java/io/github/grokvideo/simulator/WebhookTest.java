// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.Receiver.Received;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.log.RequestKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhooks that the simulator sends, and their faults. */
class WebhookTest {

    private static final String SECRET = "whsec-simulator";

    private final Receiver receiver = new Receiver();
    private GrokVideoSimulator simulator;

    @BeforeEach
    void start() {
        simulator = builder().start();
    }

    @AfterEach
    void stop() {
        simulator.close();
        receiver.close();
    }

    private static SimulatorBuilder builder() {
        return GrokVideoSimulator.builder().renderTime(Duration.ofMillis(50)).queueTime(Duration.ZERO).videos(VideoMode.SHARED)
                .webhookSecret(SECRET).webhookRetry(Duration.ofMillis(30));
    }

    private Client.Reply submit(String gateway, String prompt) {
        Client client = new Client(simulator, gateway);
        String url = receiver.url("/hook?a=1");
        return switch (gateway) {
            case "toapis" -> client.post("/videos/generations", "{\"model\":\"grok-video-1.0\","
                    + "\"client_business_id\":\"mine\",\"prompt\":\"" + prompt + "\",\"callback_url\":\"" + url + "\"}").is(200);
            case "openrouter" -> client.post("/videos", "{\"model\":\"x-ai/grok-imagine-video\",\"prompt\":\"" + prompt
                    + "\",\"callback_url\":\"" + url + "\"}").is(202);
            case "aivideoapi" -> client.post("/videos/generations", "{\"model\":\"grok-imagine-text-to-video\",\"input\":{\"prompt\":\""
                    + prompt + "\"},\"callback_url\":\"" + url + "\"}").is(200);
            default -> client.post("/xai/grok-imagine-video/text-to-video?fal_webhook=" + URLEncoder.encode(url, StandardCharsets.UTF_8),
                    "{\"prompt\":\"" + prompt + "\"}").is(200);
        };
    }

    private List<Received> received(int count) {
        await().atMost(Duration.ofSeconds(15)).until(() -> receiver.received().size() >= count);
        return receiver.received();
    }

    private static JsonNode json(Received hook) throws Exception {
        return Client.JSON.readTree(hook.body());
    }

    private static String hmac(String prefix, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update(prefix.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    private static boolean signedByToApis(Received hook) throws Exception {
        String prefix = hook.headers().get("x-toapis-webhook-id") + "." + hook.headers().get("x-toapis-webhook-timestamp") + ".";
        return hook.headers().get("x-toapis-webhook-signature").equals("v1=" + hmac(prefix, hook.body()));
    }

    private boolean signedByFal(Received hook) throws Exception {
        byte[] key = Base64.getUrlDecoder().decode(Client.JSON.readTree(Client.fetch(simulator.baseUrl("fal") + "/.well-known/jwks.json")
                .body()).at("/keys/0/x").asText());
        PublicKey known = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(
                HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key))));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(known);
        signature.update(String.join("\n", hook.headers().get("x-fal-webhook-request-id"), hook.headers().get("x-fal-webhook-user-id"),
                hook.headers().get("x-fal-webhook-timestamp"), HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(hook.body()))).getBytes(StandardCharsets.UTF_8));
        return signature.verify(HexFormat.of().parseHex(hook.headers().get("x-fal-webhook-signature")));
    }

    @Test
    void toApisSignsWithItsSecret() throws Exception {
        String id = submit("toapis", "x").text("/id");
        Received hook = received(1).get(0);
        assertThat(hook).matches(h -> h.method().equals("POST") && h.path().equals("/hook?a=1"));
        assertThat(signedByToApis(hook)).isTrue();
        assertThat(json(hook).at("/type").asText()).isEqualTo("generation.completed");
        assertThat(json(hook).at("/data/task_id").asText()).isEqualTo(id);
        assertThat(json(hook).at("/data/client_business_id").asText()).isEqualTo("mine");
        assertThat(json(hook).at("/data/status").asText()).isEqualTo("SUCCESS");
        assertThat(Client.fetch(json(hook).at("/data/result/data/0/url").asText()).statusCode()).isEqualTo(200);
        submit("toapis", "[[fault:job-failed]]");
        assertThat(json(received(2).get(1)).at("/data/error/code").asText()).isEqualTo("generation_failed");
        assertThat(simulator.requests().entries(RequestKind.SENT)).allMatch(sent -> sent.status() == 204);
    }

    @Test
    void toApisRefusesCallbacksUntilASecretIsConfigured() {
        try (GrokVideoSimulator bare = GrokVideoSimulator.builder().start()) {
            assertThat(new Client(bare, "toapis").post("/videos/generations", "{\"model\":\"grok-video-1.0\",\"prompt\":\"x\","
                    + "\"callback_url\":\"https://example.com/cb\"}").is(400).text("/error/code")).isEqualTo("webhook_not_configured");
        }
        new Client(simulator, "toapis").post("/videos/generations", "{\"model\":\"grok-video-1.0\",\"prompt\":\"x\","
                + "\"callback_url\":\"http://example.com/cb\"}").is(400);
    }

    @Test
    void openRouterSignsTimeAndBody() throws Exception {
        String id = submit("openrouter", "x").text("/id");
        Received hook = received(1).get(0);
        String signature = hook.headers().get("x-openrouter-signature");
        String time = signature.substring(2, signature.indexOf(','));
        assertThat(signature).isEqualTo("t=" + time + ",v1=" + hmac(time + ",", hook.body()));
        assertThat(hook.headers().get("x-openrouter-idempotency-key")).isEqualTo(id + "-completed");
        assertThat(json(hook).at("/type").asText()).isEqualTo("video.generation.completed");
        assertThat(json(hook).at("/data/id").asText()).isEqualTo(id);
    }

    @Test
    void falSignsWithAPublishedKey() throws Exception {
        String id = submit("fal", "x").text("/request_id");
        Received hook = received(1).get(0);
        assertThat(signedByFal(hook)).isTrue();
        assertThat(json(hook).at("/request_id").asText()).isEqualTo(id);
        assertThat(json(hook).at("/status").asText()).isEqualTo("OK");
        assertThat(json(hook).at("/payload/video/url").asText()).startsWith("http");
        submit("fal", "[[fault:job-moderated]]");
        Received error = received(2).get(1);
        assertThat(json(error).at("/status").asText()).isEqualTo("ERROR");
        assertThat(json(error).at("/payload/detail/0/type").asText()).isEqualTo("content_policy_violation");
    }

    @Test
    void aiVideoApiSendsItsFinalStatus() throws Exception {
        String id = submit("aivideoapi", "x").text("/data/taskId");
        Received hook = received(1).get(0);
        assertThat(json(hook)).isEqualTo(new Client(simulator, "aivideoapi").get("/tasks/" + id).json());
        assertThat(hook.headers().keySet()).noneMatch(name -> name.contains("signature"));
    }

    @Test
    void isSentAgainUntilItIsReceived() throws Exception {
        receiver.refusing(2);
        submit("toapis", "x");
        List<Received> tries = received(3);
        assertThat(tries).extracting(hook -> hook.headers().get("x-toapis-webhook-id")).containsOnly(
                tries.get(0).headers().get("x-toapis-webhook-id"));
        assertThat(signedByToApis(tries.get(2))).isTrue();
        await().during(Duration.ofMillis(200)).until(() -> receiver.received().size() == 3);
    }

    @Test
    void comesTwice() {
        submit("toapis", "[[fault:webhook-twice]]");
        List<Received> both = received(2);
        assertThat(both.get(1).headers().get("x-toapis-webhook-id")).isEqualTo(both.get(0).headers().get("x-toapis-webhook-id"));
        assertThat(both.get(1).body()).isEqualTo(both.get(0).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"toapis", "openrouter", "fal"})
    void isForged(String gateway) throws Exception {
        submit(gateway, "[[fault:webhook-forged]]");
        Received hook = received(1).get(0);
        assertThat(switch (gateway) {
            case "toapis" -> signedByToApis(hook);
            case "fal" -> signedByFal(hook);
            default -> hook.headers().get("x-openrouter-signature").endsWith(
                    hmac(hook.headers().get("x-openrouter-signature").replaceAll("t=(\\d+),.*", "$1,"), hook.body()));
        }).isFalse();
    }

    @Test
    void isStaleButSigned() throws Exception {
        submit("toapis", "[[fault:webhook-stale age=10m]]");
        Received hook = received(1).get(0);
        assertThat(signedByToApis(hook)).isTrue();
        assertThat(Instant.ofEpochSecond(Long.parseLong(hook.headers().get("x-toapis-webhook-timestamp"))))
                .isBefore(Instant.now().minusSeconds(590));
    }

    @Test
    void isLateOrNeverComes() {
        submit("fal", "[[fault:webhook-never]]");
        simulator.faults().add(Fault.of("webhook-late").at("fal").with("delay", "300ms"));
        String id = submit("fal", "x").text("/request_id");
        await().during(Duration.ofMillis(200)).until(() -> receiver.received().isEmpty());
        assertThat(received(1)).singleElement().matches(hook -> id.equals(hook.headers().get("x-fal-webhook-request-id")));
        assertThat(simulator.faults().pending()).isEmpty();
    }

    @Test
    void comesBeforeTheSubmitIsAnswered() throws Exception {
        String id = submit("openrouter", "[[render=1h]] [[fault:webhook-early]]").text("/id");
        assertThat(receiver.received()).singleElement();
        assertThat(json(receiver.received().get(0)).at("/data/id").asText()).isEqualTo(id);
        assertThat(json(receiver.received().get(0)).at("/data/status").asText()).isEqualTo("completed");
    }

    @Test
    void stuckAndCancelledJobsSendNone() {
        submit("toapis", "[[fault:stuck]]");
        String id = submit("fal", "[[render=200ms]]").text("/request_id");
        Client.send(new Client(simulator, "fal").request("/xai/grok-imagine-video/requests/" + id + "/cancel")
                .PUT(HttpRequest.BodyPublishers.noBody()).build()).is(202);
        await().during(Duration.ofMillis(400)).until(() -> receiver.received().isEmpty());
    }

    @Test
    void isSentByTheNextRunOnTheSameStore(@TempDir Path dir) throws Exception {
        simulator.close();
        simulator = builder().store(dir).start();
        submit("fal", "[[render=1s]] [[fault:webhook-twice]]");
        String keys = new String(Client.fetch(simulator.baseUrl("fal") + "/.well-known/jwks.json").body(), StandardCharsets.UTF_8);
        simulator.close();
        simulator = builder().store(dir).start();
        assertThat(signedByFal(received(1).get(0))).isTrue();
        assertThat(Client.fetch(simulator.baseUrl("fal") + "/.well-known/jwks.json").body()).asString().isEqualTo(keys);
    }
}
