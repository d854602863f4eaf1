/** The servers routes talk to, in this JVM: for trying routes, and for testing them. Their classes are loaded only when asked for. */
package io.github.grokvideo.app.with;
