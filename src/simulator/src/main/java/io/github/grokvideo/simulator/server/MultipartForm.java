// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import io.github.grokvideo.simulator.gateway.Form;
import io.github.grokvideo.simulator.gateway.Upload;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;

/**
 * Decodes a multipart request when it is complete. Netty decodes it wrongly while it arrives: a part whose end is cut between CR and LF
 * keeps the CR (https://github.com/netty/netty/issues/17383).
 */
final class MultipartForm {

    private MultipartForm() {
    }

    /** @return empty = it is not multipart */
    static Optional<Form> read(String contentType, byte[] body) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request);
            return Optional.of(form(decoder.getBodyHttpDatas()));
        } catch (ErrorDataDecoderException | IOException notMultipart) {
            return Optional.empty();
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static Form form(List<InterfaceHttpData> parts) throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Set<String> beforeFile = new HashSet<>();
        Upload upload = null;
        for (InterfaceHttpData part : parts) {
            if (part instanceof Attribute text) {
                fields.computeIfAbsent(text.getName(), name -> new ArrayList<>()).add(text.getValue());
                if (upload == null) {
                    beforeFile.add(text.getName());
                }
            } else if (part instanceof FileUpload file && upload == null) {
                upload = new Upload(file.getName(), file.getFilename(), file.getContentType(), file.length());
            }
        }
        return new Form(fields, upload, beforeFile);
    }
}
