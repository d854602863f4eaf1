// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import io.github.grokvideo.component.job.Mode;

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

    String modeNames() {
        return modes.stream().map(rules -> rules.mode().value()).collect(Collectors.joining(", "));
    }
}
