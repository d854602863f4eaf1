// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import org.apache.camel.spi.Metadata;

/** The headers that make up a request; part of {@link GrokVideoConstants}. In parentheses: the Java type of the value. */
public abstract sealed class GrokVideoRequestHeaders permits GrokVideoConstants {

    /** Request: the prompt (String). */
    @Metadata(label = "request", javaType = "String",
              description = "What the video shows. Wins over the body.")
    public static final String PROMPT = "CamelGrokVideoPrompt";
    /** Request: what the video must not show (String). */
    @Metadata(label = "request", javaType = "String",
              description = "What the video must not show.")
    public static final String NEGATIVE_PROMPT = "CamelGrokVideoNegativePrompt";
    /** Request: the model id (String). */
    @Metadata(label = "request", javaType = "String",
              description = "The model id of the gateway.")
    public static final String MODEL = "CamelGrokVideoModel";
    /** Request: the mode (String). */
    @Metadata(label = "request", javaType = "String",
              enums = "auto,text-to-video,image-to-video,reference-to-video,edit,extend,remix",
              description = "What the video is made from.")
    public static final String MODE = "CamelGrokVideoMode";
    /** Request: length in seconds (Integer). */
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the output in seconds; for extend the seconds that are added.")
    public static final String DURATION = "CamelGrokVideoDuration";
    /** Request: width to height (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Width to height, for example 16:9.")
    public static final String ASPECT_RATIO = "CamelGrokVideoAspectRatio";
    /** Request: the resolution (String). */
    @Metadata(label = "request", javaType = "String",
              description = "480p, 720p or 1080p.")
    public static final String RESOLUTION = "CamelGrokVideoResolution";
    /** Request: first frame or reference images (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "First frame or references: text with URLs, paths or data URIs, a File, a byte array, or a list of "
                            + "these.")
    public static final String IMAGES = "CamelGrokVideoImages";
    /** Request: source video (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Source of edit, extend and remix: URL, path, File, file_id:<id>, job:<id> or task:<id>.")
    public static final String VIDEO = "CamelGrokVideoVideo";
    /** Request: the style (String). */
    @Metadata(label = "request", javaType = "String",
              description = "fun, normal or spicy.")
    public static final String STYLE = "CamelGrokVideoStyle";
    /** Request: the seed (Long). */
    @Metadata(label = "request", javaType = "Long",
              description = "Makes results repeatable if the gateway supports it.")
    public static final String SEED = "CamelGrokVideoSeed";
    /** Request: weight of an image or reference, 0 to 1 (Double). */
    @Metadata(label = "request", javaType = "Double",
              description = "How much an image or reference counts, from 0 to 1.")
    public static final String STRENGTH = "CamelGrokVideoStrength";
    /** Request: camera motion (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Camera motion, for example dolly-in.")
    public static final String CAMERA_MOTION = "CamelGrokVideoCameraMotion";
    /** Request: part of the video to edit (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Which part of the video is edited.")
    public static final String EDIT_REGION = "CamelGrokVideoEditRegion";
    /** Request: quality of an edited video (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Quality of an edited video.")
    public static final String OUTPUT_QUALITY = "CamelGrokVideoOutputQuality";
    /** Request: whether the video has sound (Boolean). */
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the video has sound.")
    public static final String GENERATE_AUDIO = "CamelGrokVideoGenerateAudio";
    /** Request: whether the gateway filters content (Boolean). */
    @Metadata(label = "request", javaType = "Boolean",
              description = "Whether the gateway filters content.")
    public static final String NSFW_CHECKER = "CamelGrokVideoNsfwChecker";
    /** Request: length of the source video in seconds (Integer). */
    @Metadata(label = "request", javaType = "Integer",
              description = "Length of the source video in seconds.")
    public static final String INPUT_VIDEO_SECONDS = "CamelGrokVideoInputVideoSeconds";
    /** Request: the end user (String). */
    @Metadata(label = "request", javaType = "String",
              description = "The end user on whose behalf the request is made.")
    public static final String USER = "CamelGrokVideoUser";
    /** Request: URL that the gateway calls at the end of the job (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Where the gateway reports the end of the job.")
    public static final String CALLBACK_URL = "CamelGrokVideoCallbackUrl";
    /** Request: image with which the video begins, beside references (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Image with which the video begins, if the images are references: as for images.")
    public static final String FIRST_FRAME = "CamelGrokVideoFirstFrame";
    /** Request: image with which the video ends (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Image with which the video ends: as for images.")
    public static final String LAST_FRAME = "CamelGrokVideoLastFrame";
    /** Request: images at given times (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Images that the video shows at given times: text such as a.png@2,b.png@4.5 (seconds), or a list of"
                            + " {image, at}.")
    public static final String KEYFRAMES = "CamelGrokVideoKeyframes";
    /** Request: ids of the voices that speak (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "The gateway's ids of the voices that speak, separated by commas or as a list.")
    public static final String VOICES = "CamelGrokVideoVoices";
    /** Request: where the gateway puts the video itself (String). */
    @Metadata(label = "request", javaType = "String",
              description = "Where the gateway puts the video itself with a PUT, for example a presigned URL. A secret.")
    public static final String UPLOAD_URL = "CamelGrokVideoUploadUrl";
    /** Request: asks the gateway to keep the video (Object). */
    @Metadata(label = "request", javaType = "Object",
              description = "Asks the gateway to keep the video: a file name, or a map of fileName, expiresAfter (seconds) and"
                            + " publicUrl (true or false).")
    public static final String STORAGE = "CamelGrokVideoStorage";
    /** Request: fields passed to the gateway unchanged (Map). */
    @Metadata(label = "request", javaType = "java.util.Map<String, Object>",
              description = "Fields passed to the gateway unchanged; added to those of the body and the endpoint.")
    public static final String ADDITIONAL_FIELDS = "CamelGrokVideoAdditionalFields";

    GrokVideoRequestHeaders() {
    }
}
