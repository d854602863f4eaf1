// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** ToAPIs' uploads, with the third envelope of that gateway. */
final class ToApisUploads {

    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/webp", "image/gif");
    private static final Set<String> VIDEOS = Set.of("video/mp4", "video/webm", "video/quicktime");
    private static final long MAX_IMAGE = 10_000_000;
    private static final long MAX_VIDEO = 50_000_000;

    /** Empty if there is no such path. */
    Optional<Answer> answer(Call call) {
        return switch (call.path()) {
            case "/uploads/images" -> Optional.of(answer(call.upload(), IMAGES, MAX_IMAGE));
            case "/uploads/videos" -> Optional.of(answer(call.upload(), VIDEOS, MAX_VIDEO));
            default -> Optional.empty();
        };
    }

    private static Answer answer(Upload upload, Set<String> types, long maxSize) {
        if (upload == null || !upload.field().equals("file")) {
            return refused("a multipart field 'file' is required");
        }
        if (!types.contains(upload.mimeType())) {
            return refused("unsupported file type " + upload.mimeType());
        }
        if (upload.size() > maxSize) {
            return refused("file is larger than " + maxSize + " bytes");
        }
        String id = UUID.randomUUID().toString();
        ObjectNode body = Gateway.object().put("success", true).put("message", "");
        body.putObject("data").put("id", id).put("url", "https://files.toapis.com/uploads/" + id + "/" + upload.filename())
                .put("mime_type", upload.mimeType()).put("size", upload.size());
        return Answer.json(200, body);
    }

    private static Answer refused(String message) {
        return Answer.json(400, Gateway.object().put("success", false).put("message", message));
    }
}
