// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's settings of Camel HTTP hold for our calls, and ours do not for theirs. */
class CamelHttpClientsTest {

    private static final HttpCall GET = HttpCall.get("/tasks/1");
    private static final HttpCall POST = HttpCall.post("/videos", new ObjectMapper().createObjectNode());

    private final TransportRig rig = new TransportRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static FaultServer ok() {
        return FaultServer.start((request, wire) -> wire.json("200 OK", "{}"));
    }

    @Test
    void usesTheUsersConfigurer() {
        rig.component("http").setHttpClientConfigurer(builder -> builder.setDefaultHeaders(List.of(new BasicHeader("X-User", "theirs"))));
        try (FaultServer server = ok()) {
            rig.call(server.access(), POST);
            rig.call(server.access(), GET);
            assertThat(server.requests()).hasSize(2)
                    .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-user", "theirs"));
        }
    }

    /** Camel's own way of combining configurers adds to a composite in place. */
    @Test
    void leavesTheUsersConfigurerAsItIs() {
        AtomicInteger configured = new AtomicInteger();
        CompositeHttpConfigurer composite = new CompositeHttpConfigurer() {
            @Override
            public void addConfigurer(HttpClientConfigurer configurer) {
                configured.incrementAndGet();
                super.addConfigurer(configurer);
            }
        };
        rig.component("http").setHttpClientConfigurer(composite);
        try (FaultServer server = ok()) {
            rig.call(server.access(), POST);
            assertThat(configured).hasValue(0);
            assertThat(rig.component("http").getHttpClientConfigurer()).isSameAs(composite);
        }
    }

    /** Also the reason why ours must not be theirs: their client repeats what ours sends once. */
    @Test
    void otherEndpointsGoOnAsBefore() {
        rig.component("http").setHttpClientConfigurer(builder -> { });
        try (FaultServer server = FaultServer.start((request, wire) -> wire.answer("503 Busy", "Retry-After: 0\r\n", new byte[0]))) {
            assertThat(rig.call(server.access(), POST).status()).isEqualTo(503);
            server.only();

            Exchange exchange = rig.context.createProducerTemplate().send(server.url("/theirs?throwExceptionOnFailure=false"),
                    e -> e.getMessage().setBody("{}"));

            assertThat(exchange.getException()).isNull();
            assertThat(server.requests()).hasSizeGreaterThan(2);
            assertThat(server.requests().get(1).headers()).doesNotContainEntry("user-agent", "camel-grokvideo");
        }
    }

    @Test
    void hasNoEndpointsOrBeansInTheContext() {
        try (FaultServer server = ok()) {
            rig.call(server.access(), POST);
            rig.call(server.access(), GET);
            assertThat(rig.context.getEndpoints()).isEmpty();
            assertThat(rig.context.getRegistry().findByType(HttpClientConfigurer.class)).isEmpty();
        }
    }

    @Test
    void repeatsNothingWhateverTheUsersClientDoes() {
        rig.component("http").setHttpClientConfigurer(builder -> builder.addExecInterceptorFirst("users-retry", (request, scope, chain) -> {
            chain.proceed(ClassicRequestBuilder.copy(request).build(), scope).close();
            return chain.proceed(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope);
        }));
        try (FaultServer server = ok()) {
            TransportException e = catchThrowableOfType(TransportException.class, () -> rig.call(server.access(), POST));
            assertThat(e.isSent()).isTrue();
            assertThat(e).hasMessageContaining("Not sent a second time");
            server.only();
        }
    }

    @Test
    void keepsTheUsersRequestConfig() {
        try (FaultServer proxy = ok()) {
            rig.component("http").setHttpClientConfigurer(builder -> builder.setDefaultRequestConfig(requestConfig(proxy.port())));
            rig.call(new GatewayAccess(URI.create("http://gateway.test/v1"), TransportRig.KEY), GET);
            assertThat(proxy.only().target()).isEqualTo("http://gateway.test/v1/tasks/1");
        }
    }

    @SuppressWarnings("deprecation")
    private static RequestConfig requestConfig(int proxyPort) {
        return RequestConfig.custom().setProxy(new HttpHost("http", "127.0.0.1", proxyPort)).build();
    }

    @Test
    void doesNotTellTheUsersActivityListener() {
        List<Object> told = new ArrayList<>();
        rig.component("http").setHttpActivityListener(new HttpActivityListener() {
            @Override
            public void onRequestSubmitted(Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
                told.add(request);
            }

            @Override
            public void onResponseReceived(
                    Object source, Exchange exchange, HttpHost host, HttpResponse response, HttpEntity entity, long elapsed) {
                told.add(response);
            }
        });
        rig.component("http").setLogHttpActivity(true);
        try (FaultServer server = ok()) {
            rig.call(server.access(), POST);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void closesItsConnectionsAndThenRefuses() {
        try (FaultServer server = ok()) {
            rig.call(server.access(), GET);
            rig.clients.close();
            rig.clients.close();
            TransportException e = catchThrowableOfType(TransportException.class, () -> rig.call(server.access(), POST));
            assertThat(e.isSent()).isFalse();
            server.only();
        }
    }

    @Test
    void leavesTheUsersConnectionManagerOpen() throws Exception {
        try (FaultServer server = ok(); PoolingHttpClientConnectionManager users = new PoolingHttpClientConnectionManager()) {
            users.setDefaultMaxPerRoute(3);
            rig.component("http").setClientConnectionManager(users);
            rig.call(server.access(), GET);
            assertThat(users.getTotalStats().getAvailable()).isEqualTo(1);
            rig.clients.close();
            assertThat(users.getDefaultMaxPerRoute()).isEqualTo(3);

            String answer = rig.context.createProducerTemplate().requestBody(server.url("/theirs"), null, String.class);
            assertThat(answer).isEqualTo("{}");
        }
    }

    @Test
    void trustsWhomTheUserTrusts() throws Exception {
        rig.component("https").setSslContextParameters(TestTls.clientParameters());
        try (FaultServer server = FaultServer.start(TestTls.server(), (request, wire) -> wire.json("200 OK", "{}"))) {
            assertThat(rig.call(server.access(), POST).status()).isEqualTo(200);
            assertThat(rig.call(server.access(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void trustsWhomTheUsersConfigurerTrusts() throws Exception {
        var tls = new DefaultClientTlsStrategy(TestTls.client());
        rig.component("https").setHttpClientConfigurer(builder -> builder.setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().setTlsSocketStrategy(tls).build()));
        try (FaultServer server = FaultServer.start(TestTls.server(), (request, wire) -> wire.json("200 OK", "{}"))) {
            assertThat(rig.call(server.access(), POST).status()).isEqualTo(200);
        }
    }

    @Test
    void goesThroughTheUsersProxy() {
        try (FaultServer proxy = ok()) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            HttpAnswer answer = rig.call(new GatewayAccess(URI.create("http://gateway.test/v1"), TransportRig.KEY), POST);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(proxy.only().target()).isEqualTo("http://gateway.test/v1/videos");
        }
    }

    @Test
    void goesAroundTheProxyWhereTheUserSaysSo() {
        try (FaultServer proxy = ok(); FaultServer server = ok()) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            rig.component("http").setNonProxyHosts("127.0.0.*");
            rig.call(server.access(), GET);
            server.only();
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void tellsATunnelsProxyNothing(@TempDir Path directory) throws Exception {
        rig.component("https").setSslContextParameters(TestTls.clientParameters());
        try (FaultServer server = FaultServer.start(TestTls.server(), (request, wire) -> {
            if (request.method().equals("POST")) {
                wire.json("200 OK", "{}");
            } else {
                wire.video(Mp4.video(5000), "");
            }
        }); FaultServer proxy = FaultServer.start((request, wire) -> wire.tunnel(server.port()))) {
            rig.component("https").setProxyHost("127.0.0.1");
            rig.component("https").setProxyPort(proxy.port());
            rig.component("https").setProxyAuthScheme("http");
            // Only the proxy could know this name.
            GatewayAccess access = new GatewayAccess(URI.create("https://video.test/v1"), TransportRig.KEY);
            assertThat(rig.call(access, POST).status()).isEqualTo(200);
            assertThat(rig.download(Orders.in(directory, access).content("/content").order()).size()).isGreaterThan(5000);

            assertThat(server.requests()).hasSize(2)
                    .allSatisfy(r -> assertThat(r.header("authorization")).isEqualTo("Bearer " + TransportRig.KEY));
            assertThat(proxy.requests()).hasSize(2).allSatisfy(r -> {
                assertThat(r.target()).isEqualTo("video.test:443");
                assertThat(r.headers()).doesNotContainKey("authorization");
            });
        }
    }

    /** The proxy's refusal is no answer of the gateway's: the request itself never left. */
    @Test
    void aRefusedTunnelSendsNothing() {
        try (FaultServer proxy = FaultServer.start((request, wire) -> wire.json("503 Busy", "{}"))) {
            rig.component("https").setProxyHost("127.0.0.1");
            rig.component("https").setProxyPort(proxy.port());
            rig.component("https").setProxyAuthScheme("http");
            TransportException e = catchThrowableOfType(TransportException.class,
                    () -> rig.call(new GatewayAccess(URI.create("https://gateway.test/v1"), TransportRig.KEY), POST));

            assertThat(e.isSent()).isFalse();
            assertThat(e).hasMessageContaining("proxy answered HTTP 503");
            assertThat(proxy.only().method()).isEqualTo("CONNECT");
            assertThat(proxy.only().headers()).doesNotContainKey("authorization");
        }
    }
}
