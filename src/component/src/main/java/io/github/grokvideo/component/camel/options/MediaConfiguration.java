// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.options;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Defaults for the images, videos and voices of a request, and where its video goes. */
@UriParams
public class MediaConfiguration extends AccountConfiguration {

    @UriParam(label = "producer,request",
              description = "First frame or reference images, separated by commas: http(s) URLs, data URIs, paths, "
                            + "file_id:<id> or job:<id>.")
    private String images;
    @UriParam(label = "producer,request",
              description = "Source of edit, extend and remix: an http(s) URL, a path, file_id:<id>, job:<id> for an earlier job of "
                            + "this component or task:<id> for a task of the gateway.")
    private String video;
    @UriParam(label = "producer,request",
              description = "Where the gateway reports the end of the job. Only a hint: the job is polled anyway.")
    private String callbackUrl;
    @UriParam(label = "producer,request",
              description = "Image with which the video begins, if the images are references and the model supports both: a URL, "
                            + "a data URI, a path or file_id:<id>.")
    private String firstFrame;
    @UriParam(label = "producer,request",
              description = "Image with which the video ends, if the model supports it: as for firstFrame.")
    private String lastFrame;
    @UriParam(label = "producer,request",
              description = "Images that the video shows at given times, if the model supports it: <image>@<seconds>, separated by commas.")
    private String keyframes;
    @UriParam(label = "producer,request",
              description = "Ids of the voices of the gateway that speak, separated by commas, if the model supports it.")
    private String voices;
    @UriParam(label = "producer,request,security", secret = true,
              description = "Where the gateway puts the video itself with a PUT, if it can; then nothing is downloaded and the body is "
                            + "empty. Usually a header, with a presigned URL.")
    private String uploadUrl;
    @UriParam(label = "producer,request",
              description = "Asks the gateway to keep the video under this file name beyond the life of its URL, if it can. More settings: "
                            + "header CamelGrokVideoStorage.")
    private String storage;

    public String getImages() {
        return images;
    }

    public void setImages(String images) {
        this.images = images;
    }

    public String getVideo() {
        return video;
    }

    public void setVideo(String video) {
        this.video = video;
    }

    public String getCallbackUrl() {
        return callbackUrl;
    }

    public void setCallbackUrl(String callbackUrl) {
        this.callbackUrl = callbackUrl;
    }

    public String getFirstFrame() {
        return firstFrame;
    }

    public void setFirstFrame(String firstFrame) {
        this.firstFrame = firstFrame;
    }

    public String getLastFrame() {
        return lastFrame;
    }

    public void setLastFrame(String lastFrame) {
        this.lastFrame = lastFrame;
    }

    public String getKeyframes() {
        return keyframes;
    }

    public void setKeyframes(String keyframes) {
        this.keyframes = keyframes;
    }

    public String getVoices() {
        return voices;
    }

    public void setVoices(String voices) {
        this.voices = voices;
    }

    public String getUploadUrl() {
        return uploadUrl;
    }

    public void setUploadUrl(String uploadUrl) {
        this.uploadUrl = uploadUrl;
    }

    public String getStorage() {
        return storage;
    }

    public void setStorage(String storage) {
        this.storage = storage;
    }
}
