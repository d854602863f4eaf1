// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.common.HttpConfiguration;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicOnlyTest {

    private static final HttpClientConfigurer PROXY = new CompositeHttpConfigurer();

    private static Arguments settings(String what, Consumer<HttpComponent> users, HttpClientConfigurer made, String reason) {
        HttpComponent component = new HttpComponent();
        if (made == PROXY) {
            component.setProxyHost("proxy.test");
            component.setProxyPort(8080);
        }
        users.accept(component);
        return Arguments.of(what, component, made, reason);
    }

    @SuppressWarnings("deprecation")
    static Stream<Arguments> settings() {
        return Stream.of(
                settings("defaults", http -> { }, null, null),
                settings("proxy", http -> { }, PROXY, null),
                settings("proxy by its old names", http -> {
                    http.setProxyHost(null);
                    http.setProxyAuthHost("proxy.test");
                    http.setProxyAuthPort(8080);
                }, PROXY, null),
                settings("proxy with Basic", http -> {
                    http.setProxyAuthMethod("Basic");
                    http.setProxyAuthUsername("me");
                    http.setProxyAuthPassword("secret");
                }, PROXY, null),
                settings("proxy with Digest", http -> http.setProxyAuthMethod("Digest"), PROXY, null),
                settings("proxy with NTLM", http -> http.setProxyAuthMethod("ntlm"), PROXY, "NTLM authentication at the proxy"),
                settings("NTLM domain", http -> http.setProxyAuthDomain("OFFICE"), PROXY, "NTLM authentication at the proxy"),
                settings("NTLM host", http -> http.setProxyAuthNtHost("PC7"), PROXY, "NTLM authentication at the proxy"),
                settings("TLS", http -> http.setSslContextParameters(new SSLContextParameters()), null, null),
                settings("host names", http -> http.setX509HostnameVerifier(NoopHostnameVerifier.INSTANCE), null, null),
                settings("timeouts", http -> {
                    http.setSoTimeout(1000);
                    http.setConnectTimeout(1000);
                    http.setResponseTimeout(1000);
                    http.setConnectionTimeToLive(1000);
                }, null, null),
                settings("what our calls have not", http -> {
                    http.setCookieStore(new BasicCookieStore());
                    http.setFollowRedirects(true);
                    http.setUserAgent("theirs");
                    http.setLogHttpActivity(true);
                }, null, null),
                settings("configurer", http -> http.setHttpClientConfigurer(builder -> { }), null, "httpClientConfigurer"),
                settings("connections", http -> http.setClientConnectionManager(new BasicHttpClientConnectionManager()), null,
                        "clientConnectionManager"),
                settings("credentials", http -> http.setHttpConfiguration(new HttpConfiguration()), null, "httpConfiguration"),
                settings("more than the proxy", http -> { }, new CompositeHttpConfigurer(), CompositeHttpConfigurer.class.getName()),
                Arguments.of("a component of one's own", new OwnHttp(), null, "the class " + OwnHttp.class.getName()));
    }

    /** As a user's. */
    private static final class OwnHttp extends HttpComponent {
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void namesTheFirstSettingThatTheAsynchronousClientCannotHave(
            String what, HttpComponent component, HttpClientConfigurer made, String reason) {
        assertThat(ClassicOnly.reason(component, made)).isEqualTo(Optional.ofNullable(reason));
    }
}
