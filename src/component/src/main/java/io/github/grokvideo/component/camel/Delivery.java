// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import io.github.grokvideo.component.camel.work.WorkCompletion;
import io.github.grokvideo.component.camel.work.WorkScope;
import io.github.grokvideo.component.engine.HandedOutVideo;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.job.VideoJob;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a finished video to the route, and takes it back when the route's work with it has ended. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private Delivery() {
    }

    /** Puts the video into the body. Touches the disk. */
    static void handOn(VideoEngine engine, Exchange exchange, VideoJob job, GrokVideoOutput output) throws IOException {
        Message message = exchange.getMessage();
        if (output == GrokVideoOutput.url) {
            message.setBody(job.url());
            WorkCompletion.register(exchange, new WorkScope.Listener() {
                @Override
                public void done(boolean delivered) {
                    if (delivered) {
                        engine.urlDelivered(job.id());
                    }
                }
            });
            return;
        }
        HandedOutVideo handedOut = engine.handOut(job.id());
        Work work = new Work(engine, handedOut);
        boolean handed = false;
        try {
            if (output == GrokVideoOutput.stream) {
                work.stream = new BufferedInputStream(Files.newInputStream(handedOut.file()));
                message.setBody(work.stream);
            } else {
                message.setBody(handedOut.file().toFile());
                if (handedOut.ours()) {
                    work.spare = spare(handedOut.file());
                }
            }
            message.setHeader(Exchange.CONTENT_TYPE, "video/mp4");
            message.setHeader(Exchange.CONTENT_LENGTH, Files.size(handedOut.file()));
            if (!handedOut.ours()) {
                message.setHeader(GrokVideoConstants.FILE, handedOut.file().toString());
            }
            // A header of an earlier step would make file: store that step's file.
            message.removeHeader(Exchange.FILE_LOCAL_WORK_PATH);
            if (work.spare != null) {
                message.setHeader(Exchange.FILE_LOCAL_WORK_PATH, work.spare.toString());
            }
            WorkCompletion.register(exchange, work);
            handed = true;
        } finally {
            if (!handed) {
                work.ended(false);
            }
        }
    }

    /**
     * A second name for the file: {@code file:} may move it to where it belongs without a copy, and the body can still be read by the
     * steps after it.
     *
     * @return null where the file system has no hard links: then {@code file:} copies
     */
    private static Path spare(Path file) {
        Path spare = file.resolveSibling(file.getFileName() + ".move");
        try {
            Files.deleteIfExists(spare);
            return Files.createLink(spare, file);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("No hard link for {}", file, e);
            return null;
        }
    }

    /** The work with a file. That it was delivered is stored before the message's source is told; then the file is tidied up. */
    private static final class Work implements WorkScope.Listener {

        private final VideoEngine engine;
        private final HandedOutVideo handedOut;
        private InputStream stream;
        private Path spare;

        private Work(VideoEngine engine, HandedOutVideo handedOut) {
            this.engine = engine;
            this.handedOut = handedOut;
        }

        @Override
        public void done(boolean delivered) {
            if (delivered) {
                engine.delivered(handedOut);
            }
        }

        @Override
        public void ended(boolean delivered) {
            try {
                if (stream != null) {
                    stream.close();
                }
                if (spare != null) {
                    Files.deleteIfExists(spare);
                }
            } catch (IOException e) {
                LOG.debug("Not tidied up after job {}", handedOut.jobId(), e);
            }
            engine.settle(handedOut, delivered);
        }
    }
}
