// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A local file as a whole body. Written once, without reading it into memory. */
final class FileEntity extends AbstractHttpEntity {

    private final LocalFileBody file;

    FileEntity(LocalFileBody file) {
        super(file.getContentType(), null);
        this.file = file;
    }

    @Override
    public long getContentLength() {
        return file.getContentLength();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        file.writeTo(out);
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("a file is written, not read");
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // The file is open only while it is written.
    }
}
