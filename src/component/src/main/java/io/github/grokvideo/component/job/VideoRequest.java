// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

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
 * @param firstFrame         image with which the video begins, beside references in {@code images}; null = none
 * @param lastFrame          image with which the video ends
 * @param keyframes          images that the video shows at given times; never null
 * @param voices             the gateway's ids of the voices that speak; never null
 * @param uploadUrl          where the gateway puts the video itself, a bearer secret such as a presigned URL
 * @param storage            asks the gateway to keep the video
 * @param additionalFields   passed to the gateway unchanged, at the user's own risk; never null
 */
public record VideoRequest(
        String model, Mode mode, String prompt, String negativePrompt, Integer duration, String aspectRatio, String resolution,
        List<Media> images, Media video, String style, Long seed, Double strength, String cameraMotion, String editRegion,
        String outputQuality, Boolean generateAudio, Boolean nsfwChecker, Integer inputVideoSeconds, String user,
        String callbackUrl, Media firstFrame, Media lastFrame, List<Keyframe> keyframes, List<String> voices, String uploadUrl,
        ResultStorage storage, Map<String, Object> additionalFields) {

    /** Where media occur: the field of a request, by the name users write. */
    public static final String IMAGES = "images";
    /** See {@link #video()}. */
    public static final String VIDEO = "video";
    /** See {@link #firstFrame()}. */
    public static final String FIRST_FRAME = "firstFrame";
    /** See {@link #lastFrame()}. */
    public static final String LAST_FRAME = "lastFrame";
    /** See {@link #keyframes()}. */
    public static final String KEYFRAMES = "keyframes";

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
     * @param firstFrame        see {@link #firstFrame()}
     * @param lastFrame         see {@link #lastFrame()}
     * @param keyframes         see {@link #keyframes()}
     * @param voices            see {@link #voices()}
     * @param uploadUrl         see {@link #uploadUrl()}
     * @param storage           see {@link #storage()}
     * @param additionalFields  see {@link #additionalFields()}
     */
    public VideoRequest {
        images = images == null ? List.of() : List.copyOf(images);
        keyframes = keyframes == null ? List.of() : List.copyOf(keyframes);
        voices = voices == null ? List.of() : List.copyOf(voices);
        additionalFields = additionalFields == null || additionalFields.isEmpty() ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(additionalFields));
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
        builder.firstFrame = firstFrame;
        builder.lastFrame = lastFrame;
        builder.keyframes = new ArrayList<>(keyframes);
        builder.voices = new ArrayList<>(voices);
        builder.uploadUrl = uploadUrl;
        builder.storage = storage;
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
        put(given, IMAGES, images.isEmpty() ? null : images);
        put(given, VIDEO, video);
        put(given, FIRST_FRAME, firstFrame);
        put(given, LAST_FRAME, lastFrame);
        put(given, KEYFRAMES, keyframes.isEmpty() ? null : keyframes);
        put(given, "voices", voices.isEmpty() ? null : voices);
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
        put(given, "uploadUrl", uploadUrl);
        put(given, "storage", storage);
        return given;
    }

    /** @return the images and the video of all fields, by the field's name, in a fixed order; without fields that have none */
    public Map<String, List<Media>> media() {
        Map<String, List<Media>> media = new LinkedHashMap<>();
        put(media, IMAGES, images);
        put(media, VIDEO, video == null ? List.of() : List.of(video));
        put(media, FIRST_FRAME, firstFrame == null ? List.of() : List.of(firstFrame));
        put(media, LAST_FRAME, lastFrame == null ? List.of() : List.of(lastFrame));
        put(media, KEYFRAMES, keyframes.stream().map(Keyframe::image).toList());
        return media;
    }

    private static void put(Map<String, List<Media>> media, String name, List<Media> value) {
        if (!value.isEmpty()) {
            media.put(name, value);
        }
    }

    /**
     * @param  change gets a field's name and one of its media; returns the medium to use instead, or null to leave it out
     * @return        a copy of this request with all its media changed
     */
    public VideoRequest withMedia(BiFunction<String, Media, Media> change) {
        return toBuilder()
                .images(images.stream().map(image -> change.apply(IMAGES, image)).filter(Objects::nonNull).toList())
                .video(video == null ? null : change.apply(VIDEO, video))
                .firstFrame(firstFrame == null ? null : change.apply(FIRST_FRAME, firstFrame))
                .lastFrame(lastFrame == null ? null : change.apply(LAST_FRAME, lastFrame))
                .keyframes(keyframes.stream().flatMap(frame -> Optional.ofNullable(change.apply(KEYFRAMES, frame.image()))
                        .map(image -> new Keyframe(image, frame.at())).stream()).toList())
                .build();
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
