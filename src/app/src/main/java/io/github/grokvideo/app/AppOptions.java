// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.Path;
import io.github.grokvideo.app.observe.ObserveChoice;
import io.github.grokvideo.app.routes.RouteChoice;
import io.github.grokvideo.servers.ServerChoice;

/**
 * What the command line asks for.
 *
 * @param inbox   watched for prompts
 * @param outbox  gets the videos
 * @param prompts samples that are copied into the inbox
 * @param once    end when the samples are done
 * @param help    only print the help
 * @param routes  the route files that run
 * @param with    servers that are started for them
 * @param observe the console and metrics
 */
public record AppOptions(
        Path inbox, Path outbox, Path prompts, boolean once, boolean help, RouteChoice routes, ServerChoice with,
        ObserveChoice observe) {

    public static final AppOptions DEFAULTS
            = new AppOptions(Path.of("inbox"), Path.of("outbox"), Path.of("examples", "prompts"), false, false,
            RouteChoice.DEFAULT, ServerChoice.NONE, ObserveChoice.DEFAULT);
}
