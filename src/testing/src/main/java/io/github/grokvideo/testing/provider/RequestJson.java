// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;

/** Reads requests from case files, in the users' names. */
final class RequestJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestJson() {
    }

    static VideoRequest read(JsonNode json) {
        VideoRequestBuilder request = VideoRequest.builder();
        json.properties().forEach(entry -> set(request, entry.getKey(), entry.getValue()));
        return request.build();
    }

    @SuppressWarnings("unchecked")
    private static void set(VideoRequestBuilder request, String name, JsonNode value) {
        switch (name) {
            case "model" -> request.model(value.asText());
            case "mode" -> request.mode(Mode.of(value.asText()).orElse(null));
            case "prompt" -> request.prompt(value.isInt() ? "x".repeat(value.asInt()) : value.asText());
            case "negativePrompt" -> request.negativePrompt(value.asText());
            case "duration" -> request.duration(value.asInt());
            case "aspectRatio" -> request.aspectRatio(value.asText());
            case "resolution" -> request.resolution(value.asText());
            case "images" -> request.images(media(value));
            case "video" -> request.video(Media.of(value.asText()));
            case "style" -> request.style(value.asText());
            case "seed" -> request.seed(value.asLong());
            case "strength" -> request.strength(value.asDouble());
            case "cameraMotion" -> request.cameraMotion(value.asText());
            case "editRegion" -> request.editRegion(value.asText());
            case "outputQuality" -> request.outputQuality(value.asText());
            case "generateAudio" -> request.generateAudio(value.asBoolean());
            case "nsfwChecker" -> request.nsfwChecker(value.asBoolean());
            case "inputVideoSeconds" -> request.inputVideoSeconds(value.asInt());
            case "user" -> request.user(value.asText());
            case "callbackUrl" -> request.callbackUrl(value.asText());
            case "firstFrame" -> request.firstFrame(Media.of(value.asText()));
            case "lastFrame" -> request.lastFrame(Media.of(value.asText()));
            case "keyframes" -> value.properties().forEach(at -> request.keyframe(
                    Media.of(at.getValue().asText()), Double.parseDouble(at.getKey())));
            case "voices" -> value.forEach(voice -> request.voices(
                    Stream.concat(request.build().voices().stream(), Stream.of(voice.asText())).toList()));
            case "uploadUrl" -> request.uploadUrl(value.asText());
            case "storage" -> request.storage(JSON.convertValue(value, ResultStorage.class));
            case "additionalFields" -> request.additionalFields(JSON.convertValue(value, Map.class));
            default -> throw new IllegalArgumentException("No field of a request: " + name);
        }
    }

    /** A number stands for so many images. */
    private static List<Media> media(JsonNode value) {
        List<Media> media = new ArrayList<>();
        if (value.isInt()) {
            for (int i = 1; i <= value.asInt(); i++) {
                media.add(Media.of("https://img.example/" + i + ".png"));
            }
        }
        value.forEach(one -> media.add(Media.of(one.asText())));
        return media;
    }
}
