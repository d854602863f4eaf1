// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.File;
import java.io.InputStream;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.camel.request.RequestReader;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;

/**
 * Converts message bodies to {@link VideoRequest}, for routes and beans. Bodies are read as the endpoints read them, except that text must
 * not name local files, since no {@code mediaDirectories} apply here. An invalid request fails with {@code InvalidRequestException}.
 */
@Converter(generateLoader = true)
public final class VideoRequestConverter {

    private VideoRequestConverter() {
    }

    /**
     * Reads a prompt or JSON.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(String body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    /**
     * Reads a map of fields.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(Map<?, ?> body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    /**
     * Reads a JSON object of fields.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(JsonNode body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    /**
     * Reads a prompt or JSON in UTF-8, or an image.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(byte[] body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    /**
     * Reads a prompt or JSON in UTF-8, or an image, to the end of the stream.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(InputStream body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    /**
     * Reads a file with a prompt, JSON, an image or a video.
     *
     * @param  body     to convert
     * @param  exchange whose headers name the content type
     * @return          the request
     */
    @Converter
    public static VideoRequest toVideoRequest(File body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }
}
