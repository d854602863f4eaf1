// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.Optional;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoSpec;

/** The rules of xAI's three endpoints. The mode is derived from the media. */
final class XaiValidation {

    static final String[] RATIOS = {"1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2"};

    private static final double MAX_EDIT_SECONDS = 8.7;
    /** Assumed length of a source that is not the simulator's own. */
    private static final int UNKNOWN_SECONDS = 6;

    private final XaiMedia media;

    XaiValidation(FrontDesk desk, XaiFiles files) {
        this.media = new XaiMedia(desk, files);
    }

    JobDraft generation(Fields fields) {
        String name = fields.text("model", XaiModel.CLASSIC.id());
        XaiModel model = model(name);
        if (fields.has("duration") && fields.has("seconds") || fields.has("size")) {
            throw new GatewayRefusal(Trouble.UNPROCESSABLE, "Failed to deserialize the JSON body: duplicate or deprecated field");
        }
        fields.only("model", "prompt", "duration", "seconds", "aspect_ratio", "resolution", "image", "last_frame", "keyframes",
                "reference_images", "reference_audios", "generate_audio", "storage_options", "output", "user");
        fields.bool("generate_audio");
        int seconds = fields.looseInteger(fields.has("seconds") ? "seconds" : "duration", 8, 1, 15);
        XaiInputs inputs = new XaiInputs(media.image(fields, "image"), media.image(fields, "last_frame"), media.keyframes(fields, seconds),
                media.list(fields, "reference_images", 7), media.list(fields, "reference_audios", 3));
        String resolution = fields.choice("resolution", "480p", "480p", "720p", "1080p");
        inputs.check(fields, model, resolution, seconds);
        String ratio = fields.choice("aspect_ratio", "16:9", RATIOS);
        // A first frame determines the ratio, whatever the request says; the simulator does not look at the image.
        String shape = inputs.mode().equals("image-to-video") && inputs.first() > 0 ? "16:9" : ratio;
        return common(fields, new JobDraft(name, inputs.mode(), inputs.prompt(fields), null, resolution, shape,
                VideoSpec.of(resolution, shape, seconds), model.price(resolution, seconds, inputs.images())));
    }

    JobDraft edit(Fields fields) {
        String name = classic(fields);
        fields.only("model", "prompt", "video", "output", "storage_options", "user");
        Optional<SimulatedJob> source = media.video(fields);
        VideoSpec spec = source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
        if (spec.seconds() > MAX_EDIT_SECONDS) {
            throw fields.invalid("video", "must be at most " + MAX_EDIT_SECONDS + " seconds long");
        }
        boolean full = source.map(SimulatedJob::resolution).orElse("").equals("1080p");
        VideoSpec output = full ? new VideoSpec(spec.width() * 2 / 3 / 2 * 2, spec.height() * 2 / 3 / 2 * 2, spec.seconds()) : spec;
        String resolution = full ? "720p" : source.map(SimulatedJob::resolution).orElse("480p");
        return common(fields, new JobDraft(name, "edit", fields.needText("prompt"), null, resolution, "source", output,
                XaiModel.price(resolution, spec.seconds(), spec.seconds(), XaiModel.CLASSIC)));
    }

    JobDraft extension(Fields fields) {
        String name = classic(fields);
        fields.only("model", "prompt", "video", "duration", "output", "storage_options");
        Optional<SimulatedJob> source = media.video(fields);
        int added = fields.looseInteger("duration", 6, 2, 10);
        VideoSpec spec = source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
        if (spec.seconds() < 2 || spec.seconds() > 30) {
            throw fields.invalid("video", "must be 2-30 seconds long");
        }
        String resolution = source.map(SimulatedJob::resolution).filter(r -> !r.equals("1080p"))
                .orElse(source.isPresent() ? "720p" : "480p");
        return common(fields, new JobDraft(name, "extend", fields.needText("prompt"), null, resolution, "source",
                spec.withSeconds(spec.seconds() + added), XaiModel.price(resolution, added, spec.seconds(), XaiModel.CLASSIC)));
    }

    private static XaiModel model(String name) {
        return XaiModel.named(name).orElseThrow(() -> new GatewayRefusal(Trouble.NO_MODEL,
                "The model " + name + " does not exist or your team does not have access to it."));
    }

    private static String classic(Fields fields) {
        String name = fields.text("model", XaiModel.CLASSIC.id());
        if (model(name) != XaiModel.CLASSIC) {
            throw fields.invalid("model", name + " neither edits nor extends videos");
        }
        return name;
    }

    private static JobDraft common(Fields fields, JobDraft draft) {
        fields.text("user", "");
        JobDraft made = draft;
        if (fields.has("output")) {
            made = made.with(JobDraft.UPLOAD_URL, fields.object("output").only("upload_url").url("upload_url"));
        }
        return fields.has("storage_options") ? XaiStorage.ordered(fields.object("storage_options"), made) : made;
    }
}
