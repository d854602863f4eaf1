/** What the console answers over HTTP besides Hawtio's own servlets. */
package io.github.grokvideo.console.web;
