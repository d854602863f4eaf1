// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import java.util.List;
import java.util.Objects;
import io.github.grokvideo.component.job.Mode;

/**
 * What a model accepts, for forms. Only {@link VideoProvider#resolve} decides whether a request is valid.
 *
 * @param model the gateway's id; null = any model that is not listed
 * @param modes in the order in which they are shown
 */
public record ModelOffer(String model, List<ModeOffer> modes) {

    /**
     * @param model the gateway's id; null = any model that is not listed
     * @param modes copied; never null
     */
    public ModelOffer {
        modes = List.copyOf(modes);
    }

    /**
     * What a model accepts in one mode.
     *
     * @param mode   the mode
     * @param fields in the order in which they are shown
     */
    public record ModeOffer(Mode mode, List<Field> fields) {

        /**
         * @param mode   never null
         * @param fields copied; never null
         */
        public ModeOffer {
            Objects.requireNonNull(mode, "mode");
            fields = List.copyOf(fields);
        }
    }

    /**
     * A field of a request.
     *
     * @param name     as users write it
     * @param required whether it must be given
     * @param allowed  what is accepted, as text
     * @param choices  the accepted values; empty = they cannot be listed
     */
    public record Field(String name, boolean required, String allowed, List<String> choices) {

        /**
         * @param name     never null
         * @param required whether it must be given
         * @param allowed  never null
         * @param choices  copied; never null
         */
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(allowed, "allowed");
            choices = List.copyOf(choices);
        }
    }
}
