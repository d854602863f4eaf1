// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.mail;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.scale.AWTUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first picture of a video. Needs {@code org.jcodec:jcodec-javase}. Thread-safe. */
public final class PosterFrame {

    private static final Logger LOG = LoggerFactory.getLogger(PosterFrame.class);

    /**
     * Reads the first frame only, however long the video is.
     *
     * @param  mp4 H.264 in an MP4
     * @return     a JPEG; null where the video cannot be decoded: a mail without a picture is better than none
     */
    public byte[] jpeg(File mp4) {
        try {
            BufferedImage frame = AWTUtil.toBufferedImage(FrameGrab.getFrameFromFile(mp4, 0));
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(frame, "jpg", jpeg);
            return jpeg.toByteArray();
        } catch (IOException | JCodecException | RuntimeException e) {
            // The decoder throws any kind of exception for what it does not support.
            LOG.warn("{} has no poster frame: {}", mp4.getName(), e.toString());
            return null;
        }
    }
}
