/** Camel Main that runs the YAML routes, with the simulator where no gateway is configured. */
package io.github.grokvideo.app;
