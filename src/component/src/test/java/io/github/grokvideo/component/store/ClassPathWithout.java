// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The class path of the tests without some of its jars, as a user has it who did not add them. */
public final class ClassPathWithout extends URLClassLoader {

    public ClassPathWithout(String... jars) throws MalformedURLException {
        super(path(jars), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] path(String... jars) throws MalformedURLException {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            // A second Log4j would begin the suite's log anew.
            if (Arrays.stream(jars).noneMatch(entry::contains) && !entry.contains("log4j")) {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        return path.toArray(URL[]::new);
    }
}
