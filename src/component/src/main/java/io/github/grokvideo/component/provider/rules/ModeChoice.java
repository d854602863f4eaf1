// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;

/**
 * Decides the mode of a request that names none.
 * <ol>
 * <li>With a video: the model's only mode that accepts a video. If there are several, the presence of a duration decides: edit accepts
 * none, extend accepts or requires one. If that does not decide, the user must choose, since effect and cost differ.
 * <li>With images: image-to-video for one, reference-to-video for more, or whichever of the two the model has. Images beside a first frame
 * are references, and so is whatever accompanies voices. Other frames alone make image-to-video.
 * <li>With neither: text-to-video, or else the model's first mode, whose rules then report what is missing.
 * </ol>
 *
 * @param rules     null = undecided
 * @param violation null = none
 */
record ModeChoice(ModeRules rules, Violation violation) {

    private static final Set<Mode> FROM_VIDEO = EnumSet.of(Mode.EDIT, Mode.EXTEND, Mode.REMIX);

    static ModeChoice of(VideoRequest request, ModelRules model) {
        if (request.mode() != null) {
            return model.mode(request.mode()).map(ModeChoice::decided).orElseGet(() -> new ModeChoice(null, new Violation(
                    "mode", request.mode().value(), "is not a mode of " + request.model() + ", which has " + model.modeNames())));
        }
        if (request.video() != null) {
            List<ModeRules> possible = model.modes().stream()
                    .filter(rules -> FROM_VIDEO.contains(rules.mode()))
                    .filter(rules -> request.duration() == null ? !rules.needs("duration") : rules.takes("duration"))
                    .toList();
            if (possible.size() == 1) {
                return decided(possible.get(0));
            }
            if (possible.size() > 1) {
                return new ModeChoice(null, new Violation("mode", null, "must be set, since "
                        + possible.stream().map(rules -> rules.mode().value()).collect(Collectors.joining(" and "))
                        + " of " + request.model() + " both take a video"));
            }
            // No mode accepts the video as given: the first mode with a video, or else the other rules, report why.
            Optional<ModeRules> nearest = model.modes().stream().filter(rules -> rules.takes("video")).findFirst();
            if (nearest.isPresent()) {
                return decided(nearest.get());
            }
        }
        return decided(withoutVideo(request, model));
    }

    private static ModeRules withoutVideo(VideoRequest request, ModelRules model) {
        Optional<ModeRules> text = model.mode(Mode.TEXT_TO_VIDEO);
        Optional<ModeRules> image = model.mode(Mode.IMAGE_TO_VIDEO);
        Optional<ModeRules> reference = model.mode(Mode.REFERENCE_TO_VIDEO);
        int images = request.images().size();
        boolean references = images > 1 || images == 1 && request.firstFrame() != null || !request.voices().isEmpty();
        boolean frames = images == 1 || request.firstFrame() != null || request.lastFrame() != null || !request.keyframes().isEmpty();
        Optional<ModeRules> chosen = references ? reference.or(() -> image) : frames ? image.or(() -> reference) : text;
        return chosen.or(() -> text).orElseGet(() -> model.modes().get(0));
    }

    private static ModeChoice decided(ModeRules rules) {
        return new ModeChoice(rules, null);
    }
}
