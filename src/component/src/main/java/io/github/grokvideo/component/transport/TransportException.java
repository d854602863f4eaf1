package io.github.grokvideo.component.transport;

/** No HTTP answer came. Its message names the host and the cause, and no secret. */
public class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    /** @param sent false only when it is certain that no byte of the request left: the connection was never made */
    public TransportException(String message, boolean sent, Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    /** Whether the gateway may have received the request. */
    public boolean isSent() {
        return sent;
    }
}
