// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

/**
 * How many inputs a generation by one of xAI's models has, and which of them go together. Gateways that resell the models have the same
 * rules, under other names.
 *
 * @param first      first frames, 0 or 1
 * @param last       last frames, 0 or 1
 * @param keyframes  frames between them
 * @param references reference images
 * @param audios     voices
 */
record XaiInputs(int first, int last, int keyframes, int references, int audios) {

    /** The mode follows from the inputs. */
    String mode() {
        return reference() ? "reference-to-video" : first + last + keyframes > 0 ? "image-to-video" : "text-to-video";
    }

    /** Images that are billed. */
    int images() {
        return first + last + keyframes + references;
    }

    /** The prompt, which only text-to-video requires. */
    String prompt(Fields fields) {
        return mode().equals("text-to-video") ? fields.needText("prompt") : fields.text("prompt", "");
    }

    /** Refuses what the model cannot do. */
    void check(Fields fields, XaiModel model, String resolution, int seconds) {
        boolean inner = last + keyframes > 0;
        if (reference() && model.referenceSeconds() == 0) {
            throw fields.invalid("model", model.id() + " supports no references");
        }
        if (inner && model != XaiModel.V15) {
            throw fields.invalid("model", model.id() + " supports neither a last frame nor keyframes");
        }
        if (first > 0 && reference() && model != XaiModel.V15) {
            throw fields.invalid("model", model.id() + " does not combine a first frame with references");
        }
        if (!model.resolutions().contains(resolution)) {
            throw fields.invalid("resolution", resolution + " is not available for " + model.id());
        }
        if ((reference() || inner) && resolution.equals("1080p")) {
            throw fields.invalid("resolution", "references, last frame and keyframes are limited to 720p");
        }
        if (reference() && seconds > model.referenceSeconds()) {
            throw fields.invalid("duration", "reference-to-video is limited to " + model.referenceSeconds() + " seconds");
        }
    }

    private boolean reference() {
        return references + audios > 0;
    }
}
