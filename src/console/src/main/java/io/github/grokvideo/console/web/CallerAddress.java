// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import jakarta.servlet.http.HttpServletRequest;

/** The address a request comes from. For IPv6 it is the /64 network, which usually belongs to one client. */
public final class CallerAddress {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|\\[?[0-9a-fA-F:.]{2,45}]?");

    private final boolean behindProxy;

    /** @param behindProxy whether requests from this machine come from a proxy that sets X-Forwarded-For */
    public CallerAddress(boolean behindProxy) {
        this.behindProxy = behindProxy;
    }

    String of(HttpServletRequest request) {
        InetAddress peer = address(request.getRemoteAddr());
        if (behindProxy && peer != null && peer.isLoopbackAddress()) {
            // The proxy appends the address; anything before it comes from the caller.
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

    /** @return null = not an address; names are not looked up */
    private static InetAddress address(String text) {
        try {
            return text != null && LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException none) {
            return null;
        }
    }
}
