// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;

/** Which settings of Camel HTTP only its own, blocking client can have. Pure. */
final class ClassicOnly {

    private ClassicOnly() {
    }

    /**
     * @param  component of the user's
     * @param  made      what the component would configure its own client with; null = nothing
     * @return           the first such setting, for a log message; empty = the asynchronous client can have all of them
     */
    static Optional<String> reason(HttpComponent component, HttpClientConfigurer made) {
        if (component.getClass() != HttpComponent.class) {
            return Optional.of("the class " + component.getClass().getName());
        }
        if (component.getClientConnectionManager() != null) {
            return Optional.of("clientConnectionManager");
        }
        if (component.getHttpClientConfigurer() != null) {
            return Optional.of("httpClientConfigurer");
        }
        if (component.getHttpConfiguration() != null) {
            return Optional.of("httpConfiguration");
        }
        if (component.getProxyAuthDomain() != null || component.getProxyAuthNtHost() != null
                || "NTLM".equalsIgnoreCase(component.getProxyAuthMethod())) {
            return Optional.of("NTLM authentication at the proxy");
        }
        // Without a proxy, Camel's present version configures nothing more.
        return made == null || ProxySettings.own(component).isPresent() ? Optional.empty() : Optional.of(made.getClass().getName());
    }
}
