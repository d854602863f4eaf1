// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.simulator.log.RequestKind;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Camel's own HTTP server hands notices on as the gateways have signed them: the routes of the documentation. */
class WebhookOverHttpTest extends SimulatedGateway {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private final HttpClient client = HttpClient.newHttpClient();
    private VertxPlatformHttpServer server;

    @Override
    String provider() {
        return "openrouter";
    }

    @Override
    GrokVideoComponent component(CamelContext camel, String provider) {
        GrokVideoComponent component = super.component(camel, provider);
        component.getConfiguration().setPollInterval(Duration.ofHours(1));
        component.getConfiguration().setMaxPollInterval(Duration.ofHours(1));
        component.getConfiguration().setWebhookSecret(SECRET);
        GrokVideoAccount other = new GrokVideoAccount("aivideoapi", simulator.apiKey("aivideoapi"));
        other.setBaseUrl(simulator.baseUrl("aivideoapi"));
        other.setPollInterval(Duration.ofHours(1));
        other.setMaxPollInterval(Duration.ofHours(1));
        other.setWebhookSecret("a long random text");
        other.setWebhookUrl("https://hooks.example.com/grokvideo");
        camel.getRegistry().bind("unsigned", other);
        return component;
    }

    @BeforeEach
    void startServer() throws Exception {
        VertxPlatformHttpServerConfiguration settings = new VertxPlatformHttpServerConfiguration();
        settings.setBindHost("127.0.0.1");
        settings.setBindPort(0);
        server = new VertxPlatformHttpServer(settings);
        context.addService(server);
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                rest().post("/grokvideo").to("grokvideo:notify");
                rest().post("/grokvideo/{token}").to("grokvideo:notify?account=unsigned");
            }
        });
    }

    private HttpResponse<String> post(String path, String body, String signature) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getServer().actualPort() + path))
                .header("Content-Type", "application/json").header("X-OpenRouter-Signature", signature)
                .header("CamelGrokVideoAccount", "unsigned")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String signed(String secret, String body) throws Exception {
        long now = Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "t=" + now + ",v1=" + HexFormat.of().formatHex(mac.doFinal((now + "," + body).getBytes(StandardCharsets.UTF_8)));
    }

    private long polls() {
        return simulator.requests().count(RequestKind.POLL);
    }

    @Test
    void aSignedBodyArrivesAsItWasSent() throws Exception {
        assertThat(context.createFluentProducerTemplate().to("grokvideo:submit").withBody("a lighthouse").send().getException()).isNull();
        String body = "{ \"type\": \"video.generation.completed\",\n  \"note\": \"\u00e9\u4e2d\", \"data\": {\"id\": \""
                + simulator.jobs().get(0).id() + "\", \"status\": \"completed\"} }\n";

        HttpResponse<String> forged = post("/grokvideo", body, signed("wrong", body));
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(polls()).isZero();
        HttpResponse<String> accepted = post("/grokvideo", body, signed(SECRET, body));
        assertThat(accepted.statusCode()).isEqualTo(200);
        assertThat(accepted.body()).isEmpty();
        assertThat(accepted.headers().map().keySet()).noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("camel"));
        await().atMost(Duration.ofSeconds(10)).until(() -> polls() == 1);
        String tooLong = "x".repeat(70_000);
        assertThat(post("/grokvideo", tooLong, signed(SECRET, tooLong)).statusCode()).isEqualTo(413);
    }

    @Test
    void theAddressOfAJobWorks() throws Exception {
        assertThat(context.createFluentProducerTemplate().to("grokvideo:submit?account=unsigned").withBody("a lighthouse").send()
                .getException()).isNull();
        String address = simulator.requests().entries(RequestKind.SUBMIT).get(0).body()
                .replaceFirst("(?s).*\"callback_url\" ?: ?\"https://hooks.example.com([^\"]+)\".*", "$1");

        assertThat(post("/grokvideo/job.00", "{}", "none").statusCode()).isEqualTo(401);
        assertThat(post(address, "{}", "none").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> polls() == 1);
    }

    /** The raw key, least byte first, as a key set has it. */
    private static String x(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private HttpResponse<String> postFal(KeyPair pair, String requestId) throws Exception {
        String body = "{\"request_id\":\"" + requestId + "\",\"status\":\"OK\"}";
        String time = String.valueOf(Instant.now().getEpochSecond());
        String digest = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update((requestId + "\nuser\n" + time + "\n" + digest).getBytes(StandardCharsets.UTF_8));
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getServer().actualPort() + "/fal"))
                .header("X-Fal-Webhook-Request-Id", requestId).header("X-Fal-Webhook-User-Id", "user")
                .header("X-Fal-Webhook-Timestamp", time).header("X-Fal-Webhook-Signature", HexFormat.of().formatHex(signer.sign()))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theKeySetIsFetchedOverHttp() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        AtomicInteger fetches = new AtomicInteger();
        GrokVideoAccount fal = new GrokVideoAccount("fal", simulator.apiKey("fal"));
        fal.setBaseUrl(simulator.baseUrl("fal"));
        fal.setPollInterval(Duration.ofHours(1));
        fal.setMaxPollInterval(Duration.ofHours(1));
        fal.setWebhookKeys("http://127.0.0.1:" + server.getServer().actualPort() + "/keys.json?v=1");
        context.getRegistry().bind("signed", fal);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                rest().get("/keys.json").to("direct:keys");
                from("direct:keys").process(exchange -> {
                    fetches.incrementAndGet();
                    assertThat(exchange.getMessage().getHeader("Authorization")).isNull();
                    exchange.getMessage().setBody("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x(pair) + "\"}]}");
                });
                rest().post("/fal").to("grokvideo:notify?account=signed");
            }
        });
        assertThat(context.createFluentProducerTemplate().to("grokvideo:submit?account=signed").withBody("a lighthouse").send()
                .getException()).isNull();
        String taskId = simulator.jobs().get(0).id();

        assertThat(postFal(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), taskId).statusCode()).isEqualTo(401);
        assertThat(polls()).isZero();
        assertThat(postFal(pair, taskId).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> polls() >= 1);
        assertThat(fetches).hasValue(1);
    }
}
