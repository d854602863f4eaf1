/** Servers in this JVM that routes can use, to run and test routes without installing any. */
package io.github.grokvideo.servers;
