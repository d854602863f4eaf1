// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

/** A failed attempt to download a video. The message names job and host, without a query string. */
public class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** 401, 403, 404 or 410 for the URL: the job must be polled again for a new one. */
        URL_EXPIRED,
        /** Connection failed, 5xx, 429, stalled or truncated: another attempt may succeed. */
        BROKEN,
        /** Complete, but not a valid video (HTML, empty, damaged MP4): another attempt may succeed. */
        NOT_A_VIDEO,
        /** Larger than maxFileSize: no attempt will succeed. */
        TOO_LARGE,
        /** The address or a redirect is not allowed. */
        REFUSED,
        /** A local disk or directory failed. */
        LOCAL_FILE
    }

    private final Kind kind;
    private final Integer httpStatus;
    private final transient DownloadOrder.Resume resume;

    /**
     * @param httpStatus null = none
     * @param resume     null = the next attempt starts over
     */
    public DownloadException(Kind kind, String message, Integer httpStatus, DownloadOrder.Resume resume, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.httpStatus = httpStatus;
        this.resume = resume;
    }

    public Kind kind() {
        return kind;
    }

    public Integer httpStatus() {
        return httpStatus;
    }

    public DownloadOrder.Resume resume() {
        return resume;
    }
}
