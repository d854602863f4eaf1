/** Hawtio with a tab of video jobs, served from the JVM it monitors: {@link io.github.grokvideo.console.VideoConsole}. */
package io.github.grokvideo.console;
