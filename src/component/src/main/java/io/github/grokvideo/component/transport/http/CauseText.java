// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Describes a connection failure for messages. Never contains a URL or a header. */
public final class CauseText {

    /** Messages of TLS and protocol failures can quote what the peer sent. */
    private static final int LONGEST = 200;

    private CauseText() {
    }

    public static String of(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "host not found";
        }
        if (failure instanceof ConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof ConnectionRequestTimeoutException) {
            return "no free connection in time";
        }
        if (failure instanceof SocketTimeoutException) {
            return "no byte in time";
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "connection refused or no route";
        }
        if (failure instanceof NoHttpResponseException) {
            return "connection closed without an answer";
        }
        if (failure instanceof SSLException) {
            return "TLS: " + cut(failure.getMessage());
        }
        if ((failure instanceof ClientProtocolException || failure instanceof CutAnswerException) && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure.getClass() == IOException.class && failure.getMessage() != null) {
            return cut(failure.getMessage());
        }
        return failure.getClass().getSimpleName() + (failure.getMessage() == null ? "" : ": " + cut(failure.getMessage()));
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
