// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport;

/** Why an attempt did not bring the video. Its message names job and host, and no query string. */
public class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** 401, 403, 404 or 410 for the URL: the gateway must be asked for it again. */
        URL_EXPIRED,
        /** Connection, 5xx, 429, stall, truncated: another attempt may succeed. */
        BROKEN,
        /** Complete, but not a video (HTML, empty, damaged MP4): another attempt may succeed. */
        NOT_A_VIDEO,
        /** Larger than maxFileSize: no attempt will succeed. */
        TOO_LARGE,
        /** The address or the redirect must not be followed. */
        REFUSED,
        /** This machine's disk or directory. */
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
