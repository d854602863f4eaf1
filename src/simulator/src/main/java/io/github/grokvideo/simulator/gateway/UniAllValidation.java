// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoSpec;

/** The rules of UniAll's one model, {@code grok-imagine}. {@code size} is the resolution there. */
final class UniAllValidation {

    private static final String MODEL = "grok-imagine";
    /** Length of an edit if neither the request nor its source defines it. */
    private static final int UNKNOWN_SECONDS = 6;
    private static final int MANY = 100;

    private final FrontDesk desk;

    UniAllValidation(FrontDesk desk) {
        this.desk = desk;
    }

    JobDraft read(Fields fields) {
        if (!fields.needText("model").equals(MODEL)) {
            throw new GatewayRefusal(Trouble.NO_MODEL, "model not found: " + fields.text("model", ""));
        }
        fields.only("model", "prompt", "image", "input_reference", "images", "image_url", "image_urls", "video", "videos", "size",
                "aspect_ratio", "duration", "seconds", "extra_body");
        String prompt = fields.needText("prompt");
        String mode = mode(fields);
        String ratio = ratio(fields, mode);
        if (mode.equals("extend") && fields.has("size")) {
            throw fields.invalid("size", "is not supported for video extension");
        }
        String size = fields.choice("size", "480p", "480p", "720p");
        VideoSpec spec = VideoSpec.of(size, ratio, seconds(fields, mode));
        return new JobDraft(MODEL, mode, prompt, null, size, ratio, spec, BigDecimal.ZERO);
    }

    /** The mode is derived from the fields; a given operation must match. */
    private String mode(Fields fields) {
        boolean one = link(fields, "image") != null | link(fields, "image_url") != null | link(fields, "input_reference") != null;
        boolean many = !fields.urls("images", 0, MANY).isEmpty() | !fields.urls("image_urls", 0, MANY).isEmpty();
        boolean clips = !fields.urls("videos", 0, MANY).isEmpty();
        boolean source = link(fields, "video") != null;
        String operation = fields.has("extra_body") ? operation(fields.object("extra_body")) : "";
        if (one && many) {
            throw fields.invalid("image", "cannot be combined with images");
        }
        if (source && (one || many)) {
            throw fields.invalid("video", "cannot be combined with images");
        }
        String byFields = source ? "video" : one ? "image-to-video" : many || clips ? "reference-to-video" : "text-to-video";
        String byName = switch (operation) {
            case "" -> byFields.equals("video") ? fields.has("duration") || fields.has("seconds") ? "extend" : "edit" : byFields;
            case "edit_video" -> "edit";
            case "video_extend" -> "extend";
            default -> operation.replace('_', '-');
        };
        boolean needsSource = byName.equals("edit") || byName.equals("extend");
        if (needsSource != source || !needsSource && !byName.equals(byFields)) {
            throw fields.invalid("extra_body.operation", operation + " does not fit the media of the request");
        }
        return byName;
    }

    private static String operation(Fields extra) {
        extra.only("operation", "input_video_seconds").integer("input_video_seconds", 1, 1, Integer.MAX_VALUE);
        return extra.choice("operation", "", "text_to_video", "image_to_video", "reference_to_video", "edit_video", "video_extend");
    }

    private static String ratio(Fields fields, String mode) {
        return mode.equals("text-to-video")
                ? fields.choice("aspect_ratio", "16:9", "16:9", "1:1", "9:16")
                : fields.choice("aspect_ratio", "auto", "auto", "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3");
    }

    private int seconds(Fields fields, String mode) {
        if (mode.equals("edit")) {
            if (fields.has("duration") || fields.has("seconds")) {
                throw fields.invalid("duration", "must be absent for video editing");
            }
            return sourceSeconds(fields);
        }
        if (fields.has("duration") == fields.has("seconds")) {
            throw new GatewayRefusal(fields.has("duration") ? Trouble.INVALID : Trouble.MISSING,
                    "exactly one of duration and seconds is required");
        }
        int min = mode.equals("extend") ? 2 : 1;
        int max = mode.equals("text-to-video") || mode.equals("image-to-video") ? 15 : 10;
        if (fields.has("seconds")) {
            fields.needText("seconds");
        }
        int asked = fields.looseInteger(fields.has("seconds") ? "seconds" : "duration", 0, min, max);
        return mode.equals("extend") ? sourceSeconds(fields) + asked : asked;
    }

    private int sourceSeconds(Fields fields) {
        if (fields.has("extra_body") && fields.object("extra_body").has("input_video_seconds")) {
            return Math.min(3600, fields.object("extra_body").integer("input_video_seconds", 1, 1, Integer.MAX_VALUE));
        }
        return desk.behind(link(fields, "video")).map(SimulatedJob::spec).map(VideoSpec::seconds).orElse(UNKNOWN_SECONDS);
    }

    /** A URL as a string or as {@code {"url": ...}}; null if it is absent. */
    private static String link(Fields fields, String name) {
        if (!fields.has(name)) {
            return null;
        }
        return fields.raw(name).isObject() ? fields.object(name).only("url").url("url") : fields.url(name);
    }
}
