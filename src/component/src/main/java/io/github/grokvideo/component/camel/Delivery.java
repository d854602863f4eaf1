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
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a finished video to the route, and cleans up when the exchange has ended. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private Delivery() {
    }

    /** Puts the video into the body. Accesses the disk. */
    static void handOn(VideoEngine engine, Exchange exchange, VideoJob job, GrokVideoOutput output) throws IOException {
        Message message = exchange.getMessage();
        if (output == GrokVideoOutput.url || job.isElsewhere()) {
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
            // A header left by an earlier step would make file: store that step's file.
            message.removeHeader(Exchange.FILE_LOCAL_WORK_PATH);
            if (work.spare != null) {
                message.setHeader(Exchange.FILE_LOCAL_WORK_PATH, work.spare.toString());
            }
            WorkCompletion.register(exchange, work);
            // Runs before the completion, since it is added later.
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    work.place = done.getMessage().getHeader(GrokVideoConstants.DELIVERED_TO, String.class);
                }
            });
            handed = true;
        } finally {
            if (!handed) {
                work.ended(false);
            }
        }
    }

    /**
     * A hard link to the file: {@code file:} can move it without a copy, while later steps still read the body.
     *
     * @return null = the file system has no hard links, so {@code file:} copies
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

    /**
     * The use of a file by the route. Delivery is stored before the source of the message is notified; the file is cleaned up afterwards.
     */
    private static final class Work implements WorkScope.Listener {

        private final VideoEngine engine;
        private final HandedOutVideo handedOut;
        private InputStream stream;
        private Path spare;
        private volatile String place;

        private Work(VideoEngine engine, HandedOutVideo handedOut) {
            this.engine = engine;
            this.handedOut = handedOut;
        }

        @Override
        public void done(boolean delivered) {
            if (delivered) {
                engine.delivered(handedOut, place);
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
                LOG.debug("Cleanup after job {} failed", handedOut.jobId(), e);
            }
            engine.settle(handedOut, delivered);
        }
    }
}
