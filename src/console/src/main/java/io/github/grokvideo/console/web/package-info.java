/** The console's HTTP endpoints besides Hawtio's own servlets. */
package io.github.grokvideo.console.web;
