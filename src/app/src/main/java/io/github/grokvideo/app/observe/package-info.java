/** What the app shows of its jobs besides the screen: the console, metrics and health. */
package io.github.grokvideo.app.observe;
