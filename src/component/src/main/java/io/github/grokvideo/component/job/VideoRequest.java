// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.ArrayList;
import java.util.Collections;
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

    /**
     * Copies the collections; null becomes an empty one. The parameters are the components of the record.
     *
     * @param model             see {@link #model()}
     * @param mode              see {@link #mode()}
     * @param prompt            see {@link #prompt()}
     * @param negativePrompt    see {@link #negativePrompt()}
     * @param duration          see {@link #duration()}
     * @param aspectRatio       see {@link #aspectRatio()}
     * @param resolution        see {@link #resolution()}
     * @param images            see {@link #images()}
     * @param video             see {@link #video()}
     * @param style             see {@link #style()}
     * @param seed              see {@link #seed()}
     * @param strength          see {@link #strength()}
     * @param cameraMotion      see {@link #cameraMotion()}
     * @param editRegion        see {@link #editRegion()}
     * @param outputQuality     see {@link #outputQuality()}
     * @param generateAudio     see {@link #generateAudio()}
     * @param nsfwChecker       see {@link #nsfwChecker()}
     * @param inputVideoSeconds see {@link #inputVideoSeconds()}
     * @param user              see {@link #user()}
     * @param callbackUrl       see {@link #callbackUrl()}
     * @param additionalFields  see {@link #additionalFields()}
     */
    public VideoRequest {
        images = images == null ? List.of() : List.copyOf(images);
        additionalFields = additionalFields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(additionalFields));
    }

    /** @return a builder without any fields */
    public static VideoRequestBuilder builder() {
        return new VideoRequestBuilder();
    }

    /** @param prompt what the video shows
     *  @return       a request with a prompt only */
    public static VideoRequest ofPrompt(String prompt) {
        return builder().prompt(prompt).build();
    }

    /** @return a builder with the fields of this request */
    public VideoRequestBuilder toBuilder() {
        VideoRequestBuilder builder = new VideoRequestBuilder();
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
}
