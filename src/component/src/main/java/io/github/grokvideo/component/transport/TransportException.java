// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

import io.github.grokvideo.component.provider.HttpAnswer;

/** No HTTP answer came. Its message names the host and the cause, and no secret. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final transient HttpAnswer beginning;

    /** @param sent false only when it is certain that no byte of the request left: the connection was never made */
    public TransportException(String message, boolean sent, Throwable cause) {
        this(message, sent, null, cause);
    }

    /** @param beginning what came of an answer; null = none of it */
    public TransportException(String message, boolean sent, HttpAnswer beginning, Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.beginning = beginning;
    }

    /** Whether the gateway may have received the request. */
    public boolean isSent() {
        return sent;
    }

    /** A success that broke off; null = nothing of an answer came. It may name a task: what is missing of it is unknown. */
    public HttpAnswer getBeginning() {
        return beginning;
    }
}
