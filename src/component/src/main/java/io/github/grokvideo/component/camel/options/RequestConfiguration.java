// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Defaults for the fields of a request; fields and headers of the message override them. */
@UriParams
public class RequestConfiguration extends MediaConfiguration {

    @UriParam(label = "producer,request", defaultValue = "auto",
              enums = "auto,text-to-video,image-to-video,reference-to-video,edit,extend,remix",
              description = "What the video is made from. auto: decided by the content of the request.")
    private String mode = "auto";
    @UriParam(label = "producer,request",
              description = "What the video shows, if the message does not say so.")
    private String prompt;
    @UriParam(label = "producer,request",
              description = "What the video must not show.")
    private String negativePrompt;
    @UriParam(label = "producer,request",
              description = "Length of the output in seconds; for extend the seconds that are added. The range is the "
                            + "model's, in all 1 to 30.")
    private Integer duration;
    @UriParam(label = "producer,request",
              description = "Width to height, for example 16:9, 9:16 or 1:1.")
    private String aspectRatio;
    @UriParam(label = "producer,request",
              description = "480p, 720p or 1080p, if the model supports it.")
    private String resolution;
    @UriParam(label = "producer,request",
              description = "fun, normal or spicy, if the model has styles.")
    private String style;
    @UriParam(label = "producer,request",
              description = "Makes results repeatable if the gateway supports it; 0 or more.")
    private Long seed;
    @UriParam(label = "producer,request",
              description = "How much an image or reference counts, from 0 to 1.")
    private Double strength;
    @UriParam(label = "producer,request",
              description = "Camera motion, for example dolly-in, if the model supports it.")
    private String cameraMotion;
    @UriParam(label = "producer,request",
              description = "Which part of the video is edited, if the model supports it.")
    private String editRegion;
    @UriParam(label = "producer,request",
              description = "Quality of an edited video, if the model supports it.")
    private String outputQuality;
    @UriParam(label = "producer,request", enums = "true,false",
              description = "Whether the video has sound, if the model lets you choose. Unset: the default of the gateway.")
    private String generateAudio;
    @UriParam(label = "producer,request", enums = "true,false",
              description = "Whether the gateway filters content, if it lets you choose. Unset: the default of the gateway.")
    private String nsfwChecker;
    @UriParam(label = "producer,request",
              description = "Length of the source video in seconds, which some gateways bill by.")
    private Integer inputVideoSeconds;
    @UriParam(label = "producer,request",
              description = "The end user on whose behalf the request is made.")
    private String user;
    @UriParam(label = "producer,advanced", prefix = "additionalFields.", multiValue = true,
              description = "Fields passed to the gateway unchanged, on your own responsibility: additionalFields.name=value.")
    private Map<String, Object> additionalFields;

    /** Adds additional fields; they replace existing ones of the same name. */
    public void addAdditionalFields(Map<String, Object> added) {
        Map<String, Object> merged = additionalFields == null ? new LinkedHashMap<>() : new LinkedHashMap<>(additionalFields);
        merged.putAll(added);
        additionalFields = merged;
    }

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public String getPrompt() {
        return prompt;
    }

    public void setPrompt(String prompt) {
        this.prompt = prompt;
    }

    public String getNegativePrompt() {
        return negativePrompt;
    }

    public void setNegativePrompt(String negativePrompt) {
        this.negativePrompt = negativePrompt;
    }

    public Integer getDuration() {
        return duration;
    }

    public void setDuration(Integer duration) {
        this.duration = duration;
    }

    public String getAspectRatio() {
        return aspectRatio;
    }

    public void setAspectRatio(String aspectRatio) {
        this.aspectRatio = aspectRatio;
    }

    public String getResolution() {
        return resolution;
    }

    public void setResolution(String resolution) {
        this.resolution = resolution;
    }

    public String getStyle() {
        return style;
    }

    public void setStyle(String style) {
        this.style = style;
    }

    public Long getSeed() {
        return seed;
    }

    public void setSeed(Long seed) {
        this.seed = seed;
    }

    public Double getStrength() {
        return strength;
    }

    public void setStrength(Double strength) {
        this.strength = strength;
    }

    public String getCameraMotion() {
        return cameraMotion;
    }

    public void setCameraMotion(String cameraMotion) {
        this.cameraMotion = cameraMotion;
    }

    public String getEditRegion() {
        return editRegion;
    }

    public void setEditRegion(String editRegion) {
        this.editRegion = editRegion;
    }

    public String getOutputQuality() {
        return outputQuality;
    }

    public void setOutputQuality(String outputQuality) {
        this.outputQuality = outputQuality;
    }

    public String getGenerateAudio() {
        return generateAudio;
    }

    public void setGenerateAudio(String generateAudio) {
        this.generateAudio = generateAudio;
    }

    public String getNsfwChecker() {
        return nsfwChecker;
    }

    public void setNsfwChecker(String nsfwChecker) {
        this.nsfwChecker = nsfwChecker;
    }

    public Integer getInputVideoSeconds() {
        return inputVideoSeconds;
    }

    public void setInputVideoSeconds(Integer inputVideoSeconds) {
        this.inputVideoSeconds = inputVideoSeconds;
    }

    public String getUser() {
        return user;
    }

    public void setUser(String user) {
        this.user = user;
    }

    public Map<String, Object> getAdditionalFields() {
        return additionalFields;
    }

    public void setAdditionalFields(Map<String, Object> additionalFields) {
        this.additionalFields = additionalFields;
    }
}
