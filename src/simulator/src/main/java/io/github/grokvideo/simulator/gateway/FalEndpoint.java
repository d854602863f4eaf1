// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoSpec;

/** fal's endpoints for xAI's models: the path names the model and the mode. Prices are not documented. */
enum FalEndpoint {
    CLASSIC_TEXT("text-to-video", XaiModel.CLASSIC),
    CLASSIC_IMAGE("image-to-video", XaiModel.CLASSIC),
    CLASSIC_EDIT("edit-video", XaiModel.CLASSIC),
    CLASSIC_EXTEND("extend-video", XaiModel.CLASSIC),
    V15_TEXT("v1.5/text-to-video", XaiModel.V15),
    V15_IMAGE("v1.5/image-to-video", XaiModel.V15),
    V15_REFERENCE("v1.5/reference-to-video", XaiModel.V15),
    LITE_IMAGE("v1.5/lite/image-to-video", XaiModel.LITE);

    /** Owner and name, which are all that the paths of requests have. */
    static final String APP = "/xai/grok-imagine-video";

    private static final int UNKNOWN_SECONDS = 6;
    private static final int MAX_EDIT_SECONDS = 8;
    private static final int MAX_REFERENCES = 7;

    private final String path;
    private final XaiModel model;

    FalEndpoint(String path, XaiModel model) {
        this.path = path;
        this.model = model;
    }

    /** The endpoint of a path. */
    static Optional<FalEndpoint> at(String path) {
        return Arrays.stream(values()).filter(endpoint -> path.equals(APP + "/" + endpoint.path)).findFirst();
    }

    JobDraft read(Fields fields, FrontDesk desk) {
        return switch (this) {
            case CLASSIC_TEXT, V15_TEXT -> generation(fields.only("prompt", "duration", "aspect_ratio", "resolution"),
                    new XaiInputs(0, 0, 0, 0, 0));
            case CLASSIC_IMAGE, V15_IMAGE, LITE_IMAGE -> {
                media(fields.only("prompt", "image_url", "duration", "aspect_ratio", "resolution"), "image_url", "image");
                yield generation(fields, new XaiInputs(1, 0, 0, 0, 0));
            }
            case V15_REFERENCE -> generation(fields.only("prompt", "reference_image_urls", "duration", "aspect_ratio", "resolution"),
                    new XaiInputs(0, 0, 0, references(fields), 0));
            case CLASSIC_EDIT -> {
                media(fields.only("prompt", "video_url", "resolution"), "video_url", "video");
                fields.choice("resolution", "auto", "auto", "480p", "720p");
                VideoSpec spec = source(fields, desk).map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
                yield again(fields, "edit", spec.withSeconds(Math.min(MAX_EDIT_SECONDS, spec.seconds())));
            }
            case CLASSIC_EXTEND -> {
                media(fields.only("prompt", "video_url", "duration"), "video_url", "video");
                VideoSpec spec = source(fields, desk).map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
                yield again(fields, "extend", spec.withSeconds(spec.seconds() + fields.integer("duration", 6, 2, 10)));
            }
        };
    }

    private JobDraft generation(Fields fields, XaiInputs inputs) {
        int seconds = fields.integer("duration", 6, 1, 15);
        String ratio = inputs.first() > 0
                ? fields.choice("aspect_ratio", "auto", with(XaiValidation.RATIOS, "auto"))
                : fields.choice("aspect_ratio", "16:9", XaiValidation.RATIOS);
        String resolution = fields.choice("resolution", "720p", "480p", "720p", "1080p");
        inputs.check(fields, model, resolution, seconds);
        return new JobDraft(id(), inputs.mode(), inputs.prompt(fields), null, resolution, ratio,
                VideoSpec.of(resolution, ratio, seconds), BigDecimal.ZERO);
    }

    private JobDraft again(Fields fields, String mode, VideoSpec spec) {
        return new JobDraft(id(), mode, fields.needText("prompt"), null, PixelSize.resolution(spec), "source", spec, BigDecimal.ZERO);
    }

    private String id() {
        return APP.substring(1) + "/" + path;
    }

    private static Optional<SimulatedJob> source(Fields fields, FrontDesk desk) {
        return desk.behind(fields.text("video_url", ""));
    }

    private static int references(Fields fields) {
        fields.require("reference_image_urls");
        JsonNode urls = fields.raw("reference_image_urls");
        if (!urls.isArray() || urls.isEmpty() || urls.size() > MAX_REFERENCES) {
            throw fields.invalid("reference_image_urls", "must be an array of 1 to " + MAX_REFERENCES);
        }
        urls.forEach(url -> check(fields, "reference_image_urls", url.asText(), "image"));
        return urls.size();
    }

    private static void media(Fields fields, String name, String type) {
        check(fields, name, fields.needText(name), type);
    }

    private static void check(Fields fields, String name, String url, String type) {
        if (!url.matches("(?is)(https?://[^\\s/]+|data:" + type + "/).*")) {
            throw fields.invalid(name, "must be a URL or a data URI");
        }
    }

    private static String[] with(String[] some, String more) {
        String[] all = Arrays.copyOf(some, some.length + 1);
        all[some.length] = more;
        return all;
    }
}
