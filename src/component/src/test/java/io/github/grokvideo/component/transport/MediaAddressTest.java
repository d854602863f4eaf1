// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a download may go. All servers here are on private addresses; the gateway's own origin is open, and nothing else. */
@Timeout(60)
class MediaAddressTest {

    private static final byte[] VIDEO = Mp4.video(10_000);

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final Map<String, String[]> names = new java.util.concurrent.ConcurrentHashMap<>();
    private final TransportRig rig = new TransportRig(this::resolve);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        rig.close();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookedUp.add(host);
        String[] addresses = names.get(host);
        if (addresses == null) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] result = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            result[i] = InetAddress.getByName(addresses[i]);
        }
        return result;
    }

    private static FaultServer video() {
        return FaultServer.start((request, wire) -> wire.video(VIDEO, ""));
    }

    private static FaultServer redirecting(String status, String location) {
        return FaultServer.start((request, wire) -> wire.redirect(status, location));
    }

    private DownloadException refused(Orders orders) {
        DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(orders.order()));
        assertThat(e.kind()).isEqualTo(Kind.REFUSED);
        assertThat(e.resume()).isNull();
        assertThat(orders.target()).doesNotExist();
        assertThat(orders.partial()).doesNotExist();
        return e;
    }

    private void assertDownloaded(Orders orders) {
        assertThat(rig.download(orders.order()).sha256()).isEqualTo(Mp4.sha256(VIDEO));
    }

    @Test
    void refusesAPrivateAddress() {
        try (FaultServer inside = video()) {
            assertThat(refused(Orders.in(directory).url(inside.url("/v.mp4?token=1"))))
                    .hasMessageContaining("127.0.0.1 is a private address").hasMessageNotContaining("token");
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void letsTheGatewaysOwnOrigin() {
        try (FaultServer gateway = video()) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")));
        }
    }

    @Test
    void letsAllWhereTheUserSaysSo() {
        try (FaultServer inside = video()) {
            assertDownloaded(Orders.in(directory).url(inside.url("/v.mp4")).anyAddress());
        }
    }

    @Test
    void refusesAnotherPortOfTheGatewaysHost() {
        try (FaultServer inside = video(); FaultServer gateway = redirecting("302 Found", inside.url("/admin"))) {
            refused(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")));
            assertThat(inside.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://127.1:1/",
            "http://2130706433:1/", "http://0.0.0.0:1/", "//10.0.0.1/x", "file:///etc/passwd", "ftp://example.com/v.mp4", "gopher://x/",
            "data:video/mp4;base64,AAAA", "http://user:secret@example.com/", "http:///v.mp4", "http://exa mple.com/",
            "http://%31%32%37.0.0.1:1/", "http://[fe80::1%25eth0]/", "http://[::1",
            "jar:file:/x!/y"})
    void refusesARedirectTo(String location) {
        try (FaultServer gateway = redirecting("302 Found", location)) {
            assertThat(refused(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")))).hasMessageNotContaining("secret");
            gateway.only();
        }
    }

    @Test
    void refusesANameThatLeadsInside() {
        try (FaultServer inside = video()) {
            names.put("video.test", new String[] {"1.1.1.1", "127.0.0.1"});
            refused(Orders.in(directory).url("http://video.test:" + inside.port() + "/v.mp4"));
            assertThat(inside.connections()).isZero();
        }
    }

    /** A name that answers otherwise the second time gains nothing: there is no second time. */
    @Test
    void looksANameUpOnceAndConnectsThere() {
        try (FaultServer inside = video()) {
            names.put("video.test", new String[] {"127.0.0.1"});
            assertDownloaded(Orders.in(directory).url("http://video.test:" + inside.port() + "/v.mp4").anyAddress());
            assertThat(lookedUp).containsExactly("video.test");
            assertThat(inside.only().header("host")).isEqualTo("video.test:" + inside.port());
        }
    }

    @Test
    void triesTheNextAddress() {
        try (FaultServer inside = video()) {
            // Nobody listens on the loopback address next to ours.
            names.put("video.test", new String[] {"127.0.0.2", "127.0.0.1"});
            assertDownloaded(Orders.in(directory).url("http://video.test:" + inside.port() + "/v.mp4").anyAddress());
        }
    }

    @Test
    void anUnknownHostIsBroken() {
        DownloadException e = catchThrowableOfType(DownloadException.class,
                () -> rig.download(Orders.in(directory).url("https://no-such-host.invalid/v.mp4").order()));
        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        assertThat(e).hasMessageEndingWith("host not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 X", "302 X", "303 X", "307 X", "308 X"})
    void followsRedirects(String status) {
        try (FaultServer gateway = FaultServer.start((request, wire) -> {
            if (request.target().startsWith("/a/v.mp4")) {
                wire.redirect(status, "../b/w.mp4?sig=%2B+");
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url("/a/v.mp4")));
            assertThat(gateway.requests()).last().extracting(FaultServer.Request::target).isEqualTo("/b/w.mp4?sig=%2B+");
        }
    }

    /** RFC 3986, and UTF-8 where a server writes a name as it is. PORT is the server's own. */
    @ParameterizedTest
    @CsvSource({"?x=1, /a/v.mp4?x=1", "../x, /x", "./x, /a/x", "//127.0.0.1:PORT/y z, /y%20z",
            "/grüße.mp4?q=é, /gr%C3%BC%C3%9Fe.mp4?q=%C3%A9",
            "/%ff, /%ff"})
    void redirectsAreRelativeToWhereTheyAre(String location, String expected) {
        try (FaultServer gateway = FaultServer.start((request, wire) -> {
            if (request.target().equals("/a/v.mp4?old")) {
                String own = location.replace("PORT", request.header("host").replaceAll(".*:", ""));
                wire.redirect("302 X", new String(own.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            } else {
                wire.video(VIDEO, "");
            }
        })) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url("/a/v.mp4?old")));
            assertThat(gateway.requests()).last().extracting(FaultServer.Request::target).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"/files/my cat.mp4?sig=a b, /files/my%20cat.mp4?sig=a%20b", "files/7.mp4, /v1/files/7.mp4", "'\t/7.mp4\n', /7.mp4"})
    void takesAUrlAsTheGatewayWroteIt(String url, String expected) {
        try (FaultServer gateway = video()) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(url));
            assertThat(gateway.only().target()).isEqualTo(expected);
        }
    }

    @Test
    void takesALongUrl() {
        try (FaultServer gateway = video()) {
            assertDownloaded(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4?token=" + "x".repeat(9_000))));
        }
    }

    @Test
    void followsFiveRedirectsAndNoMore() {
        try (FaultServer gateway = FaultServer.start((request, wire) -> wire.redirect("302 X", "/again"))) {
            assertThat(refused(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")))).hasMessageContaining("5 redirects");
            assertThat(gateway.requests()).hasSize(6);
        }
    }

    @Test
    void aRedirectThatLeadsNowhere() {
        try (FaultServer gateway = FaultServer.start((request, wire) -> wire.answer("302 X", "", new byte[0]))) {
            DownloadException e = catchThrowableOfType(DownloadException.class,
                    () -> rig.download(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")).order()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
        }
    }

    @Test
    void refusesToLeaveTls() throws Exception {
        rig.component("https").setSslContextParameters(TestTls.clientParameters());
        // A public name, so that only the scheme is at fault.
        try (FaultServer gateway = FaultServer.start(TestTls.server(), (request, wire) -> wire.redirect("302 X", "http://1.1.1.1/v.mp4"))) {
            assertThat(refused(Orders.in(directory, gateway.access()).url(gateway.url("/v.mp4")))).hasMessageContaining("https to http");
        }
    }

    @Test
    void trustsWhomTheUserTrustsAndChecksTheName() throws Exception {
        rig.component("https").setSslContextParameters(TestTls.clientParameters());
        names.put("video.test", new String[] {"127.0.0.1"});
        names.put("stranger.test", new String[] {"127.0.0.1"});
        try (FaultServer server = FaultServer.start(TestTls.server(), (request, wire) -> wire.video(VIDEO, ""))) {
            assertDownloaded(Orders.in(directory).url("https://video.test:" + server.port() + "/v.mp4").anyAddress());
            DownloadException e = catchThrowableOfType(DownloadException.class, () -> rig.download(Orders.in(directory.resolve("2"))
                    .url("https://stranger.test:" + server.port() + "/v.mp4").anyAddress().order()));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e).hasMessageContaining("TLS: ");
        }
    }

    @Test
    void leavesNameLookUpsToAProxyAndStillRefusesLiterals() {
        try (FaultServer proxy = video()) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            assertDownloaded(Orders.in(directory).url("http://video.test/v.mp4"));
            assertThat(lookedUp).isEmpty();
            assertThat(proxy.only().target()).isEqualTo("http://video.test/v.mp4");

            Path second = directory.resolve("2");
            for (String host : List.of("127.0.0.1", "169.254.169.254", "[::1]", "localhost", "2130706433", "0x7f.1")) {
                refused(Orders.in(second).url("http://" + host + "/v.mp4"));
            }
            proxy.only();
        }
    }

    @Test
    void aGatewayBehindAProxyMayBeALiteral() {
        try (FaultServer proxy = video()) {
            rig.component("http").setProxyHost("127.0.0.1");
            rig.component("http").setProxyPort(proxy.port());
            GatewayAccess inside = new GatewayAccess(URI.create("http://10.1.2.3/v1"), TransportRig.KEY);
            assertDownloaded(Orders.in(directory, inside).url("http://10.1.2.3/v.mp4"));
        }
    }
}
