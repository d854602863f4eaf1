// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.io.OutputStream;
import io.github.grokvideo.component.job.LocalMedia;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.MediaType;
import io.github.grokvideo.component.job.RegularFile;
import org.apache.hc.client5.http.entity.mime.AbstractContentBody;
import org.apache.hc.core5.http.ContentType;

/** A local file as a part of an upload: exactly as many bytes as announced, or the upload is aborted. */
final class LocalFileBody extends AbstractContentBody {

    private final Media.LocalFile file;
    private final String name;
    private final long size;

    private LocalFileBody(Media.LocalFile file, ContentType type, String name, long size) {
        super(type);
        this.file = file;
        this.name = name;
        this.size = size;
    }

    /**
     * Checks the file before connecting, since a failure while the body is sent would look like a request that may have arrived.
     *
     * @param type used if the file's first bytes do not show it
     * @throws IOException if the file cannot be read
     */
    static LocalFileBody of(Media.LocalFile file, ContentType type, String name) throws IOException {
        try (RegularFile open = LocalMedia.open(file)) {
            String detected = MediaType.of(open.stream().readNBytes(MediaType.HEAD_BYTES));
            return new LocalFileBody(file, detected == null ? type : ContentType.create(detected), name, open.size());
        }
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (RegularFile open = LocalMedia.open(file)) {
            if (open.size() != size) {
                throw new IOException(file + " was changed while it was uploaded");
            }
            open.stream().transferTo(out);
        }
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public long getContentLength() {
        return size;
    }
}
