// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoSpec;

/** The rules of every model id of ToAPIs. Prices are in credits, 200 to the dollar; 0 if undocumented. */
final class ToApisValidation {

    private static final String[] RATIOS = {"16:9", "9:16", "1:1", "3:2", "2:3"};
    /** Fields allowed in any video request. */
    private static final String[] COMMON = {"model", "prompt", "client_business_id", "metadata", "callback_url", "trace_id"};

    private final Function<String, Optional<SimulatedJob>> jobs;
    private final ToApisSeedModel seedModel = new ToApisSeedModel();

    /**
     * @param jobs finds an earlier job by task id
     */
    ToApisValidation(Function<String, Optional<SimulatedJob>> jobs) {
        this.jobs = jobs;
    }

    JobDraft generation(Fields fields) {
        String model = fields.needText("model");
        return switch (model) {
            case "grok-imagine-1-0-video" -> seedModel.read(fields, businessId(fields));
            case "grok-imagine-1.0-video" -> imagine(fields);
            case "grok-video-1.5" -> video15(fields);
            case "grok-video-1.5-preview" -> preview(fields);
            case "grok-video-1.0" -> video10(fields);
            default -> throw new GatewayRefusal(Trouble.NO_MODEL, "model not found: " + model);
        };
    }

    JobDraft extend(String taskId, Fields fields) {
        SimulatedJob source = source(taskId, fields);
        only(fields, "size");
        fields.text("size", "");
        return draft(fields, "extend", source.resolution(), "source", source.spec().withSeconds(2 * source.spec().seconds()), 0);
    }

    JobDraft remix(String taskId, Fields fields) {
        SimulatedJob source = source(taskId, fields);
        only(fields, "size", "aspect_ratio");
        fields.text("size", "");
        String ratio = fields.choice("aspect_ratio", "source", "16:9", "9:16");
        VideoSpec spec = ratio.equals("source")
                ? source.spec()
                : VideoSpec.of(source.resolution(), ratio, source.spec().seconds());
        return draft(fields, "remix", source.resolution(), ratio, spec, 0);
    }

    private JobDraft imagine(Fields fields) {
        only(fields, "aspect_ratio", "duration", "quality", "image_urls");
        boolean images = !fields.urls("image_urls", 0, 7).isEmpty();
        String quality = fields.choice("quality", "480p", "480p", "720p");
        return draft(fields, images ? "image-to-video" : "text-to-video", quality, fields.integer("duration", 6, 6, 30), 0);
    }

    private JobDraft video15(Fields fields) {
        only(fields, "aspect_ratio", "duration", "resolution", "image");
        fields.url("image");
        int seconds = fields.integer("duration", 8, 1, 15);
        return draft(fields, "image-to-video", fields.choice("resolution", "720p", "480p", "720p"), seconds, 2 * seconds);
    }

    private JobDraft preview(Fields fields) {
        only(fields, "aspect_ratio", "seconds", "images");
        fields.urls("images", 1, 1);
        int seconds = Integer.parseInt(fields.choice("seconds", "10", "10", "15"));
        return draft(fields, "image-to-video", "720p", seconds, 2 * seconds);
    }

    private JobDraft video10(Fields fields) {
        only(fields, "aspect_ratio", "duration", "resolution", "image", "reference_images");
        int references = fields.urls("reference_images", 0, 8).size();
        if (fields.has("image")) {
            fields.url("image");
        }
        if (references + (fields.has("image") ? 1 : 0) > 8) {
            throw fields.invalid("reference_images", "at most 8 images in total");
        }
        String mode = references > 0 ? "reference-to-video" : fields.has("image") ? "image-to-video" : "text-to-video";
        return draft(fields, mode, fields.choice("resolution", "720p", "480p", "720p"), fields.integer("duration", 8, 1, 15), 0);
    }

    private JobDraft draft(Fields fields, String mode, String resolution, int seconds, int credits) {
        String ratio = fields.choice("aspect_ratio", "16:9", RATIOS);
        return draft(fields, mode, resolution, ratio, VideoSpec.of(resolution, ratio, seconds), credits);
    }

    private JobDraft draft(Fields fields, String mode, String resolution, String ratio, VideoSpec spec, int credits) {
        return new JobDraft(fields.needText("model"), mode, fields.needText("prompt"), businessId(fields), resolution, ratio, spec,
                BigDecimal.valueOf(credits));
    }

    private SimulatedJob source(String taskId, Fields fields) {
        if (!fields.needText("model").equals("grok-video-1.0")) {
            throw fields.invalid("model", "only grok-video-1.0 extends and remixes");
        }
        SimulatedJob source = jobs.apply(taskId).orElseThrow(() -> new GatewayRefusal(Trouble.NO_TASK, "Task not found"));
        if (!source.model().equals("grok-video-1.0") || !source.state().ended()) {
            throw new GatewayRefusal(Trouble.INVALID, "video_id: must be a completed task of grok-video-1.0");
        }
        return source;
    }

    /** At the top level, or inside the metadata. */
    private static String businessId(Fields fields) {
        String id = fields.text("client_business_id", "");
        if (id.isEmpty() && fields.has("metadata")) {
            id = fields.object("metadata").text("client_business_id", "");
        }
        return id.isBlank() ? null : id;
    }

    private static void only(Fields fields, String... own) {
        fields.only(Stream.concat(Arrays.stream(COMMON), Arrays.stream(own)).toArray(String[]::new));
        fields.text("trace_id", "");
        if (fields.has("callback_url")) {
            CallbackUrl.checked("callback_url", fields.url("callback_url"));
        }
    }
}
