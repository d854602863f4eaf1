// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.with;

import java.util.Map;

/** A server that runs in this JVM, bound to 127.0.0.1. */
public interface LocalServer extends AutoCloseable {

    /** @return what runs where, in one line */
    String line();

    /** @return the properties by which routes find it, as a user would write them into {@code application.properties} */
    Map<String, String> properties();

    /** Returns when the port is free and the files are at rest. Never throws. */
    @Override
    void close();
}
