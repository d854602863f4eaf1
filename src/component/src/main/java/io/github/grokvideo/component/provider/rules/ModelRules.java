// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.ModelOffer;

/**
 * What a model accepts.
 *
 * @param ids   the model's names; empty = any model this release does not know
 * @param shape of the body
 * @param modes in the order in which they are shown
 */
public record ModelRules(Set<String> ids, BodyShape shape, List<ModeRules> modes) {

    public static ModelRules of(BodyShape shape, Set<String> ids, ModeRules... modes) {
        return new ModelRules(ids, shape, List.of(modes));
    }

    Optional<ModeRules> mode(Mode mode) {
        return modes.stream().filter(rules -> rules.mode() == mode).findFirst();
    }

    boolean has(Mode mode) {
        return mode(mode).isPresent();
    }

    /** @return one for each of its names, or one without a name */
    Stream<ModelOffer> offers() {
        List<ModelOffer.ModeOffer> offered = modes.stream().map(ModeRules::offer).toList();
        return ids.isEmpty() ? Stream.of(new ModelOffer(null, offered)) : ids.stream().sorted().map(id -> new ModelOffer(id, offered));
    }

    String modeNames() {
        return modes.stream().map(rules -> rules.mode().value()).collect(Collectors.joining(", "));
    }
}
