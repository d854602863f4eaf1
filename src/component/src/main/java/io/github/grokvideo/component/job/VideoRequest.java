// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request for a video, with field names that are the same for every gateway. Null = not given: the gateway's default applies.
 *
 * @param model              the gateway's model id; null = the account's, then the gateway's default
 * @param mode               null = derived from the other fields
 * @param prompt             what the video shows
 * @param negativePrompt     what the video must not show
 * @param duration           seconds of output (for extend: seconds added)
 * @param aspectRatio        for example {@code 16:9}
 * @param resolution         {@code 480p}, {@code 720p} or {@code 1080p}
 * @param images             first frame or references, in order; never null
 * @param video              source of edit, extend and remix
 * @param style              {@code fun}, {@code normal} or {@code spicy}
 * @param seed               0 or more
 * @param strength           how much an image or reference counts, 0..1
 * @param cameraMotion       for example {@code dolly-in}
 * @param editRegion         which part of the video is edited
 * @param outputQuality      quality of an edit's output
 * @param generateAudio      whether the video has sound
 * @param nsfwChecker        whether the gateway filters content
 * @param inputVideoSeconds  length of the source video in seconds, a billing hint
 * @param user               the end user on whose behalf the request is made
 * @param callbackUrl        where the gateway reports completion; only a hint, polling continues
 * @param additionalFields   passed to the gateway unchanged, at the user's own risk; never null
 */
public record VideoRequest(
        String model, Mode mode, String prompt, String negativePrompt, Integer duration, String aspectRatio, String resolution,
        List<Media> images, Media video, String style, Long seed, Double strength, String cameraMotion, String editRegion,
        String outputQuality, Boolean generateAudio, Boolean nsfwChecker, Integer inputVideoSeconds, String user,
        String callbackUrl, Map<String, Object> additionalFields) {

    public VideoRequest {
        images = images == null ? List.of() : List.copyOf(images);
        additionalFields = additionalFields == null ? Map.of()
                : java.util.Collections.unmodifiableMap(new LinkedHashMap<>(additionalFields));
    }

    /** @return a builder without any fields */
    public static Builder builder() {
        return new Builder();
    }

    /** @param prompt what the video shows
     *  @return       a request with a prompt only */
    public static VideoRequest ofPrompt(String prompt) {
        return builder().prompt(prompt).build();
    }

    /** @return a builder with the fields of this request */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.model = model;
        builder.mode = mode;
        builder.prompt = prompt;
        builder.negativePrompt = negativePrompt;
        builder.duration = duration;
        builder.aspectRatio = aspectRatio;
        builder.resolution = resolution;
        builder.images = new ArrayList<>(images);
        builder.video = video;
        builder.style = style;
        builder.seed = seed;
        builder.strength = strength;
        builder.cameraMotion = cameraMotion;
        builder.editRegion = editRegion;
        builder.outputQuality = outputQuality;
        builder.generateAudio = generateAudio;
        builder.nsfwChecker = nsfwChecker;
        builder.inputVideoSeconds = inputVideoSeconds;
        builder.user = user;
        builder.callbackUrl = callbackUrl;
        builder.additionalFields = new LinkedHashMap<>(additionalFields);
        return builder;
    }

    /** @return the given fields by the names users write, in a fixed order; without model, mode and additionalFields */
    public Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "prompt", prompt);
        put(given, "negativePrompt", negativePrompt);
        put(given, "duration", duration);
        put(given, "aspectRatio", aspectRatio);
        put(given, "resolution", resolution);
        put(given, "images", images.isEmpty() ? null : images);
        put(given, "video", video);
        put(given, "style", style);
        put(given, "seed", seed);
        put(given, "strength", strength);
        put(given, "cameraMotion", cameraMotion);
        put(given, "editRegion", editRegion);
        put(given, "outputQuality", outputQuality);
        put(given, "generateAudio", generateAudio);
        put(given, "nsfwChecker", nsfwChecker);
        put(given, "inputVideoSeconds", inputVideoSeconds);
        put(given, "user", user);
        put(given, "callbackUrl", callbackUrl);
        return given;
    }

    private static void put(Map<String, Object> given, String name, Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    @Override
    public String toString() {
        return "VideoRequest[model=" + model + ", mode=" + mode + ", fields=" + given().keySet()
                + (additionalFields.isEmpty() ? "" : ", additionalFields=" + additionalFields.keySet()) + "]";
    }

    /** Builds a request; null = not given. Not thread-safe. */
    public static final class Builder {

        private String model;
        private Mode mode;
        private String prompt;
        private String negativePrompt;
        private Integer duration;
        private String aspectRatio;
        private String resolution;
        private List<Media> images = new ArrayList<>();
        private Media video;
        private String style;
        private Long seed;
        private Double strength;
        private String cameraMotion;
        private String editRegion;
        private String outputQuality;
        private Boolean generateAudio;
        private Boolean nsfwChecker;
        private Integer inputVideoSeconds;
        private String user;
        private String callbackUrl;
        private Map<String, Object> additionalFields = new LinkedHashMap<>();

        private Builder() {
        }

        /** @param value the gateway's model id
         *  @return this */
        public Builder model(String value) {
            model = value;
            return this;
        }
        /** @param value null = derived from the other fields
         *  @return this */
        public Builder mode(Mode value) {
            mode = value;
            return this;
        }
        /** @param value what the video shows
         *  @return this */
        public Builder prompt(String value) {
            prompt = value;
            return this;
        }
        /** @param value what the video must not show
         *  @return this */
        public Builder negativePrompt(String value) {
            negativePrompt = value;
            return this;
        }
        /** @param seconds length of the output; for extend: seconds added
         *  @return this */
        public Builder duration(Integer seconds) {
            duration = seconds;
            return this;
        }
        /** @param value for example {@code 16:9}
         *  @return this */
        public Builder aspectRatio(String value) {
            aspectRatio = value;
            return this;
        }
        /** @param value {@code 480p}, {@code 720p} or {@code 1080p}
         *  @return this */
        public Builder resolution(String value) {
            resolution = value;
            return this;
        }
        /** @param value first frame or references, in order, copied; never null
         *  @return this */
        public Builder images(List<? extends Media> value) {
            images = new ArrayList<>(value);
            return this;
        }
        /** @param value added to the images
         *  @return this */
        public Builder image(Media value) {
            images.add(value);
            return this;
        }
        /** @param value source of edit, extend and remix
         *  @return this */
        public Builder video(Media value) {
            video = value;
            return this;
        }
        /** @param value {@code fun}, {@code normal} or {@code spicy}
         *  @return this */
        public Builder style(String value) {
            style = value;
            return this;
        }
        /** @param value 0 or more
         *  @return this */
        public Builder seed(Long value) {
            seed = value;
            return this;
        }
        /** @param value weight of an image or reference, 0..1
         *  @return this */
        public Builder strength(Double value) {
            strength = value;
            return this;
        }
        /** @param value for example {@code dolly-in}
         *  @return this */
        public Builder cameraMotion(String value) {
            cameraMotion = value;
            return this;
        }
        /** @param value which part of the video is edited
         *  @return this */
        public Builder editRegion(String value) {
            editRegion = value;
            return this;
        }
        /** @param value quality of an edit's output
         *  @return this */
        public Builder outputQuality(String value) {
            outputQuality = value;
            return this;
        }
        /** @param value whether the video has sound
         *  @return this */
        public Builder generateAudio(Boolean value) {
            generateAudio = value;
            return this;
        }
        /** @param value whether the gateway filters content
         *  @return this */
        public Builder nsfwChecker(Boolean value) {
            nsfwChecker = value;
            return this;
        }
        /** @param seconds length of the source video, a billing hint
         *  @return this */
        public Builder inputVideoSeconds(Integer seconds) {
            inputVideoSeconds = seconds;
            return this;
        }
        /** @param value the end user on whose behalf the request is made
         *  @return this */
        public Builder user(String value) {
            user = value;
            return this;
        }
        /** @param value where the gateway reports completion; only a hint
         *  @return this */
        public Builder callbackUrl(String value) {
            callbackUrl = value;
            return this;
        }
        /** @param value passed to the gateway unchanged; replaces earlier ones
         *  @return this */
        public Builder additionalFields(Map<String, Object> value) {
            additionalFields = value == null ? new LinkedHashMap<>() : new LinkedHashMap<>(value);
            return this;
        }
        /** @param name in the request to the gateway
         *  @param value passed unchanged
         *  @return this */
        public Builder additionalField(String name, Object value) {
            additionalFields.put(name, value);
            return this;
        }

        /** @return the request, not validated */
        public VideoRequest build() {
            return new VideoRequest(
                    model, mode, prompt, negativePrompt, duration, aspectRatio, resolution, images, video, style, seed, strength,
                    cameraMotion, editRegion, outputQuality, generateAudio, nsfwChecker, inputVideoSeconds, user, callbackUrl,
                    additionalFields);
        }
    }
}
