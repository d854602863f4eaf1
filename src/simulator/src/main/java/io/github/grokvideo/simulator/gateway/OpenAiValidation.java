// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;
import io.github.grokvideo.simulator.video.VideoSpec;

/**
 * The rules of the OpenAI videos dialect in front of xAI's models. What the dialect has no field for has xAI's name, at the top level or in
 * {@code metadata}.
 */
final class OpenAiValidation {

    private static final int UNKNOWN_SECONDS = 6;

    private final FrontDesk desk;

    OpenAiValidation(FrontDesk desk) {
        this.desk = desk;
    }

    JobDraft generation(JsonNode body) {
        Fields fields = merged(body);
        fields.only("model", "prompt", "seconds", "size", "input_reference", "aspect_ratio", "resolution", "image", "image_url",
                "image_urls", "reference_images", "reference_audios", "last_frame", "keyframes", "generate_audio", "user");
        XaiModel model = model(fields.needText("model"));
        int seconds = seconds(fields, 8, 1, 15);
        int first = reference(fields) + one(fields, "image") + one(fields, "image_url");
        if (first > 1) {
            throw fields.invalid("input_reference", "only one first frame");
        }
        int references = many(fields, "reference_images", 7) + many(fields, "image_urls", 7);
        XaiInputs inputs = new XaiInputs(first, one(fields, "last_frame"), many(fields, "keyframes", 4), references,
                many(fields, "reference_audios", 3));
        fields.bool("generate_audio");
        VideoSpec spec = PixelSize.spec(fields, "720p", seconds);
        String resolution = PixelSize.resolution(spec);
        inputs.check(fields, model, resolution, seconds);
        return new JobDraft(fields.needText("model"), inputs.mode(), inputs.prompt(fields), null, resolution,
                fields.text("aspect_ratio", "16:9"), spec, BigDecimal.ZERO);
    }

    JobDraft edit(JsonNode body) {
        Fields fields = merged(body).only("model", "prompt", "video", "video_url", "user");
        Optional<SimulatedJob> source = source(fields);
        return again(fields, "edit", source, source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS)));
    }

    JobDraft extension(JsonNode body) {
        Fields fields = merged(body).only("model", "prompt", "video", "video_url", "seconds", "user");
        Optional<SimulatedJob> source = source(fields);
        VideoSpec spec = source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
        return again(fields, "extend", source, spec.withSeconds(spec.seconds() + seconds(fields, 6, 2, 10)));
    }

    JobDraft remix(SimulatedJob source, JsonNode body) {
        Fields fields = merged(body).only("model", "prompt");
        return again(fields, "remix", Optional.of(finished(source)), source.spec()).with("remixed_from", source.id());
    }

    private static JobDraft again(Fields fields, String mode, Optional<SimulatedJob> source, VideoSpec spec) {
        String name = fields.text("model", source.map(SimulatedJob::model).orElse(XaiModel.CLASSIC.id()));
        if (!mode.equals("remix") && model(name) != XaiModel.CLASSIC) {
            throw fields.invalid("model", name + " neither edits nor extends videos");
        }
        return new JobDraft(name, mode, fields.needText("prompt"), null, PixelSize.resolution(spec), "source", spec, BigDecimal.ZERO);
    }

    /** The fields of metadata and those beside it, none of them twice. */
    private static Fields merged(JsonNode body) {
        ObjectNode all = body.deepCopy();
        JsonNode metadata = all.remove("metadata");
        if (metadata != null && !metadata.isNull()) {
            if (!metadata.isObject()) {
                throw new GatewayRefusal(Trouble.INVALID, "metadata: must be an object");
            }
            metadata.fieldNames().forEachRemaining(name -> {
                if (all.has(name)) {
                    throw new GatewayRefusal(Trouble.INVALID, "metadata." + name + ": is given twice");
                }
                all.set(name, metadata.get(name));
            });
        }
        return new Fields(all);
    }

    /** Relays put the name of the vendor before that of the model. */
    private static XaiModel model(String name) {
        String own = name.substring(name.lastIndexOf('/') + 1);
        return XaiModel.named(own.equals("grok-imagine") ? XaiModel.CLASSIC.id() : own)
                .orElseThrow(() -> new GatewayRefusal(Trouble.NO_MODEL, "The model `" + name + "` does not exist"));
    }

    private static int seconds(Fields fields, int otherwise, int min, int max) {
        fields.text("seconds", "");
        return fields.looseInteger("seconds", otherwise, min, max);
    }

    /** An uploaded file, or an object that names an image. */
    private static int reference(Fields fields) {
        if (!fields.has("input_reference")) {
            return 0;
        }
        JsonNode image = fields.raw("input_reference");
        boolean named = image.path("image_url").isTextual() || image.path("file_id").isTextual() || image.path("url").isTextual();
        if (!image.isObject() || image.size() != 1 || !named) {
            throw fields.invalid("input_reference", "must be a file, or an object with either image_url or file_id");
        }
        return 1;
    }

    private static int one(Fields fields, String name) {
        if (fields.has(name) && !fields.raw(name).isTextual() && !fields.raw(name).isObject()) {
            throw fields.invalid(name, "must be a URL or an object");
        }
        return fields.has(name) ? 1 : 0;
    }

    private static int many(Fields fields, String name, int max) {
        if (fields.has(name) && (!fields.raw(name).isArray() || fields.raw(name).size() > max)) {
            throw fields.invalid(name, "must be an array of at most " + max);
        }
        return fields.raw(name).size();
    }

    /** The job whose video is meant; empty for a URL that is not the simulator's. */
    private Optional<SimulatedJob> source(Fields fields) {
        if (fields.has("video") == fields.has("video_url")) {
            throw new GatewayRefusal(Trouble.MISSING, "video is required");
        }
        JsonNode video = fields.raw(fields.has("video") ? "video" : "video_url");
        if (video.path("id").isTextual()) {
            return Optional.of(finished(desk.behind(OpenAiGateway.ID, video.path("id").textValue())
                    .orElseThrow(() -> new GatewayRefusal(Trouble.NO_TASK, "Video not found"))));
        }
        String url = video.isTextual() ? video.textValue() : video.path("url").asText("");
        if (!url.matches("(?i)(https?://|data:video/).+")) {
            throw fields.invalid("video", "must be a file, a URL, or an object with an id");
        }
        return desk.behind(url);
    }

    private static SimulatedJob finished(SimulatedJob job) {
        if (job.state() != SimulatedJobState.DONE) {
            throw new GatewayRefusal(Trouble.INVALID, "video: is not completed");
        }
        return job;
    }
}
