/** Who may log in to the console, and what a login may do. */
package io.github.grokvideo.console.auth;
