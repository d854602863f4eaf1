// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Optional libraries that a database store needs and the user adds. */
enum OptionalJar {

    H2("org.h2.Driver", "com.h2database:h2"),
    DB_SCHEDULER("com.github.kagkarlsson.scheduler.Scheduler", "io.github.grokvideo:camel-grokvideo-jdbc");

    private final String className;
    private final String coordinates;

    OptionalJar(String className, String coordinates) {
        this.className = className;
        this.coordinates = coordinates;
    }

    /** Maven groupId and artifactId. */
    String coordinates() {
        return coordinates;
    }

    boolean isMissing() {
        try {
            Class.forName(className, false, OptionalJar.class.getClassLoader());
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    /**
     * @param  what the feature that needs the libraries
     * @throws IllegalStateException naming all missing libraries
     */
    static void require(String what, OptionalJar... jars) {
        String missing = Arrays.stream(jars).filter(OptionalJar::isMissing).map(OptionalJar::coordinates)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new IllegalStateException(what + " needs these libraries, which are not on the class path: " + missing
                    + ". Add them to the program's dependencies");
        }
    }
}
