// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.component.camel.request.FieldValue;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoName;
import org.apache.camel.Exchange;

/**
 * Where the video of a message is put.
 *
 * @param directory null = the work directory
 * @param name      null = the job's id
 */
record VideoTarget(Path directory, VideoName name) {

    private static final String FIELD = "fileName";

    /** @throws InvalidRequestException if the message sets a name that its video cannot have */
    static VideoTarget of(Exchange exchange, GrokVideoConfiguration options) {
        String header = exchange.getMessage().getHeader(GrokVideoConstants.FILE_NAME, String.class);
        String name = header == null || header.isBlank() ? options.getFileName() : header;
        if (options.getOutput() == GrokVideoOutput.url) {
            // There will be no file.
            return new VideoTarget(directory(options), null);
        }
        try {
            return of(name, options);
        } catch (IllegalArgumentException e) {
            throw InvalidRequestException.of(null, null, List.of(new Violation(FIELD, FieldValue.shown(name), e.getMessage())));
        }
    }

    /** @throws IllegalArgumentException if the options contradict each other */
    static void check(GrokVideoConfiguration options) {
        try {
            of(options.getFileName(), options);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FIELD + "=" + options.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static VideoTarget of(String name, GrokVideoConfiguration options) {
        if (name == null || name.isBlank()) {
            return new VideoTarget(directory(options), null);
        }
        if (directory(options) == null) {
            throw new IllegalArgumentException("only with the option directory, where the file stays");
        }
        return new VideoTarget(directory(options), VideoName.of(name, options.getFileExist()));
    }

    /** @return null = the work directory */
    static Path directory(GrokVideoConfiguration options) {
        String directory = options.getDirectory();
        return directory == null || directory.isBlank() ? null : Path.of(directory);
    }
}
