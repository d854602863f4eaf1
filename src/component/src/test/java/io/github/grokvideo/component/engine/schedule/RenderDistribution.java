// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.schedule;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/** How long simulated jobs take, in seconds. */
enum RenderDistribution {

    /** Median 20 s, sigma 0.5. */
    LOGNORMAL(random -> 20 * Math.exp(0.5 * random.nextGaussian())),
    /** Median 3 minutes, sigma 0.5. */
    SLOW_LOGNORMAL(random -> 180 * Math.exp(0.5 * random.nextGaussian())),
    /** Mean 30 s: a job that is open for long takes as long as a new one. */
    EXPONENTIAL(random -> -30 * Math.log(1 - random.nextDouble())),
    BIMODAL(random -> random.nextBoolean() ? 10 + random.nextGaussian() : 60 + 3 * random.nextGaussian()),
    CONSTANT(random -> 20);

    private final ToDoubleFunction<Random> next;

    RenderDistribution(ToDoubleFunction<Random> next) {
        this.next = next;
    }

    double next(Random random) {
        return Math.max(0.5, next.applyAsDouble(random));
    }
}
