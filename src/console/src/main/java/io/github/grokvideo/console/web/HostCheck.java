// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers 421 to requests for another host's name: a foreign page that rebinds its name to this machine gets nothing. */
public final class HostCheck extends Handler.Wrapper {

    private final Set<String> hosts;

    /**
     * @param hosts   allowed host names in lower case, without port
     * @param handler receives requests for these hosts
     */
    public HostCheck(Set<String> hosts, Handler handler) {
        super(handler);
        this.hosts = Set.copyOf(hosts);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = Request.getServerName(request);
        if (host != null && request.getHeaders().contains(HttpHeader.HOST) && hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return super.handle(request, response, callback);
        }
        response.setStatus(HttpStatus.MISDIRECTED_REQUEST_421);
        response.write(true, null, callback);
        return true;
    }
}
