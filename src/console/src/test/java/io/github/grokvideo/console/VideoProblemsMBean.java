// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

/** What the component registers in JMX for what has gone wrong, as far as the console knows it. */
public interface VideoProblemsMBean {

    String counts();

    String problems(int limit);
}
