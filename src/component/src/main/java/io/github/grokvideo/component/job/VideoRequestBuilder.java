// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a request; null = not given. Not thread-safe. */
public final class VideoRequestBuilder {

    String model;
    Mode mode;
    String prompt;
    String negativePrompt;
    Integer duration;
    String aspectRatio;
    String resolution;
    List<Media> images = new ArrayList<>();
    Media video;
    String style;
    Long seed;
    Double strength;
    String cameraMotion;
    String editRegion;
    String outputQuality;
    Boolean generateAudio;
    Boolean nsfwChecker;
    Integer inputVideoSeconds;
    String user;
    String callbackUrl;
    Media firstFrame;
    Media lastFrame;
    List<Keyframe> keyframes = new ArrayList<>();
    List<String> voices = new ArrayList<>();
    String uploadUrl;
    ResultStorage storage;
    Map<String, Object> additionalFields = new LinkedHashMap<>();

    VideoRequestBuilder() {
    }

    /** @param value the gateway's model id
     *  @return this */
    public VideoRequestBuilder model(String value) {
        model = value;
        return this;
    }

    /** @param value null = derived from the other fields
     *  @return this */
    public VideoRequestBuilder mode(Mode value) {
        mode = value;
        return this;
    }

    /** @param value what the video shows
     *  @return this */
    public VideoRequestBuilder prompt(String value) {
        prompt = value;
        return this;
    }

    /** @param value what the video must not show
     *  @return this */
    public VideoRequestBuilder negativePrompt(String value) {
        negativePrompt = value;
        return this;
    }

    /** @param seconds length of the output; for extend: seconds added
     *  @return this */
    public VideoRequestBuilder duration(Integer seconds) {
        duration = seconds;
        return this;
    }

    /** @param value for example {@code 16:9}
     *  @return this */
    public VideoRequestBuilder aspectRatio(String value) {
        aspectRatio = value;
        return this;
    }

    /** @param value {@code 480p}, {@code 720p} or {@code 1080p}
     *  @return this */
    public VideoRequestBuilder resolution(String value) {
        resolution = value;
        return this;
    }

    /** @param value first frame or references, in order, copied; never null
     *  @return this */
    public VideoRequestBuilder images(List<? extends Media> value) {
        images = new ArrayList<>(value);
        return this;
    }

    /** @param value added to the images
     *  @return this */
    public VideoRequestBuilder image(Media value) {
        images.add(value);
        return this;
    }

    /** @param value source of edit, extend and remix
     *  @return this */
    public VideoRequestBuilder video(Media value) {
        video = value;
        return this;
    }

    /** @param value {@code fun}, {@code normal} or {@code spicy}
     *  @return this */
    public VideoRequestBuilder style(String value) {
        style = value;
        return this;
    }

    /** @param value 0 or more
     *  @return this */
    public VideoRequestBuilder seed(Long value) {
        seed = value;
        return this;
    }

    /** @param value weight of an image or reference, 0..1
     *  @return this */
    public VideoRequestBuilder strength(Double value) {
        strength = value;
        return this;
    }

    /** @param value for example {@code dolly-in}
     *  @return this */
    public VideoRequestBuilder cameraMotion(String value) {
        cameraMotion = value;
        return this;
    }

    /** @param value which part of the video is edited
     *  @return this */
    public VideoRequestBuilder editRegion(String value) {
        editRegion = value;
        return this;
    }

    /** @param value quality of an edit's output
     *  @return this */
    public VideoRequestBuilder outputQuality(String value) {
        outputQuality = value;
        return this;
    }

    /** @param value whether the video has sound
     *  @return this */
    public VideoRequestBuilder generateAudio(Boolean value) {
        generateAudio = value;
        return this;
    }

    /** @param value whether the gateway filters content
     *  @return this */
    public VideoRequestBuilder nsfwChecker(Boolean value) {
        nsfwChecker = value;
        return this;
    }

    /** @param seconds length of the source video, a billing hint
     *  @return this */
    public VideoRequestBuilder inputVideoSeconds(Integer seconds) {
        inputVideoSeconds = seconds;
        return this;
    }

    /** @param value the end user on whose behalf the request is made
     *  @return this */
    public VideoRequestBuilder user(String value) {
        user = value;
        return this;
    }

    /** @param value where the gateway reports completion; only a hint
     *  @return this */
    public VideoRequestBuilder callbackUrl(String value) {
        callbackUrl = value;
        return this;
    }

    /** @param value image with which the video begins, beside references in the images
     *  @return this */
    public VideoRequestBuilder firstFrame(Media value) {
        firstFrame = value;
        return this;
    }

    /** @param value image with which the video ends
     *  @return this */
    public VideoRequestBuilder lastFrame(Media value) {
        lastFrame = value;
        return this;
    }

    /** @param value images that the video shows at given times, copied; never null
     *  @return this */
    public VideoRequestBuilder keyframes(List<Keyframe> value) {
        keyframes = new ArrayList<>(value);
        return this;
    }

    /** @param image what the video shows
     *  @param at    seconds from the beginning
     *  @return this */
    public VideoRequestBuilder keyframe(Media image, double at) {
        keyframes.add(new Keyframe(image, at));
        return this;
    }

    /** @param value the gateway's ids of the voices that speak, copied; never null
     *  @return this */
    public VideoRequestBuilder voices(List<String> value) {
        voices = new ArrayList<>(value);
        return this;
    }

    /** @param value where the gateway puts the video itself, for example a presigned URL; a secret
     *  @return this */
    public VideoRequestBuilder uploadUrl(String value) {
        uploadUrl = value;
        return this;
    }

    /** @param value asks the gateway to keep the video
     *  @return this */
    public VideoRequestBuilder storage(ResultStorage value) {
        storage = value;
        return this;
    }

    /** @param value passed to the gateway unchanged; replaces earlier ones
     *  @return this */
    public VideoRequestBuilder additionalFields(Map<String, Object> value) {
        additionalFields = value == null ? new LinkedHashMap<>() : new LinkedHashMap<>(value);
        return this;
    }

    /** @param name in the request to the gateway
     *  @param value passed unchanged
     *  @return this */
    public VideoRequestBuilder additionalField(String name, Object value) {
        additionalFields.put(name, value);
        return this;
    }

    /** @return the request, not validated */
    public VideoRequest build() {
        return new VideoRequest(
                model, mode, prompt, negativePrompt, duration, aspectRatio, resolution, images, video, style, seed, strength,
                cameraMotion, editRegion, outputQuality, generateAudio, nsfwChecker, inputVideoSeconds, user, callbackUrl,
                firstFrame, lastFrame, keyframes, voices, uploadUrl, storage, additionalFields);
    }
}
