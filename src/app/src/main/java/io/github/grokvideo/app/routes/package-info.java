/** Chooses the route files that run and sets up what they need. */
package io.github.grokvideo.app.routes;
