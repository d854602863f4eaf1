// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.HashSet;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.video.VideoSpec;

/** The rules of OpenRouter's video endpoint for xAI's models, at xAI's prices. */
final class OpenRouterValidation {

    static final String VENDOR = "x-ai/";

    private static final int MAX_REFERENCES = 7;

    private final FrontDesk desk;

    OpenRouterValidation(FrontDesk desk) {
        this.desk = desk;
    }

    JobDraft read(Fields fields) {
        String name = fields.needText("model");
        XaiModel model = XaiModel.named(name.replaceFirst("^" + VENDOR, "")).filter(known -> name.startsWith(VENDOR))
                .orElseThrow(() -> new GatewayRefusal(Trouble.NO_MODEL, "No endpoints found for " + name));
        fields.only("model", "prompt", "duration", "resolution", "aspect_ratio", "size", "generate_audio", "seed", "frame_images",
                "input_references", "previous_job_id", "callback_url", "provider", "session_id", "user");
        fields.bool("generate_audio");
        fields.integer("seed", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        fields.text("user", "");
        fields.text("session_id", "", 256);
        if (fields.has("provider")) {
            fields.object("provider");
        }
        JobDraft draft = fields.has("previous_job_id") ? extension(fields, name, model) : generation(fields, name, model);
        return fields.has("callback_url")
                ? draft.with(JobDraft.CALLBACK_URL, CallbackUrl.checked("callback_url", fields.url("callback_url"))) : draft;
    }

    private JobDraft generation(Fields fields, String name, XaiModel model) {
        int seconds = fields.integer("duration", 8, 1, 15);
        Set<String> frames = frames(fields);
        XaiInputs inputs = new XaiInputs(frames.contains("first_frame") ? 1 : 0, frames.contains("last_frame") ? 1 : 0, 0,
                references(fields), 0);
        VideoSpec spec = PixelSize.spec(fields, "480p", seconds);
        String resolution = PixelSize.resolution(spec);
        inputs.check(fields, model, resolution, seconds);
        return new JobDraft(name, inputs.mode(), inputs.prompt(fields), null, resolution, fields.text("aspect_ratio", "16:9"), spec,
                model.price(resolution, seconds, inputs.images()));
    }

    /** What a previous job does is not documented; here its video is extended. */
    private JobDraft extension(Fields fields, String name, XaiModel model) {
        SimulatedJob source = desk.behind(OpenRouterGateway.ID, fields.needText("previous_job_id"))
                .filter(job -> job.state() == SimulatedJobState.DONE)
                .orElseThrow(() -> fields.invalid("previous_job_id", "is not a completed job"));
        if (model != XaiModel.CLASSIC || fields.has("frame_images") || fields.has("input_references")) {
            throw fields.invalid("previous_job_id", "needs " + VENDOR + XaiModel.CLASSIC.id() + " and no images");
        }
        int added = fields.integer("duration", 6, 2, 10);
        VideoSpec spec = source.spec().withSeconds(source.spec().seconds() + added);
        String resolution = source.resolution().equals("1080p") ? "720p" : source.resolution();
        return new JobDraft(name, "extend", fields.needText("prompt"), null, resolution, "source", spec,
                XaiModel.price(resolution, added, source.spec().seconds(), model));
    }

    private static Set<String> frames(Fields fields) {
        Set<String> frames = new HashSet<>();
        for (JsonNode frame : array(fields, "frame_images", 2)) {
            String type = frame.path("frame_type").asText();
            if (!isImage(frame) || frame.size() != 3 || !type.matches("first_frame|last_frame") || !frames.add(type)) {
                throw fields.invalid("frame_images", "entries must have type image_url, image_url.url and a frame_type of their own");
            }
        }
        return frames;
    }

    private static int references(Fields fields) {
        JsonNode references = array(fields, "input_references", MAX_REFERENCES);
        for (JsonNode reference : references) {
            if (!isImage(reference) || reference.size() != 2) {
                throw fields.invalid("input_references", "entries must have type image_url and image_url.url");
            }
        }
        return references.size();
    }

    private static JsonNode array(Fields fields, String name, int max) {
        JsonNode array = fields.raw(name);
        if (fields.has(name) && (!array.isArray() || array.size() > max)) {
            throw fields.invalid(name, "must be an array of at most " + max);
        }
        return array;
    }

    private static boolean isImage(JsonNode entry) {
        return entry.path("type").asText().equals("image_url")
                && entry.path("image_url").path("url").asText().matches("(?i)(https?://|data:image/).+");
    }
}
