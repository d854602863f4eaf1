// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.media;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Set;
import java.util.zip.ZipException;
import io.github.grokvideo.component.job.PlainDuration;
import io.github.grokvideo.component.job.files.DefaultPermissions;
import io.github.grokvideo.component.transport.DownloadException;
import io.github.grokvideo.component.transport.DownloadException.Kind;
import io.github.grokvideo.component.transport.DownloadOrder;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.http.CamelHttpClients;
import io.github.grokvideo.component.transport.http.CauseText;
import io.github.grokvideo.component.transport.http.RefusedAddressException;
import io.github.grokvideo.component.transport.http.Watchdog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to download a video. Used once, by one thread. */
final class MediaAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(MediaAttempt.class);
    /** Bytes: large enough to make system calls negligible, small enough for many downloads in a small heap. */
    static final int BUFFER = 128 * 1024;
    private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);
    /** A transforming proxy turns 200 into 203. */
    private static final Set<Integer> WHOLE = Set.of(200, 203);
    private static final int PARTIAL = 206;

    private final DownloadOrder order;
    private final Watchdog watchdog;
    private final MediaRequests requests;
    private final DefaultPermissions permissions;
    private PartialFile partial;
    /** Validator of the partial file; null = it cannot be resumed. */
    private String validator;
    /** Whether the transfer reported the end of the file. */
    private boolean complete;
    private String host;

    MediaAttempt(CamelHttpClients clients, DownloadOrder order, Watchdog watchdog, DefaultPermissions permissions) {
        this.permissions = permissions;
        this.order = order;
        this.watchdog = watchdog;
        this.requests = new MediaRequests(clients, order, watchdog);
        this.host = order.access().host();
    }

    DownloadedVideo run() {
        try {
            if (Files.exists(order.target(), LinkOption.NOFOLLOW_LINKS)) {
                throw new LocalFileException(new IOException("the file already exists"));
            }
            partial = open();
            receive();
            verify();
            String sha256 = partial.sha256();
            publish();
            return new DownloadedVideo(order.target(), partial.size(), sha256);
        } catch (Refused e) {
            throw failed(e.kind, e.getMessage(), e.status, null);
        } catch (LocalFileException e) {
            Throwable cause = e.getCause();
            // An interrupt closes the channel, which is not a disk failure.
            throw failed(cause instanceof ClosedByInterruptException ? Kind.BROKEN : Kind.LOCAL_FILE, CauseText.of(cause), null, cause);
        } catch (RefusedAddressException e) {
            throw failed(Kind.REFUSED, e.getMessage(), null, e);
        } catch (Error e) {
            LOG.error("Job {}: the download failed with an unexpected error", order.jobId(), e);
            throw failed(Kind.BROKEN, CauseText.of(e), null, e);
        } catch (IOException | RuntimeException e) {
            throw failed(Kind.BROKEN, watchdog.expired()
                    ? "not complete within " + PlainDuration.of(order.timeout()) : CauseText.of(e), null, e);
        }
    }

    private PartialFile open() throws LocalFileException {
        DownloadOrder.Resume resume = order.resume();
        try {
            PartialFile file = PartialFile.open(order.partial(), resume == null || resume.validator() == null ? 0 : resume.bytes());
            validator = file.size() > 0 ? resume.validator() : null;
            return file;
        } catch (IOException e) {
            throw new LocalFileException(e);
        }
    }

    private void receive() throws IOException, Refused {
        if (partial.size() > 0) {
            try (MediaAnswer answer = ask()) {
                if (answer.status() == PARTIAL && continues(answer)) {
                    copy(answer, answer.range().total());
                    return;
                }
                if (answer.status() != PARTIAL && answer.status() != 416) {
                    receiveWhole(answer);
                    return;
                }
            }
            startOver();
        }
        try (MediaAnswer answer = ask()) {
            receiveWhole(answer);
        }
    }

    private MediaAnswer ask() throws IOException {
        MediaAnswer answer = requests.get(partial.size(), validator);
        host = answer.host();
        return answer;
    }

    private boolean continues(MediaAnswer answer) {
        MediaAnswer.Range range = answer.range();
        long length = answer.contentLength();
        return range != null && range.first() == partial.size() && range.last() >= range.first()
                && (range.total() < 0 || range.last() < range.total())
                && (length < 0 || length == range.last() - range.first() + 1)
                && !answer.claimsCompression() && !answer.contradicts(validator);
    }

    private void receiveWhole(MediaAnswer answer) throws IOException, Refused {
        int status = answer.status();
        if (EXPIRED.contains(status)) {
            throw new Refused(Kind.URL_EXPIRED, "HTTP " + status, status);
        }
        MediaAnswer.Range range = status == PARTIAL ? answer.range() : null;
        if (!WHOLE.contains(status) && (status != PARTIAL || range != null && range.first() > 0)) {
            throw new Refused(Kind.BROKEN, "HTTP " + status, status);
        }
        if (partial.size() > 0) {
            startOver();
        }
        // Byte ranges of a compressed body do not match the file.
        validator = answer.claimsCompression() ? null : answer.validator();
        copy(answer, range == null ? answer.contentLength() : range.total());
    }

    private void startOver() throws LocalFileException {
        validator = null;
        try {
            partial.startOver();
        } catch (IOException e) {
            throw new LocalFileException(e);
        }
    }

    /** @param total bytes of the whole file as sent; -1 = unknown */
    private void copy(MediaAnswer answer, long total) throws IOException, Refused {
        long coming = answer.contentLength();
        if (total > order.maxFileSize() || coming > order.maxFileSize() - partial.size()) {
            throw tooLarge(answer);
        }
        try {
            // Only the beginning of a file shows its type.
            MediaBody body = partial.size() == 0 ? begin(answer) : new MediaBody(answer.body(), true, false, false);
            copy(answer, body.bytes(), coming);
            complete = body.unpacked() || total >= 0 || WHOLE.contains(answer.status()) && answer.isDelimited();
            if (body.unpacked()) {
                return;
            }
        } catch (ZipException | EOFException e) {
            // Not a network failure: a connection that ends early throws other exceptions.
            validator = null;
            throw new Refused(Kind.NOT_A_VIDEO, "compressed, and damaged: " + e.getMessage(), answer.status());
        }
        if (total >= 0 && partial.size() > total) {
            validator = null;
        }
        if (total >= 0 && partial.size() != total) {
            throw new Refused(Kind.BROKEN, partial.size() + " bytes of " + total, answer.status());
        }
    }

    private void copy(MediaAnswer answer, InputStream in, long coming) throws IOException, Refused {
        byte[] buffer = new byte[coming > 0 ? (int) Math.min(BUFFER, coming) : BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (count > order.maxFileSize() - partial.size()) {
                throw tooLarge(answer);
            }
            append(buffer, count);
        }
    }

    /** Checks the first bytes, so that gigabytes of something else are not downloaded. */
    private MediaBody begin(MediaAnswer answer) throws IOException, Refused {
        MediaBody body = MediaBody.of(answer);
        if (!body.isVideo()) {
            throw new Refused(Kind.NOT_A_VIDEO, (body.isEmpty() ? "an empty body" : "not an MP4") + ", content type " + answer.contentType()
                    + (answer.claimsCompression() ? ", compressed although identity was asked for" : ""), answer.status());
        }
        if (body.unpacked()) {
            validator = null;
        }
        return body;
    }

    private Refused tooLarge(MediaAnswer answer) {
        return new Refused(Kind.TOO_LARGE, "larger than maxFileSize, " + order.maxFileSize() + " bytes", answer.status());
    }

    private void append(byte[] bytes, int count) throws LocalFileException {
        try {
            partial.append(bytes, count);
        } catch (IOException e) {
            throw new LocalFileException(e);
        }
    }

    private void verify() throws LocalFileException, Refused {
        try {
            String problem = partial.problem(complete).orElse(null);
            if (problem != null) {
                throw new Refused(Kind.NOT_A_VIDEO, problem, null);
            }
        } catch (IOException e) {
            throw new LocalFileException(e);
        }
    }

    private void publish() throws LocalFileException {
        try {
            partial.publish(order.target(), permissions);
        } catch (IOException e) {
            throw new LocalFileException(e);
        }
    }

    /** Ends the attempt; keeps the partial file if the next attempt can resume it, else deletes it. */
    private DownloadException failed(Kind kind, String what, Integer status, Throwable cause) {
        DownloadOrder.Resume resume = null;
        if (partial != null) {
            if (kind == Kind.BROKEN && validator != null && partial.size() > 0 && kept()) {
                resume = new DownloadOrder.Resume(partial.size(), validator);
            } else {
                partial.delete();
            }
        }
        return new DownloadException(kind, "Job " + order.jobId() + ": download from " + host + ": " + what, status, resume, cause);
    }

    private boolean kept() {
        try (PartialFile file = partial) {
            file.sync();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The response or its content is unusable. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final Kind kind;
        private final Integer status;

        Refused(Kind kind, String message, Integer status) {
            super(message, null, false, false);
            this.kind = kind;
            this.status = status;
        }
    }

    /** Distinguishes disk from network failures, since both are IOExceptions. */
    private static final class LocalFileException extends IOException {

        private static final long serialVersionUID = 1L;

        LocalFileException(IOException cause) {
            super(cause);
        }
    }
}
