// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import io.github.grokvideo.component.transport.http.MediaHop;
import org.apache.camel.component.http.HttpCredentialsHelper;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.cookie.BasicClientCookie;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to see the key, and what a user's client knows. */
@Timeout(60)
class MediaSecretsTest {

    private static final byte[] VIDEO = Mp4.video(10_000);
    private static final String BEARER = "Bearer " + TransportRig.KEY;

    private final TransportRig rig = new TransportRig();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        rig.close();
    }

    private static FaultServer video() {
        return FaultServer.start((request, wire) -> wire.video(VIDEO, ""));
    }

    private void assertDownloaded(Orders orders) {
        assertThat(rig.download(orders.order()).size()).isEqualTo(VIDEO.length);
    }

    @Test
    void theContentCallCarriesTheKey() {
        try (FaultServer gateway = video()) {
            assertDownloaded(Orders.in(directory, gateway.access()).content("/videos/t1/content"));
            assertThat(gateway.only().target()).isEqualTo("/v1/videos/t1/content");
            assertThat(gateway.only().header("authorization")).isEqualTo(BEARER);
        }
    }

    @Test
    void aUrlDoesNotCarryItEvenAtTheGateway() {
        try (FaultServer gateway = video()) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url("/v1/videos/t1/content")));
            assertThat(gateway.only().header("authorization")).isNull();
        }
    }

    private static FaultServer wantingTheKey() {
        return FaultServer.start((request, wire) -> {
            if (request.target().startsWith("/elsewhere")) {
                wire.redirect("302 X", "/v1/videos/t1/content");
            } else if (BEARER.equals(request.header("authorization"))) {
                wire.video(VIDEO, "");
            } else {
                wire.answer("401 X", "", new byte[0]);
            }
        });
    }

    /** Also where a redirect within it leads there. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/videos/t1/content", "/elsewhere"})
    void aUrlOfTheGatewayThatIsRefusedWithoutTheKeyIsAskedOnceWithIt(String path) {
        try (FaultServer gateway = wantingTheKey()) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url(path)));
            assertThat(gateway.requests()).filteredOn(r -> r.target().startsWith("/v1/")).extracting(r -> r.header("authorization"))
                    .containsExactly(null, BEARER);
        }
    }

    @Test
    void aKeyThatIsRefusedIsNotSentAgain() {
        try (FaultServer gateway = FaultServer.start((request, wire) -> wire.answer("401 X", "", new byte[0]))) {
            DownloadException e = catchThrowableOfType(DownloadException.class,
                    () -> rig.download(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")).order()));
            assertThat(e.kind()).isEqualTo(DownloadException.Kind.URL_EXPIRED);
            assertThat(gateway.requests()).hasSize(2);
        }
    }

    @Test
    void theKeyIsForNobodyElseWhoAnswers401() {
        try (FaultServer cdn = wantingTheKey(); FaultServer gateway = wantingTheKey()) {
            catchThrowableOfType(DownloadException.class,
                    () -> rig.download(Orders.in(directory, gateway.access()).url(cdn.url("/v.mp4")).anyAddress().order()));
            assertThat(cdn.only().header("authorization")).isNull();
            assertThat(gateway.requests()).isEmpty();
        }
    }

    @Test
    void theKeyIsNotForTheGatewayWhenSomebodyElseLedThere() {
        try (FaultServer gateway = wantingTheKey();
                FaultServer cdn = FaultServer.start((request, wire) -> wire.redirect("302 X", gateway.url("/v1/videos/t1/content")))) {
            catchThrowableOfType(DownloadException.class,
                    () -> rig.download(Orders.in(directory, gateway.access()).url(cdn.url("/v.mp4")).anyAddress().order()));
            assertThat(gateway.only().header("authorization")).isNull();
        }
    }

    @Test
    void theKeyStaysOnRedirectsWithinTheOrigin() {
        try (FaultServer gateway = FaultServer.start((request, wire) -> {
            if (request.target().startsWith("/v1/")) {
                wire.redirect("302 X", "/elsewhere");
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            assertDownloaded(Orders.in(directory, gateway.access()).content("/content"));
            assertThat(gateway.requests()).hasSize(2).allSatisfy(r -> assertThat(r.header("authorization")).isEqualTo(BEARER));
        }
    }

    @Test
    void theKeyIsDroppedOffTheOriginAndDoesNotComeBack() {
        FaultServer[] back = new FaultServer[1];
        try (FaultServer cdn = FaultServer.start((request, wire) -> wire.redirect("302 X", back[0].url("/final")));
                FaultServer gateway = FaultServer.start((request, wire) -> {
                    if (request.target().startsWith("/v1/")) {
                        wire.redirect("302 X", cdn.url("/signed?sig=1"));
                    } else {
                        wire.video(VIDEO, "");
                    }
                })) {
            back[0] = gateway;
            assertDownloaded(Orders.in(directory, gateway.access()).content("/content").anyAddress());
            assertThat(cdn.only().header("authorization")).isNull();
            assertThat(gateway.requests()).extracting(r -> r.header("authorization")).containsExactly(BEARER, null);
            assertThat(cdn.only().header("referer")).isNull();
        }
    }

    @Test
    void nothingOfTheUsersClientGoesAlong() {
        BasicCookieStore cookies = new BasicCookieStore();
        BasicClientCookie cookie = new BasicClientCookie("session", "secret");
        cookie.setDomain("127.0.0.1");
        cookie.setPath("/");
        cookies.addCookie(cookie);
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(new AuthScope(null, -1), new UsernamePasswordCredentials("user", "secret".toCharArray()));
        rig.component("http").setCookieStore(cookies);
        rig.component("http").setHttpClientConfigurer(builder -> builder
                .setDefaultHeaders(List.of(new BasicHeader("X-Api-Key", "secret")))
                .setDefaultCookieStore(cookies)
                .setDefaultCredentialsProvider(credentials)
                .addRequestInterceptorFirst((request, entity, context) -> request.setHeader("Authorization", "Bearer secret"))
                .addRequestInterceptorLast((request, entity, context) -> request.setHeader("X-Token", "secret")));
        try (FaultServer cdn = FaultServer.start((request, wire) -> wire.answer("401 X",
                "WWW-Authenticate: Basic realm=\"x\"\r\nProxy-Authenticate: Basic realm=\"x\"\r\nSet-Cookie: a=b\r\n", new byte[0]))) {
            org.assertj.core.api.Assertions.catchThrowable(() -> rig.download(
                    Orders.in(directory).url(cdn.url("/v.mp4")).anyAddress().order()));
            assertThat(cdn.only().headers().toString()).doesNotContain("secret", "c2Vjcm");
            assertThat(cdn.only().headers().keySet())
                    .containsExactlyInAnyOrder("host", "accept", "user-agent", "accept-encoding");
        }
    }

    @Test
    void theirProxyGetsItsCredentials() {
        try (FaultServer proxy = FaultServer.start((request, wire) -> {
            if (request.header("proxy-authorization") == null) {
                wire.answer("407 X", "Proxy-Authenticate: Basic realm=\"p\"\r\n", new byte[0]);
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            rig.component("http").setProxyAuthUsername("user");
            rig.component("http").setProxyAuthPassword("secret");
            assertDownloaded(Orders.in(directory).url("http://video.test/v.mp4"));
            assertThat(proxy.requests()).last().extracting(r -> r.header("proxy-authorization"))
                    .isEqualTo(HttpCredentialsHelper.generateBasicAuthHeader("user", "secret"));
        }
    }

    @Test
    void noFormOfAnythingShowsTheKey() {
        try (FaultServer gateway = video()) {
            MediaHop hop = new MediaHop(java.util.Map.of("Authorization", "Bearer " + TransportRig.KEY), 5, "\"1\"", false);
            DownloadOrder order = Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4?sig=secret")).order();
            assertThat(hop + " " + order + " " + gateway.access()).doesNotContain(TransportRig.KEY, "secret",
                    Base64.getEncoder().encodeToString(TransportRig.KEY.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
