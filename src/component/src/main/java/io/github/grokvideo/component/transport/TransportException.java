// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import io.github.grokvideo.component.provider.HttpAnswer;

/** There is no complete HTTP response. The message names the host and the cause, but no secret. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final transient HttpAnswer beginning;

    /** @param sent false only if it is certain that no byte of the request was sent */
    public TransportException(String message, boolean sent, Throwable cause) {
        this(message, sent, null, cause);
    }

    /** @param beginning the part of the response that was received; null = none */
    public TransportException(String message, boolean sent, HttpAnswer beginning, Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.beginning = beginning;
    }

    /** @return whether the gateway may have received the request */
    public boolean isSent() {
        return sent;
    }

    /** @return a truncated success response, which may contain a task id; null = none */
    public HttpAnswer getBeginning() {
        return beginning;
    }
}
