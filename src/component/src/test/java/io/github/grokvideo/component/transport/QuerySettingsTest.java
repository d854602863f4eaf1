// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.camel.LogRecorder;
import io.github.grokvideo.component.provider.HttpCall;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The asynchronous client for status queries has the user's settings of Camel HTTP, or is not used. */
class QuerySettingsTest {

    private static final HttpCall GET = HttpCall.get("/tasks/1");

    private final TransportRig rig = new TransportRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static FaultServer ok() {
        return FaultServer.start((request, wire) -> wire.json("200 OK", "{}"));
    }

    private static FaultServer tls() throws Exception {
        return FaultServer.start(TestTls.server(), (request, wire) -> wire.json("200 OK", "{}"));
    }

    private static GatewayAccess access(String baseUrl) {
        return new GatewayAccess(URI.create(baseUrl), TransportRig.KEY);
    }

    private void assertAsync(String scheme) {
        assertThat(rig.clients.asyncClient(scheme)).isPresent();
    }

    @Test
    void trustsWhomTheUserTrusts() throws Exception {
        rig.component("https").setSslContextParameters(TestTls.clientParameters());
        try (FaultServer server = tls()) {
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
            assertAsync("https");
        }
    }

    @Test
    void trustsWhomTheContextTrusts() throws Exception {
        rig.context.setSSLContextParameters(TestTls.clientParameters());
        rig.component("https").setUseGlobalSslContextParameters(true);
        try (FaultServer server = tls()) {
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
            assertAsync("https");
        }
    }

    @Test
    void verifiesHostNamesAsTheUserSays() throws Exception {
        GatewayAccess other = access("https://other.test/v1");
        try (FaultServer server = tls(); FaultServer proxy = FaultServer.start((request, wire) -> wire.tunnel(server.port()));
                TransportRig lenient = new TransportRig()) {
            for (TransportRig each : List.of(rig, lenient)) {
                each.component("https").setSslContextParameters(TestTls.clientParameters());
                each.component("https").setProxyHost("127.0.0.1");
                each.component("https").setProxyPort(proxy.port());
                each.component("https").setProxyAuthScheme("http");
            }
            lenient.component("https").setX509HostnameVerifier(NoopHostnameVerifier.INSTANCE);

            TransportException e = catchThrowableOfType(TransportException.class, () -> rig.call(other, GET));
            assertThat(e.isSent()).isFalse();
            assertThat(e).hasMessageContaining("TLS: ");
            assertAsync("https");
            assertThat(lenient.call(other, GET).status()).isEqualTo(200);
            assertThat(lenient.clients.asyncClient("https")).isPresent();
        }
    }

    @Test
    void goesThroughTheUsersProxyWithItsCredentials() {
        try (FaultServer proxy = FaultServer.start((request, wire) -> {
            if (request.header("proxy-authorization") == null) {
                wire.answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", new byte[0]);
            } else {
                wire.json("200 OK", "{}");
            }
        })) {
            HttpComponent http = rig.component("http");
            http.setProxyHost("127.0.0.1");
            http.setProxyPort(proxy.port());
            http.setProxyAuthUsername("me");
            http.setProxyAuthPassword("secret");
            assertThat(rig.call(access("http://gateway.test/v1"), GET).status()).isEqualTo(200);
            assertAsync("http");
            assertThat(proxy.requests()).hasSize(2).allSatisfy(
                    request -> assertThat(request.target()).isEqualTo("http://gateway.test/v1/tasks/1"));
            assertThat(proxy.requests().get(1).header("proxy-authorization")).isEqualTo(
                    "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Test
    void goesThroughTheUsersTunnel() throws Exception {
        HttpComponent https = rig.component("https");
        https.setSslContextParameters(TestTls.clientParameters());
        try (FaultServer server = tls(); FaultServer proxy = FaultServer.start((request, wire) -> {
            if (request.header("proxy-authorization") == null) {
                wire.answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", new byte[0]);
            } else {
                wire.tunnel(server.port());
            }
        })) {
            https.setProxyHost("127.0.0.1");
            https.setProxyPort(proxy.port());
            https.setProxyAuthScheme("http");
            https.setProxyAuthUsername("me");
            https.setProxyAuthPassword("secret");
            // Only the proxy could know this name.
            assertThat(rig.call(access("https://video.test/v1"), GET).status()).isEqualTo(200);
            assertAsync("https");
            assertThat(server.only().headers()).containsEntry("authorization", "Bearer " + TransportRig.KEY)
                    .doesNotContainKey("proxy-authorization");
            assertThat(proxy.requests()).allSatisfy(request -> {
                assertThat(request.target()).isEqualTo("video.test:443");
                assertThat(request.headers()).doesNotContainKey("authorization");
            });
        }
    }

    @Test
    void goesThroughTheProxyOfTheGlobalOptions() {
        try (FaultServer proxy = ok()) {
            rig.context.getGlobalOptions().put("http.proxyHost", "127.0.0.1");
            rig.context.getGlobalOptions().put("http.proxyPort", String.valueOf(proxy.port()));
            assertThat(rig.call(access("http://gateway.test/v1"), GET).status()).isEqualTo(200);
            assertAsync("http");
            assertThat(proxy.only().target()).isEqualTo("http://gateway.test/v1/tasks/1");
        }
    }

    @Test
    void goesAroundTheProxyWhereTheUserSaysSo() {
        try (FaultServer proxy = ok(); FaultServer server = ok()) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            rig.component("http").setNonProxyHosts("localhost, 127.0.0.*");
            rig.call(server.access(), GET);
            assertAsync("http");
            server.only();
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void keepsConnectionsAsLongAsTheUserSays() {
        rig.component("http").setConnectionTimeToLive(1);
        try (FaultServer server = ok()) {
            rig.call(server.access(), GET);
            long before = System.nanoTime();
            await().until(() -> System.nanoTime() - before > 5_000_000);
            rig.call(server.access(), GET);
            assertAsync("http");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void sendsTheHeadersOfTheOtherCalls() {
        try (FaultServer server = ok()) {
            rig.component("http").setUserAgent("theirs");
            rig.call(server.access(), HttpCall.get("/videos/1%2F2?x=a%20b&y=%3D+").withHeader("X-Of-Gateway", "1"));
            assertAsync("http");
            FaultServer.Request request = server.only();
            assertThat(request.target()).isEqualTo("/v1/videos/1%2F2?x=a%20b&y=%3D+");
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + TransportRig.KEY)
                    .containsEntry("accept", "application/json").containsEntry("user-agent", "camel-grokvideo")
                    .containsEntry("x-of-gateway", "1").containsEntry("host", "127.0.0.1:" + server.port())
                    .doesNotContainKeys("content-type", "content-length", "upgrade", "te", "cookie");
        }
    }

    @Test
    void settingsThatOnlyTheOtherClientHasLeadToIt() {
        AtomicInteger configured = new AtomicInteger();
        try (FaultServer server = ok(); LogRecorder log = new LogRecorder()) {
            rig.component("http").setHttpClientConfigurer(builder -> configured.incrementAndGet());
            rig.call(server.access(), GET);
            rig.call(server.access(), GET);
            assertThat(configured).hasValue(1);
            assertThat(rig.clients.asyncClient("http")).isEmpty();
            assertThat(rig.transport.queriesHoldThreads(server.access())).isTrue();
            assertThat(log.atLeast(Level.INFO)).filteredOn(line -> line.contains("ioThreads")).singleElement().asString()
                    .contains("component http: httpClientConfigurer");
        }
    }

    @Test
    void theUsersConnectionsAreUsed() {
        try (FaultServer server = ok(); PoolingHttpClientConnectionManager users = new PoolingHttpClientConnectionManager()) {
            rig.component("http").setClientConnectionManager(users);
            rig.call(server.access(), GET);
            assertThat(users.getTotalStats().getAvailable()).isEqualTo(1);
        }
    }

    @Test
    void onlyTheOtherSchemeIsHeldBack() {
        rig.component("http").setHttpClientConfigurer(builder -> { });
        assertThat(rig.transport.queriesHoldThreads(access("http://gateway.test"))).isTrue();
        assertThat(rig.transport.queriesHoldThreads(access("https://gateway.test"))).isFalse();
        assertThat(rig.transport.queriesHoldThreads(access("ftp://gateway.test"))).isTrue();
    }
}
