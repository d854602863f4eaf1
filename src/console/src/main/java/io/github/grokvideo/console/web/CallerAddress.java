// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import jakarta.servlet.http.HttpServletRequest;

/** Where a request comes from. Of IPv6 the network: whoever has one address has all of its /64. */
public final class CallerAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|\\[?[0-9a-fA-F:.]{2,45}]?");

    private final boolean behindProxy;

    /** @param behindProxy whether what comes from this machine is a proxy's, which says in X-Forwarded-For whose request it is */
    public CallerAddress(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    String of(HttpServletRequest request) {
        InetAddress peer = address(request.getRemoteAddr());
        if (behindProxy && peer != null && peer.isLoopbackAddress()) {
            // The proxy adds its word at the end; what stands before it is the caller's own.
            List<String> headers = Collections.list(request.getHeaders("X-Forwarded-For"));
            String last = headers.isEmpty() ? "" : headers.get(headers.size() - 1);
            InetAddress told = address(last.substring(last.lastIndexOf(',') + 1).strip());
            peer = told == null ? peer : told;
        }
        return peer == null ? "" : network(peer);
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress() || bytes.length == 4 ? address.getHostAddress()
                : java.util.HexFormat.of().formatHex(bytes, 0, 8);
    }

    /** @return null = it is no address; names are not looked up */
    private static InetAddress address(String text) {
        try {
            return text != null && LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException none) {
            return null;
        }
    }
}
