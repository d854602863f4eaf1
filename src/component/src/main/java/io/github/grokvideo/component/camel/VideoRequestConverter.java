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
 * Makes requests of bodies, so that routes and beans can work with {@link VideoRequest}. Read as the endpoints read them, but for files
 * that a text names: here nobody has said from which directories.
 */
@Converter(generateLoader = true)
public final class VideoRequestConverter {

    private VideoRequestConverter() {
    }

    @Converter
    public static VideoRequest toVideoRequest(String body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    @Converter
    public static VideoRequest toVideoRequest(Map<?, ?> body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    @Converter
    public static VideoRequest toVideoRequest(JsonNode body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    @Converter
    public static VideoRequest toVideoRequest(byte[] body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    @Converter
    public static VideoRequest toVideoRequest(InputStream body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }

    @Converter
    public static VideoRequest toVideoRequest(File body, Exchange exchange) {
        return RequestReader.ofBody(body, exchange);
    }
}
