// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import io.github.grokvideo.console.VideoFileSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the video of a job at {@code /videos/<jobId>}, whole or in ranges, which players need as an MP4's index may be at its end.
 */
public final class VideoServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(VideoServlet.class);

    private final transient VideoFileSource videos;

    public VideoServlet(VideoFileSource videos) {
        this.videos = videos;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String jobId = path == null ? "" : path.substring(1);
        Optional<Path> file;
        try {
            file = jobId.isEmpty() ? Optional.empty() : videos.file(jobId);
        } catch (RuntimeException away) {
            // Hawtio's filter would swallow the exception and answer an empty 200.
            LOG.warn("The video of a job cannot be looked for: {}", away.toString());
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The job store does not answer; try again.");
            return;
        }
        if (file.isEmpty()) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "No video is kept for this job.");
            return;
        }
        try (StoredFile video = StoredFile.open(file.get())) {
            String tag = "\"" + video.size() + "-" + Files.getLastModifiedTime(file.get()).toMillis() + "\"";
            send(video, tag, request, response);
        } catch (FileSystemException e) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "The video of this job has been removed.");
        } catch (EofException e) {
            // Players close the connection when they have enough; this is not an error.
            LOG.debug("The browser stopped reading the video of job {}", jobId);
        }
    }

    private static void send(StoredFile file, String tag, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long size = file.size();
        String ifRange = request.getHeader("If-Range");
        String header = request.getHeader("Range");
        ByteRange range = ByteRange.all(size);
        if (ByteRange.isSingle(header) && (ifRange == null || ifRange.equals(tag))) {
            Optional<ByteRange> part = ByteRange.of(header, size);
            if (part.isEmpty()) {
                response.setHeader("Content-Range", "bytes */" + size);
                refuse(response, HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE, "The video has " + size + " bytes.");
                return;
            }
            range = part.get();
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + size);
        }
        response.setContentType("video/mp4");
        response.setContentLengthLong(range.length());
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag);
        // Another page on this machine counts as the same site, so its requests would include the cookie.
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (!request.getMethod().equals("HEAD")) {
            file.send(range, response.getOutputStream());
        }
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(message);
    }
}
