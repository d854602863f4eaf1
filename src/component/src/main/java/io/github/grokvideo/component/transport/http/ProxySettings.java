// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.CamelProxyRoutePlanner;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.HttpHost;

/** The proxy that Camel HTTP's client uses, for the asynchronous one. Read in the same order: component, global options, JVM. */
final class ProxySettings {

    private final HttpComponent component;
    private final boolean useSystemProperties;
    private final boolean secure;

    /**
     * @param useSystemProperties of the endpoint, which is all that Camel HTTP's client goes by
     * @param secure              whether the calls use TLS: then so does the proxy, unless the user says otherwise
     */
    ProxySettings(HttpComponent component, boolean useSystemProperties, boolean secure) {
        this.component = component;
        this.useSystemProperties = useSystemProperties;
        this.secure = secure;
    }

    void configure(HttpAsyncClientBuilder builder) {
        if (useSystemProperties) {
            builder.useSystemProperties();
        } else {
            global(builder);
        }
        own(component).ifPresent(proxy -> own(builder, proxy));
    }

    private void global(HttpAsyncClientBuilder builder) {
        CamelContext context = component.getCamelContext();
        String host = context.getGlobalOption("http.proxyHost");
        String port = context.getGlobalOption("http.proxyPort");
        if (host != null && !host.isBlank() && port != null && !port.isBlank()) {
            builder.setProxy(new HttpHost(scheme(context.getGlobalOption("http.proxyScheme")), host, Integer.parseInt(port)));
        }
    }

    /** @return the proxy of the component itself, without its scheme */
    @SuppressWarnings("deprecation")
    static Optional<HttpHost> own(HttpComponent component) {
        String host = component.getProxyAuthHost() != null ? component.getProxyAuthHost() : component.getProxyHost();
        Integer port = component.getProxyAuthPort() != null ? component.getProxyAuthPort() : component.getProxyPort();
        return host == null || port == null ? Optional.empty() : Optional.of(new HttpHost(host, port));
    }

    private void own(HttpAsyncClientBuilder builder, HttpHost own) {
        HttpHost proxy = new HttpHost(scheme(component.getProxyAuthScheme()), own.getHostName(), own.getPort());
        Set<String> around = component.getNonProxyHosts() == null ? Set.of() : Arrays.stream(component.getNonProxyHosts().split(","))
                .map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
        if (around.isEmpty()) {
            builder.setProxy(proxy);
        } else {
            builder.setRoutePlanner(new CamelProxyRoutePlanner(proxy, around));
        }
        if (component.getProxyAuthUsername() != null && component.getProxyAuthPassword() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(own.getHostName(), own.getPort()), new UsernamePasswordCredentials(
                    component.getProxyAuthUsername(), component.getProxyAuthPassword().toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    private String scheme(String users) {
        return users != null ? users : secure ? "https" : "http";
    }
}
