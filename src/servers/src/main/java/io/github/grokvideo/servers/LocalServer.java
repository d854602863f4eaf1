// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.util.Map;

/** A server that runs in this JVM, bound to 127.0.0.1. */
public interface LocalServer extends AutoCloseable {

    /** @return what it is, its address and its credentials, in one line */
    String line();

    /** @return the properties that routes need to use it, as a user would write them into {@code application.properties} */
    Map<String, String> properties();

    /** Returns when the port is free and no file is being written. Never throws. */
    @Override
    void close();
}
