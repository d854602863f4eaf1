// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Runs of several contenders, one after the other and again, so that a machine that gets slower is so for all. */
record Pairs(List<Contender> contenders, List<List<Run>> runs) {

    /** Runs one contender. */
    @FunctionalInterface
    interface Runner {
        Run run(Contender contender) throws Exception;
    }

    static Pairs of(List<Contender> contenders, int times, Runner runner) throws Exception {
        List<List<Run>> runs = contenders.stream().map(unused -> (List<Run>) new ArrayList<Run>()).toList();
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < contenders.size(); i++) {
                runs.get(i).add(runner.run(contenders.get(i)));
            }
        }
        return new Pairs(contenders, runs);
    }

    /**
     * Adds a row for each contender: the medians of two figures, and how the first contender compares with it.
     *
     * @param speed what is compared
     */
    void addTo(Table table, ToDoubleFunction<Run> one, ToDoubleFunction<Run> other, ToDoubleFunction<Run> speed) {
        for (int i = 0; i < contenders.size(); i++) {
            table.add(contenders.get(i).name(), median(i, one), median(i, other), ratioOfFirst(i, speed));
        }
    }

    private double median(int contender, ToDoubleFunction<Run> figure) {
        return median(runs.get(contender).stream().map(figure::applyAsDouble).toList());
    }

    /** @return median of the first contender's figure divided by that of another one in the same round */
    private double ratioOfFirst(int contender, ToDoubleFunction<Run> figure) {
        return median(IntStream.range(0, runs.get(0).size())
                .mapToObj(time -> figure.applyAsDouble(runs.get(0).get(time)) / figure.applyAsDouble(runs.get(contender).get(time)))
                .toList());
    }

    /** The middle one; of an even number, the lower of the two. */
    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
    }
}
